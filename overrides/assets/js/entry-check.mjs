// What is wrong with an entry, in the sentences of `commons check` (macros/wording.py, by way of contribute/form.json).
// A test puts the same mistakes through both and compares word for word. No page is touched here.

import { checkBody } from "./entry-body.mjs";
import { checkGroup, isId } from "./entry-fields.mjs";
import { entryBody, entryFile } from "./entry-file.mjs";
import { Twins } from "./entry-likeness.mjs";
import { asId, length, listed, nearest, shown } from "./entry-said.mjs";
import { fill } from "./words.mjs";

// A proposed id has about as many letters as an address can show, and room for a number behind them.
const ID_PROPOSED = 60;
const ROOM = 5;

/**
 * What a new entry is compared with: the entries of the site, and those that no list of it has (`unlisted` of
 * contribute/form.json: drafts and retired ones). `ids` has the kind of each.
 */
export function poolOf(form, { ids, titles }, kindAt, summaries) {
  const found = ids.map((id, place) => ({ id, kind: kindAt(place), title: titles[place], summary: summaries?.[place] ?? "", status: "published" }));
  const entries = [...found, ...form.unlisted];
  return { entries, ids: new Map(entries.map(({ id, kind }) => [id, kind])), drafts: new Set(entries.filter(({ status }) => status === "draft").map(({ id }) => id)) };
}

export class Check {
  /** `form` is contribute/form.json, `kind` contribute/<kind>.json, `pool` is made by `poolOf`, `today` is YYYY-MM-DD. */
  constructor(form, kind, pool, today) {
    Object.assign(this, { form, kind, pool, today });
    this.twins = new Twins(pool.entries.filter((entry) => entry.kind === kind.kind && entry.status !== "retired"));
  }

  /** The problems of an entry: path (of fields, or `["sections", title]`), code, severity, message, hint. */
  problems(id, meta, sections, draft = false) {
    this.found = [];
    Object.assign(this, { meta, draft });
    checkGroup(this, [], this.kind.fields, meta);
    // Where something in a field has not the right form, the command says nothing of what it points to.
    this.found = this.found.filter(({ path, code }) => code.startsWith("field-") || !(this.broken(path[0]) || (code === "source-unknown" && this.broken("sources"))));
    this.#id(id);
    this.#dates();
    this.#summary();
    this.#sources(checkBody(this, entryBody(this.kind, sections), entryFile(this.kind, meta, {}).split("\n").length));
    this.#twin(id);
    return this.found;
  }

  /** A message and its fix, filled in. */
  say(key, values = {}) {
    const [message, hint] = this.form.messages[key];
    return [fill(message, values), fill(hint, values).trim()];
  }

  add(path, code, [message, hint], severity = "error") { this.found.push({ path, code, severity, message, hint }); }

  /** Add the message of a code, filled in. */
  tell(path, code, values, key = code) { this.add(path, code, this.say(key, values)); }

  /** What an editor asks of an entry, as the pool says it. */
  criterion(id) { const term = this.form.criteria.terms[id]; return term ? fill(this.form.criterion, term) : ""; }

  /** Kinds with their articles: `a practice or a challenge`. */
  article(kinds) {
    const words = kinds.map((kind) => this.form.with_article[kind]);
    return words.length ? [words.slice(0, -1).join(", "), words.at(-1)].filter(Boolean).join(" or ") : this.form.any;
  }

  /** The fix if something near was meant, else another one. */
  meant(word, choices, otherwise) {
    const near = nearest(word, choices);
    return near ? fill(this.form.meant, { near }) : otherwise;
  }

  idMeant(id, kinds, otherwise) {
    const { aliases } = this.form;
    if (id in aliases) return this.say("reference-old", { id: aliases[id] })[1];
    return this.meant(id, [...this.pool.ids].filter(([, kind]) => !kinds.length || kinds.includes(kind)).map(([known]) => known), otherwise);
  }

  keyMeant(key) {
    const keys = Object.keys(this.meta.sources ?? {});
    return this.meant(key, keys, this.say(keys.length ? "source-unknown" : "source-unknown.none", { keys: listed(keys) })[1]);
  }

  /** Whether a field has not the right form, so that rules that need it say nothing. */
  broken(name) { return this.found.some(({ path, code }) => (name ? path[0] === name : path[0] !== "sections") && code.startsWith("field-")); }

  /** An id made from a title that nobody has or had, as `propose` of macros/new.py makes it; empty if the title has no letter for one. */
  propose(title) {
    const { id: most } = this.form.bounds;
    let id = "";
    for (const word of asId(title, most).split("-")) {
      if (id && id.length + 1 + word.length > ID_PROPOSED) break;
      id = id ? `${id}-${word}` : word.slice(0, most - ROOM);
    }
    const wished = this.form.reserved.includes(id) ? `${id}-entry` : id, taken = (found) => found in this.form.taken || this.pool.ids.has(found);
    let number = 2, free = wished;
    for (; free && taken(free); number += 1) free = `${wished}-${number}`;
    return free;
  }

  #id(id) {
    const { form } = this, most = form.bounds.id;
    if (!id) return;
    if (!isId(id) || length(id) > most) this.tell(["id"], "id-form", { most, found: shown(id), better: asId(id, most) });
    else if (form.reserved.includes(id)) this.tell(["id"], "id-form", { found: id }, "id-form.reserved");
    else {
      const kind = this.pool.ids.get(id), others = form.taken[id] ?? (kind ? `content/${form.folders[kind]}/${id}.md` : "");
      if (others) this.tell(["id"], "id-duplicate", { id, others });
    }
  }

  #dates() {
    if (["period", "state_checked"].some((name) => this.broken(name))) return;
    const { period: { start, end } = {}, state_checked: found } = this.meta;
    if (found > this.today) this.tell(["state_checked"], "date-future", { name: "state_checked", found });
    if (start && end && end < start.slice(0, end.length)) this.tell(["period", "end"], "date-order", { start, end });
  }

  #summary() {
    const has = length(this.meta.summary ?? ""), most = this.form.bounds.summary;
    if (has > most && !this.broken("summary")) this.add(["summary"], "summary-long", this.say("summary-long", { most, has, over: has - most }), "warning");
  }

  /** There are enough sources, and every one is used; with a field that has not the right form, nobody can say. */
  #sources(cited) {
    const { kind, publishers: least } = this.kind, has = new Set(Object.values(this.meta.sources ?? {}).map(({ publisher }) => String(publisher).toLowerCase())).size;
    const criterion = this.criterion("sourced");
    if (has < least && criterion && !this.broken("sources")) this.add(["sources"], "source-few", this.say("source-few", { kind: this.article([kind]), least, has: has || "none", criterion }), "warning");
    if (this.broken()) return;
    for (const [, key] of JSON.stringify(this.meta).matchAll(/"source":"([^"]*)"/g)) cited.add(key);
    for (const key of Object.keys(this.meta.sources ?? {})) if (!cited.has(key)) this.tell(["sources", key], "source-unused", { key });
  }

  /** Another entry of this kind with much the same title or summary. */
  #twin(id) {
    const { bounds, folders } = this.form, { kind } = this.kind, meta = Object.fromEntries(Object.entries(this.meta).filter(([name]) => !this.broken(name)));
    const found = this.twins.of(id, meta, { title: bounds.title_likeness, summary: bounds.summary_likeness });
    if (!found) return;
    const { field, other } = found;
    this.add([field], "twin", this.say("twin", { kind: this.article([kind]), field, path: `content/${folders[kind]}/${other.id}.md`, title: shown(other.title), criterion: this.criterion("new") }), "warning");
  }
}
