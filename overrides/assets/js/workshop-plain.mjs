// The selection as one plain page for the browser's own print dialogue: the way out where no PDF can be made.

import { day, fill, make } from "./words.mjs";
import { timed } from "./workshop-outline.mjs";

/** The sanitised HTML of an entry as nodes; links that lead inside the entry or the site become text. */
function textOf(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html").body;
  for (const marked of parsed.querySelectorAll("[id]")) marked.removeAttribute("id");
  for (const link of parsed.querySelectorAll("a[href]")) if (!/^https?:/.test(link.getAttribute("href"))) link.replaceWith(...link.childNodes);
  // The headings of a text stand one level lower here.
  for (const heading of parsed.querySelectorAll("h3, h4, h5")) {
    heading.replaceWith(make(`h${Math.min(6, Number(heading.tagName[1]) + 1)}`, {}, ...heading.childNodes));
  }
  return [...parsed.childNodes];
}

function entryPart(entry, data, words, dates) {
  const where = [entry.kind, entry.place].filter(Boolean).join(" · ");
  const part = make("article", { className: "c-plain__entry" }, make("h3", {}, entry.title), make("p", { className: "c-plain__kind" }, where), make("p", { className: "c-summary" }, entry.summary));
  if (entry.facts.length) part.append(make("dl", { className: "c-plain__facts" }, ...entry.facts.map((fact) => make("div", {}, make("dt", {}, fact.label), " ", make("dd", {}, fact.text)))));
  if (entry.figures.length) {
    const lines = entry.figures.map((figure) => make("li", {}, make("strong", {}, figure.value), ` ${figure.claim} (${figure.kind}, ${figure.year}) [${figure.source}]${figure.note ? ` ${figure.note}` : ""}`));
    part.append(make("h4", {}, words.print.words.figures), make("ul", {}, ...lines));
  }
  for (const section of entry.sections) part.append(make("h4", {}, section.title), ...textOf(section.html));
  if (entry.sources.length) {
    const lines = entry.sources.map((source) => make("li", {}, `${[source.publisher, source.title, source.year].filter(Boolean).join(", ")}. ${source.url ?? ""}${source.note ? ` ${source.note}` : ""}`));
    part.append(make("h4", {}, words.print.words.sources), make("ol", {}, ...lines));
  }
  if (data.frame.site) part.append(make("p", { className: "c-plain__address" }, `${data.frame.site}e/${entry.id}/?d=${data.document.day}`));
  if (entry.reviewed) part.append(make("p", { className: "c-plain__kind" }, day(entry.reviewed, dates)));
  return part;
}

/** Fill `page` with a document (the data that the PDF is set from) and bring it to the printer; `close` ends it.
 *  `missing` are ids that could not be loaded. */
export function printPlain(page, data, words, missing, close) {
  const { js } = words.workshop;
  const said = data.document;
  const { begins, ends } = timed(said.steps.map((step) => step.minutes), said.start);
  const names = new Map(data.entries.map((entry) => [entry.id, entry.title]));
  const rows = said.steps.map((step, n) => {
    const method = data.frame.methods?.[step.method];
    const named = step.entries.map((id) => names.get(id)).filter((title) => title && title !== step.title);
    const what = make("td", {}, make("strong", {}, step.title), method ? ` (${method})` : "", make("br"), step.text, ...(named.length ? [make("br"), named.join("; ")] : []));
    return make("tr", {}, make("td", {}, begins[n]), what, make("td", {}, String(step.minutes)));
  });
  const { columns } = words.workshop;
  const head = make("thead", {}, make("tr", {}, ...[columns.clock, columns.step, columns.minutes].map((name) => make("th", { scope: "col" }, name))));
  const table = make("table", {}, head, make("tbody", {}, ...rows, make("tr", {}, make("td", {}, ends), make("td", {}, words.print.words.end), make("td", {}))));
  const print = make("button", { type: "button", className: "c-button c-button--main" }, js.plain_print);
  const end = make("button", { type: "button", className: "c-button" }, js.plain_close);
  print.addEventListener("click", () => window.print());
  end.addEventListener("click", close);
  const objectives = said.objectives.length ? [make("h3", {}, words.print.words.objectives), make("ul", {}, ...said.objectives.map((text) => make("li", {}, text)))] : [];
  const prepare = said.sections.flatMap((section) => [make("h3", {}, section.title), ...textOf(section.html)]);
  page.replaceChildren(
    make("p", { className: "c-workshop__tools" }, print, " ", end),
    ...(missing.length ? [make("p", { className: "c-notice" }, fill(js.plain_left, { ids: missing.join(", ") }))] : []),
    make("h2", { tabIndex: -1 }, said.title),
    make("p", {}, [said.coalition, day(said.day, words.date), said.audience].filter(Boolean).join(" · ")),
    ...objectives, make("div", { className: "c-table" }, table), ...prepare,
    ...data.entries.map((entry) => entryPart(entry, data, words, words.date)),
  );
  page.hidden = false;
  page.querySelector("h2").focus();
}
