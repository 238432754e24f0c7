// "Save as bundle": the workshop as a file for content/bundles/, with a small form for what only its author knows.

import { markdown } from "./markdown.mjs";
import { fill, make } from "./words.mjs";
import { slug } from "./workshop-document.mjs";
import { isMinutes } from "./workshop-state.mjs";

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const ID_MOST = 80;
const SUMMARY_MOST = 200;
const SHORTEST = 10, LONGEST = 2880;
const FOLDER = "content/bundles/";
const AREAS = ["audience", "objectives", "preparation", "room", "adapting"];
const REQUIRED = ["summary", "audience", "objectives", "owner", "preparation", "room"];

// JSON is YAML, but for two signs that YAML takes for the end of a line.
const quoted = (text) => JSON.stringify(text.replace(/\s+/g, " ").trim()).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (sign) => `\\u${sign.codePointAt(0).toString(16).padStart(4, "0")}`);
const listed = (ids) => `[${ids.join(", ")}]`;

const keysIn = (citation) => citation.split(";").map((part) => part.trim().replace(/^@/, ""));

/** A text without what the check refuses: headings of the first two levels, HTML, pictures, citations of no source;
 *  `known` says of a key whether it has one. */
function safe(text, known) {
  return text.replace(/\r\n?/g, "\n").split("\n").map((row) => row.trimEnd().replace(/^\s{0,3}#{1,2}(?=\s)/, "###").replace(/^(\s*)(={3,}|-{3,})$/, "$1\\$2")).join("\n")
    .replace(/\\?<(?=[a-z/!?])/gi, "&lt;").replace(/\\?!\[/g, "!\\[")
    .replace(/\\?\[(\^[^[\]\n]+|[^[\]\n]*@[a-z0-9][^[\]\n]*?)\\?\](?![([])/gi, (all, inner) => (/^@[^@;]+(; ?@[^@;]+)*$/.test(inner) && keysIn(inner).every(known) ? `[${inner}]` : `(${inner})`)).trim();
}

/** The sources that some texts cite, as front matter. */
function sourcesOf(body, cited) {
  const used = new Set([...body.matchAll(/\[(@[^[\]\n]+)\]/g)].flatMap((found) => keysIn(found[1])));
  const lines = cited.filter(([key]) => used.has(key)).flatMap(([key, source]) => [
    `  ${key}:`, ...Object.entries(source).map(([name, value]) => `    ${name}: ${typeof value === "string" ? quoted(value) : JSON.stringify(value)}`),
  ]);
  return lines.length ? ["sources:", ...lines] : [];
}

/** The file: front matter and the sections that a bundle has. `answers` are those of the form, `today` an ISO date;
 *  `sections` has the titles of the three sections, `cited` the sources that its texts may cite, each with its key. */
export function bundleFile(data, answers, topics, today, sections, cited = []) {
  const said = data.document;
  const steps = said.steps.flatMap((step) => [
    `  - title: ${quoted(step.title.slice(0, 120))}`, `    minutes: ${step.minutes}`, `    method: ${step.method}`, `    text: ${quoted(step.text)}`,
    ...(step.entries.length ? [`    entries: ${listed(step.entries)}`] : []),
  ]);
  const texts = [answers.preparation, answers.room, answers.adapting];
  const known = (key) => cited.some(([one]) => one === key);
  const body = sections.map((title, n) => (texts[n].trim() ? `## ${title}\n\n${safe(texts[n], known)}\n` : "")).filter(Boolean).join("\n");
  const front = [
    `title: ${quoted(said.title)}`, `summary: ${quoted(answers.summary)}`, ...(topics.length ? [`topics: ${listed(topics)}`] : []),
    `audience: ${quoted(answers.audience)}`, `duration: ${said.steps.reduce((sum, step) => sum + step.minutes, 0)}`,
    "objectives:", ...answers.objectives.split("\n").map((row) => row.replace(/^\s*[-*]\s+/, "").trim()).filter(Boolean).map((row) => `  - ${quoted(row)}`),
    "agenda:", ...steps, "selection:", "  entries:", ...data.entries.map((entry) => `    - ${entry.id}`),
    `published: ${today}`, `reviewed: ${today}`, `owner: ${quoted(answers.owner)}`, ...sourcesOf(body, cited),
  ];
  return `---\n${front.join("\n")}\n---\n\n${body}`;
}

/** The topics that most of some entries have, at most three, the most frequent first. */
export function topicsOf(entries) {
  const counts = new Map();
  for (const id of entries.flatMap((entry) => entry.topics ?? [])) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].filter(([, n]) => n * 3 >= entries.length).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 3).map(([id]) => id);
}

/** Today as it is both here and in Greenwich, so that it lies in nobody's future. */
function today() {
  const now = new Date();
  const here = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  return [here, now.toISOString().slice(0, 10)].sort()[0];
}

export class BundleForm {
  /** `sections` are the titles that a bundle's text has; `compose` gives the data of the document; `taken(id)` says
   *  whether an entry has that id; `cited` gives the sources of the bundle at hand, each with its key. */
  constructor(details, words, sections, compose, taken, cited) {
    Object.assign(this, { details, words, sections, compose, taken, cited, fields: {} });
    details.addEventListener("toggle", () => { if (details.open) this.fill(); });
  }

  #build() {
    const own = this.words.bundle;
    const field = (name, label, note = "") => {
      const input = AREAS.includes(name) ? make("textarea", { rows: name === "audience" ? 2 : 4 }) : make("input", { type: "text", autocomplete: "off" });
      if (name === "summary") input.maxLength = SUMMARY_MOST;
      if (REQUIRED.includes(name)) input.required = true;
      this.fields[name] = input;
      return make("label", { className: "c-form__wide" }, label, " ", input, ...(note ? [make("span", { className: "c-form__note" }, note)] : []));
    };
    const labels = { id: own.id, summary: own.summary, audience: own.audience, objectives: own.objectives, owner: own.owner, preparation: own.preparation, room: own.room, adapting: own.adapting };
    const notes = { id: own.id_note, summary: fill(own.summary_note, { most: SUMMARY_MOST }) };
    this.labels = labels;
    this.status = make("p", { className: "c-status", role: "status" });
    const save = make("button", { type: "submit", className: "c-button c-button--main" }, own.download);
    this.form = make("form", { className: "c-form", noValidate: true }, make("p", { className: "c-form__wide c-form__note" }, own.intro),
      ...Object.entries(labels).map(([name, label]) => field(name, label, notes[name])), make("p", { className: "c-form__wide" }, save), this.status);
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.save(); });
    this.details.append(this.form);
  }

  /** Fill in what is known; what someone wrote stays. */
  async fill() {
    if (!this.form) this.#build();
    const data = await this.compose().catch(() => null);
    if (!data) { this.status.textContent = this.words.js.nothing; return; }
    const said = data.document;
    const text = (n) => { const found = said.sections.find((section) => section.title === this.sections[n]); return found ? markdown(found.html, this.cited().map(([key]) => key)) : ""; };
    const own = this.words.bundle;
    let id = slug(said.title);
    for (let n = 2; this.taken(id); n += 1) id = `${slug(said.title)}-${n}`;
    const known = {
      id, summary: said.summary.slice(0, SUMMARY_MOST), audience: said.audience, objectives: said.objectives.join("\n"), owner: "",
      preparation: text(0) || own.preparation_text, room: text(1) || own.room_text, adapting: text(2),
    };
    for (const [name, value] of Object.entries(known)) {
      const field = this.fields[name];
      if (!field.value || field.value === field.dataset.filled) field.value = value;
      field.dataset.filled = value;
    }
    this.status.textContent = "";
  }

  async save() {
    const own = this.words.bundle, { js } = this.words;
    const data = await this.compose().catch(() => null);
    if (!data) { this.status.textContent = js.nothing; return; }
    const answers = Object.fromEntries(Object.entries(this.fields).map(([name, field]) => [name, field.value.trim()]));
    const total = data.document.steps.reduce((sum, step) => sum + step.minutes, 0);
    const missing = REQUIRED.filter((name) => !answers[name]);
    for (const [name, field] of Object.entries(this.fields)) field.ariaInvalid = String(missing.includes(name));
    const wrongId = !ID.test(answers.id) || answers.id.length > ID_MOST || this.taken(answers.id);
    let said = "";
    if (missing.length) said = fill(own.missing, { fields: missing.map((name) => this.labels[name]).join("; ") });
    else if (wrongId) said = fill(own.id_wrong, { id: answers.id, most: ID_MOST });
    else if (total < SHORTEST || total > LONGEST) said = fill(own.short, { n: total });
    else if (!data.document.steps.every((step) => isMinutes(step.minutes))) said = own.step_long;
    this.status.textContent = said;
    if (said) { (this.fields[missing[0] ?? (wrongId ? "id" : "")] ?? this.status).focus(); return; }
    const file = bundleFile(data, answers, topicsOf(data.entries), today(), this.sections, this.cited());
    const url = URL.createObjectURL(new Blob([file], { type: "text/markdown" }));
    make("a", { href: url, download: `${answers.id}.md` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    this.status.textContent = fill(own.saved, { name: `${answers.id}.md`, folder: FOLDER });
  }
}
