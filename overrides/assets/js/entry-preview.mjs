// The entry as its page will show it: the same pieces with the same classes as overrides/entry.html.

import { fill, make } from "./words.mjs";

const CITE = /\[(@[^[\]\n]*)\]/g;

/** Makes previews: `markdown` is markdown-it's class, `form` contribute/form.json, `title` gives the title of an entry's id. */
export class Preview {
  constructor(markdown, form, title) {
    Object.assign(this, { form, title });
    this.markdown = markdown("commonmark", { html: false }).enable("table").disable("image");
  }

  /** The preview of an entry. */
  of({ meta, sections }, kind) {
    const { words, kinds } = this.form, numbers = this.#numbers(meta, sections, kind);
    const made = make("article", { className: "c-entry c-preview__entry" },
      make("p", { className: "c-crumbs" }, kinds.find((one) => one.kind === kind.kind).label),
      make("h1", { role: "heading", ariaLevel: "4" }, meta.title ?? words.no_title),
      make("p", { className: "c-summary" }, meta.summary ?? ""));
    made.append(this.#facts(meta, kind));
    if (meta.key_figures) made.append(this.#figures(meta.key_figures, kind, numbers));
    for (const { title } of kind.sections) {
      if (!sections[title]) continue;
      const part = make("section", { className: "c-text" }, make("h2", { role: "heading", ariaLevel: "5" }, title)), text = make("div");
      text.innerHTML = this.#html(sections[title], numbers);
      part.append(...text.childNodes);
      made.append(part);
    }
    if (numbers.size) made.append(this.#sources(meta.sources, kind, numbers));
    return made;
  }

  /** Sources in the order in which the page numbers them. */
  #numbers(meta, sections, kind) {
    const order = [...(meta.key_figures ?? []).map((figure) => figure.source)];
    for (const { title } of kind.sections) for (const [, keys] of (sections[title] ?? "").matchAll(CITE)) order.push(...[...keys.matchAll(/@([a-z0-9-]+)/g)].map((match) => match[1]));
    return new Map([...new Set([...order, ...Object.keys(meta.sources ?? {})])].filter((key) => meta.sources?.[key]).map((key, n) => [key, n + 1]));
  }

  #html(text, numbers) {
    const cited = text.replace(CITE, (whole, keys) => `\uE000${[...keys.matchAll(/@([a-z0-9-]+)/g)].map((match) => numbers.get(match[1]) ?? "?").join(", ")}\uE001`);
    return this.markdown.render(cited).replace(/\s?\uE000([\d, ?]*)\uE001/g, "<sup class=\"c-cite\">$1</sup>");
  }

  #words(field, value) {
    const terms = field?.["x-terms"] ?? field?.items?.["x-terms"];
    const one = (item) => (terms ? (terms.find((term) => term.id === item)?.label ?? item) : field?.["x-reference"] || field?.items?.["x-reference"] ? this.title(item) : item);
    return [value].flat().map(one).join(", ");
  }

  #facts(meta, kind) {
    const list = make("dl");
    for (const [name, field] of Object.entries(kind.fields.properties)) {
      if (["title", "summary", "key_figures", "sources", "contributors"].includes(name) || kind.days.includes(name) || meta[name] === undefined) continue;
      const value = meta[name], simple = typeof value !== "object" || (Array.isArray(value) && typeof value[0] === "string");
      const text = simple ? this.#words(field, value) : field.properties ? Object.entries(value).map(([key, inner]) => this.#words(field.properties[key], inner)).join(" – ") : fill(this.form.words.several, { n: value.length });
      list.append(make("div", { className: "c-facts__item" }, make("dt", {}, field.title), " ", make("dd", {}, text)));
    }
    return make("section", { className: "c-facts", ariaLabel: this.form.words.at_a_glance }, list);
  }

  #figures(figures, kind, numbers) {
    const kinds = kind.fields.properties.key_figures.items.properties.kind["x-terms"];
    return make("section", { className: "c-figures" }, make("h2", { role: "heading", ariaLevel: "5" }, this.form.words.key_figures), make("ul", {}, ...figures.map((figure) => make("li", { className: `c-figure c-figure--${figure.kind ?? ""}` },
      make("p", { className: "c-figure__value" }, figure.value ?? ""),
      make("p", { className: "c-figure__claim" }, figure.claim ?? ""),
      make("p", { className: "c-figure__source" }, make("span", { className: "c-mark" }, kinds.find((term) => term.id === figure.kind)?.label ?? ""), ` ${figure.year ?? ""}`, make("sup", { className: "c-cite" }, String(numbers.get(figure.source) ?? ""))),
      figure.note ? make("p", { className: "c-figure__note" }, figure.note) : ""))));
  }

  #sources(sources, kind, numbers) {
    const types = kind.fields.properties.sources.items.properties.type["x-terms"];
    return make("section", { className: "c-sources" }, make("h2", { role: "heading", ariaLevel: "5" }, this.form.words.sources), make("ol", {}, ...[...numbers.keys()].map((key) => {
      const { publisher = "", year, title = "", url, type, note } = sources[key];
      const shown = /^https?:\/\//.test(url ?? "") ? make("a", { href: url, rel: "noopener nofollow" }, title) : make("cite", {}, title);
      return make("li", {}, make("strong", {}, publisher), ` (${year ?? this.form.words.no_year}). `, shown, ". ", make("span", { className: "c-sources__type" }, types.find((term) => term.id === type)?.label ?? ""), note ? ` ${note}` : "");
    })));
  }
}
