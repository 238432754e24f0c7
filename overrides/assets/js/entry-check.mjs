// What is wrong with an entry, in the sentences of `commons check` (macros/wording.py, by way of contribute/form.json).
// A test puts the same mistakes through both and compares word for word. No page is touched here.

import { entryBody, entryFile } from "./entry-file.mjs";
import { headingTitle, keysOf, parse, reading } from "./entry-text.mjs";

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const LINK = /^(?:(?:\.\.\/)?([a-z-]+)\/|\.\/)?([a-z0-9]+(?:-[a-z0-9]+)*)\.md(?:#[A-Za-z0-9_-]*)?$/;
// A host in plain letters: no name or password before it, none of the letters that look like others, no end without a dot.
const ADDRESS = /^https?:\/\/(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+|[0-9]+)\.?(?::[0-9]{1,5})?(?:[/?#][^\s<>"\\^`{|}]*)?$/i;
const isAddress = (text) => length(text) <= 2000 && /^https?:/.test(text) && ADDRESS.test(text);
const length = (text) => [...text].length;
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
const small = (sentence) => sentence.slice(0, 1).toLowerCase() + sentence.slice(1);

/** What someone wrote, on one line and cut. */
export function shown(found, most = 60) {
  const signs = [...String(found).slice(0, most * 8)];
  const words = [...signs.slice(0, most * 4).join("").split(/\s+/).filter(Boolean).join(" ")];
  return words.length > most || signs.length > most * 4 ? `${words.slice(0, most).join("")}…` : words.join("");
}

/** `a, b, c`, cut with the number left out. */
export const listed = (words, most = 12) => words.slice(0, most).join(", ") + (words.length > most ? ` and ${words.length - most} more` : "");

/** A field by its path, the innermost first, items counted from 1. */
export const named = (path) => [...path].reverse().map((part) => (typeof part === "number" ? `item ${part + 1}` : `\`${shown(part)}\``)).join(" of ");

/** How alike two texts are, 0 to 100: twice their longest common subsequence over both lengths, as rapidfuzz's `ratio`. */
export function ratio(one, other) {
  const a = [...one], b = [...other];
  if (!a.length && !b.length) return 100;
  let row = new Uint16Array(b.length + 1);
  for (const sign of a) {
    const next = new Uint16Array(b.length + 1);
    for (let n = 1; n <= b.length; n += 1) next[n] = sign === b[n - 1] ? row[n - 1] + 1 : Math.max(row[n], next[n - 1]);
    row = next;
  }
  return (200 * row[b.length]) / (a.length + b.length);
}

/** The choice most like a word, if one is near enough. */
export function nearest(word, choices) {
  let best = null, most = 65;
  for (const choice of choices) {
    const found = ratio(word.toLowerCase(), choice.toLowerCase());
    if (found > most || (found === most && best === null)) [best, most] = [choice, found];
  }
  return best;
}

/** The id nearest to some text. */
export const asId = (text, most = 80) => text.slice(0, most * 4).toLowerCase().normalize("NFKD").replace(/[^\u0000-\u007f]/g, "").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, most).replace(/-+$/, "");

const plain = (text) => (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).join(" ");
const numbers = (text) => text.split(" ").filter((word) => /\p{N}/u.test(word)).join(" ");

export class Check {
  /**
   * `form` is contribute/form.json, `kind` contribute/<kind>.json; `pool` has `ids` (kind by id), `titles` and `summaries`
   * (Maps by id); `today` is YYYY-MM-DD.
   */
  constructor(form, kind, pool, today) { Object.assign(this, { form, kind, pool, today }); }

  /** The problems of an entry: path (of fields, or `["sections", title]`), code, severity, message, hint. */
  problems(id, meta, sections, draft = false) {
    this.found = [];
    Object.assign(this, { id, meta, sections, draft });
    this.#group([], this.kind.fields, meta);
    this.#id();
    this.#dates();
    this.#summary();
    this.#text();
    this.#sources();
    this.#twins();
    return this.found;
  }

  say(key, values = {}) {
    const [message, hint] = this.form.messages[key];
    return [fill(message, values), fill(hint, values).trim()];
  }

  add(path, code, [message, hint], severity = "error") { this.found.push({ path, code, severity, message, hint }); }

  #meant(word, choices, otherwise) {
    const near = nearest(word, choices);
    return near ? fill(this.form.meant, { near }) : otherwise;
  }

  #example(field, path) {
    const example = field.examples?.[0];
    if (example === undefined) return "";
    const name = [...path].reverse().find((part) => typeof part === "string") ?? "";
    return fill(this.form.example, { name, text: Array.isArray(example) ? `[${example.join(", ")}]` : example });
  }

  #group(path, group, value) {
    for (const name of group.required ?? []) {
      if (name in value || !(name in group.properties)) continue;
      const field = group.properties[name], here = [...path, name];
      this.add(here, "field-missing", this.say("field-missing", { name: named(here), meaning: field.description ?? "", example: this.#example(field, here) }));
    }
    for (const [name, field] of Object.entries(group.properties)) if (name in value) this.#field([...path, name], field, value[name]);
  }

  #field(path, field, value) {
    if (field["x-keyed"]) {
      for (const [key, item] of Object.entries(value)) this.#group([...path, key], field.items, item);
    } else if (field.type === "array") {
      value.forEach((item, n) => this.#field([...path, n], field.items, item));
      if (field.items.type === "string") value.forEach((item, n) => { if (value.indexOf(item) < n) this.add([...path, n], "reference-twice", this.say("reference-twice", { found: shown(item) })); });
    } else if (field.type === "object") this.#group(path, field, value);
    else this.#value(path, field, String(value).trim());
  }

  #value(path, field, value) {
    const name = named(path), say = (key, values) => this.say(key, { name, ...values });
    const wrong = (must, key = "field-value", values = {}) => this.add(path, "field-value", say(key, { must, found: `'${shown(value)}'`, example: this.#example(field, path), ...values }));
    const { forms } = this.form;
    if (field.maxLength && length(value) > field.maxLength) {
      const has = length(value);
      this.add(path, "field-too-long", say("field-too-long", { most: field.maxLength, has, over: has - field.maxLength }));
      return;
    }
    if (field["x-form"] === "whole") {
      if (!/^-?(?:0|[1-9][0-9]*)$/.test(value)) wrong(forms.whole);
      else if (Number(value) < (field.ge ?? -Infinity)) wrong(fill(forms.least, { bound: field.ge }));
      else if (Number(value) > (field.le ?? Infinity)) wrong(fill(forms.most, { bound: field.le }));
    } else if (field["x-form"] === "date") {
      if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value)) wrong(forms.date);
      else if (!isDay(value)) wrong(forms.day);
    } else if (field["x-form"] === "partial-date") {
      if (!/^(19|20)[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$/.test(value) || (value.length === 10 && !isDay(value))) wrong(forms["partial-date"]);
    } else if (field["x-form"] === "web-address") {
      if (!isAddress(value)) wrong(forms["web-address"]);
    } else if (field["x-reference"]) this.#reference(path, field["x-reference"], value);
    else if (field["x-terms"]) {
      const terms = field["x-terms"].map((term) => term.id);
      if (!terms.includes(value)) {
        const [said, hint] = say("term-unknown", { terms: listed(terms, 30), found: shown(value), vocabulary: field["x-vocabulary"] });
        this.add(path, "term-unknown", [said, this.#meant(value, terms, hint)]);
      }
    } else if (field["x-source-key"]) {
      const keys = Object.keys(this.meta.sources ?? {});
      if (!keys.includes(value)) this.add(path, "source-unknown", [say("source-unknown", { found: shown(value), keys: "" })[0], this.#keyMeant(value)]);
    } else if (field.pattern && !new RegExp(field.pattern, "u").test(value)) wrong(field.pattern.includes("\\r\\n") ? forms.line : forms.other);
  }

  #reference(path, kinds, value) {
    const { ids } = this.pool, article = (names) => {
      const words = names.map((kind) => this.form.with_article[kind]);
      return words.length ? [words.slice(0, -1).join(", "), words.at(-1)].filter(Boolean).join(" or ") : this.form.any;
    };
    const values = { name: named(path), kinds: article(kinds), found: shown(value) };
    if (!ids.has(value)) {
      const [said, hint] = this.say("reference-unknown", values);
      this.add(path, "reference-unknown", [said, this.#idMeant(value, kinds, hint)]);
    } else if (kinds.length && !kinds.includes(ids.get(value))) this.add(path, "reference-kind", this.say("reference-kind", { ...values, kind: article([ids.get(value)]) }));
  }

  #idMeant(id, kinds, otherwise) { return this.#meant(id, [...this.pool.ids].filter(([, kind]) => !kinds.length || kinds.includes(kind)).map(([known]) => known), otherwise); }

  #keyMeant(key) {
    const keys = Object.keys(this.meta.sources ?? {});
    const [, hint] = this.form.messages[keys.length ? "source-unknown" : "source-unknown.none"];
    return this.#meant(key, keys, fill(hint, { keys: listed(keys) }));
  }

  #id() {
    const { id, form } = this, most = form.bounds.id;
    if (!id) return;
    if (!ID.test(id) || length(id) > most) this.add(["id"], "id-form", this.say("id-form", { most, found: shown(id), better: asId(id, most) }));
    else if (form.reserved.includes(id)) this.add(["id"], "id-form", this.say("id-form.reserved", { found: id }));
    else {
      const kind = this.pool.ids.get(id), others = form.taken[id] ?? (kind ? `content/${form.folders[kind]}/${id}.md` : "");
      if (others) this.add(["id"], "id-duplicate", this.say("id-duplicate", { id, others }));
    }
  }

  #dates() {
    const { start, end } = this.meta.period ?? {};
    if (start && end && end < start.slice(0, end.length) && !this.#broken("period")) this.add(["period", "end"], "date-order", this.say("date-order", { start, end }));
  }

  #broken(name) { return this.found.some((problem) => problem.severity === "error" && problem.path[0] === name && problem.code.startsWith("field-")); }

  #summary() {
    const has = length(this.meta.summary ?? ""), most = this.form.bounds.summary;
    if (has > most && !this.#broken("summary")) this.add(["summary"], "summary-long", this.say("summary-long", { most, has, over: has - most }), "warning");
  }

  /** The body as the file has it; problems stand at the section that their line belongs to. */
  #text() {
    const body = entryBody(this.kind, this.sections), { bounds, messages } = this.form;
    const above = entryFile(this.kind, this.meta, {}).split("\n").length;
    this.body = parse(body, above);
    const place = (line) => ["sections", this.body.sections.findLast((section) => section.line <= line && this.kind.sections.some((one) => one.title === section.title))?.title ?? this.kind.sections[0].title];
    const at = (found, code, said) => this.add(place(found.line), code, said);
    const order = this.kind.sections.map((section) => section.title), seen = new Map(), misspelt = new Set(), titles = new Set(this.body.sections.map((section) => section.title));
    for (const section of this.body.sections) {
      if (!order.includes(section.title)) {
        const near = nearest(section.title, order);
        if (near && !titles.has(near)) misspelt.add(near);
        const [said, hint] = this.say("section-unknown", { kind: this.form.with_article[this.kind.kind], titles: listed(order), found: shown(section.title) });
        at(section, "section-unknown", [said, near ? fill(this.form.meant, { near }) : hint]);
      } else if (seen.has(section.title)) at(section, "section-twice", this.say("section-twice", { title: section.title, line: seen.get(section.title) }));
      else seen.set(section.title, section.line);
    }
    for (const { title, purpose, required } of this.kind.sections) {
      if (!required || seen.has(title) || misspelt.has(title)) continue;
      const code = this.draft ? "section-later" : "section-missing";
      this.add(["sections", title], code, this.say(code, { title, purpose: small(purpose) }), this.draft ? "warning" : "error");
    }
    this.#tooMuch(body, above, at, bounds);
    for (const found of this.body.citations) if (found.text.replace(/@[a-z0-9-]+|[;,\s]/g, "") && keysOf(found.text).length) at(found, "citation-form", this.say("citation-form", { found: shown(found.text) }));
    for (const found of this.body.highHeadings) {
      const title = headingTitle(found.text), right = `${order.includes(title) ? "##" : "###"} ${shown(title)}`;
      at(found, "heading-level", this.say(found.text.startsWith("#") ? "heading-level" : "heading-level.row", { found: shown(found.text), right }));
    }
    for (const [name, code, key] of [["notes", "citation-form", "citation-form.note"], ["tags", "raw-html", "raw-html"], ["images", "image", "image"]]) {
      for (const found of this.body[name]) at(found, code, this.say(key, { found: shown(found.text, 40) }));
    }
    for (const link of this.body.links) this.#link(link, at);
    for (const citation of this.body.citations) {
      const keys = keysOf(citation.text);
      for (const key of keys.length ? keys : [citation.text]) {
        if (!(key in (this.meta.sources ?? {}))) at(citation, "source-unknown", [fill(messages["source-unknown.text"][0], { found: shown(key) }), this.#keyMeant(key)]);
      }
    }
    const read = reading(this.body.sections.map((section) => section.text).join("\n\n"));
    if (read.grade !== null && read.grade > bounds.hardest) {
      this.add(["sections", order[0]], "text-hard", this.say("text-hard", { hardest: bounds.hardest, grade: read.grade.toFixed(1), words: (read.words / read.sentences).toFixed(0) }), "warning");
    }
  }

  #tooMuch(body, above, at, { line: most, indent: deepest, brackets: bound }) {
    let brackets = 0;
    for (const [n, line] of body.split("\n").entries()) {
      brackets += line.split("[").length - 1;
      const indent = line.length - line.trimStart().length, has = length(line);
      const said = has > most ? this.say("text-too-much.line", { most, has }) : line.trim() && indent > deepest ? this.say("text-too-much.indent", { most: deepest, has: indent })
        : brackets > bound ? this.say("text-too-much.brackets", { most: bound }) : null;
      if (said) { at({ line: above + n }, "text-too-much", said); return; }
    }
  }

  #link(link, at) {
    if (/^https?:\/\//.test(link.text)) {
      if (!isAddress(link.text)) at(link, "link-unsafe", this.say("link-unsafe.host", { found: shown(link.text) }));
      return;
    }
    const { ids } = this.pool, { folders } = this.form;
    const match = LINK.exec(link.text);
    if (!match || (match[1] && !Object.values(folders).includes(match[1]))) {
      const id = link.text.length < 200 ? link.text.trimEnd().replace(/(\.md|\.html)?\/?(#.*)?$/, "").split("/").at(-1) : "", kind = ids.get(id);
      const [said, hint] = this.say("link-unsafe", { found: link.text ? `'${shown(link.text)}'` : "nothing" });
      at(link, "link-unsafe", [said, kind ? this.say("link-unknown.folder", { folder: folders[kind], id })[1] : hint]);
    } else if (!ids.has(match[2])) {
      const [said, hint] = this.say("link-unknown", { found: shown(link.text) });
      at(link, "link-unknown", [said, this.#idMeant(match[2], [], hint)]);
    } else if ((match[1] ?? this.kind.folder) !== folders[ids.get(match[2])]) {
      at(link, "link-unknown", this.say("link-unknown.folder", { id: match[2], folder: folders[ids.get(match[2])], found: shown(link.text) }));
    }
  }

  #sources() {
    if (this.found.some((problem) => problem.path[0] !== "sections" && problem.code.startsWith("field-"))) return;
    const used = new Set([...JSON.stringify(this.meta).matchAll(/"source":"([^"]*)"/g)].map((match) => match[1]));
    for (const citation of this.body.citations) for (const key of keysOf(citation.text)) used.add(key);
    for (const key of Object.keys(this.meta.sources ?? {})) if (!used.has(key)) this.add(["sources", key], "source-unused", this.say("source-unused", { key }));
  }

  /** Another entry of this kind with much the same title or summary. */
  #twins() {
    const { bounds, folders } = this.form, { ids, titles, summaries } = this.pool;
    for (const [field, texts, least] of [["title", titles, bounds.title_likeness], ["summary", summaries, bounds.summary_likeness]]) {
      const mine = plain(this.meta[field] ?? "");
      if (!mine) continue;
      for (const [id, text] of texts) {
        if (ids.get(id) !== this.kind.kind || id === this.id || Math.abs(text.length - mine.length) > mine.length / 2) continue;
        const other = plain(text);
        if (numbers(mine) !== numbers(other) || ratio(mine, other) < least) continue;
        this.add([field], "twin", this.say("twin", { kind: this.form.with_article[this.kind.kind], field, path: `content/${folders[this.kind.kind]}/${id}.md`, title: shown(titles.get(id)) }), "warning");
        return;
      }
    }
  }
}

const isDay = (text) => { const day = new Date(`${text}T00:00:00Z`); return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text; };
