// The form that makes an entry: choose a kind, fill in, look at it, send it. What is typed stays in this browser until it is sent.

import { loadCatalogue, readJson } from "./catalogue.mjs";
import { Check, poolOf } from "./entry-check.mjs";
import { FORMAT, Kept, draftOf, entryOf, formSchema, valueOf } from "./entry-draft.mjs";
import { entryFile } from "./entry-file.mjs";
import { Preview } from "./entry-preview.mjs";
import { copy, mail, newFile, save } from "./entry-send.mjs";
import { editors } from "./form-editors.mjs";
import { count, fill, make } from "./words.mjs";

const WAIT = 250;

export class CommonsContribute extends HTMLElement {
  async connectedCallback() {
    this.root = this.dataset.root;
    try {
      this.form = await readJson(`${this.root}contribute/form.json`);
      this.words = this.form.words;
      this.choose();
      const asked = new URLSearchParams(location.search);
      const known = this.form.kinds.find((one) => one.kind === asked.get("kind"));
      if (known) await this.open(known, asked.has("short") && known.short, asked);
    } catch { this.replaceChildren(make("p", { className: "c-empty" }, this.dataset.lost)); }
  }

  disconnectedCallback() { clearTimeout(this.waiting); this.library?.destroy(); }

  /** The kinds, with the short way where there is one. */
  choose() {
    const start = (known, short, text) => {
      const button = make("button", { type: "button", className: short ? "c-button c-button--main" : "c-button", ariaLabel: `${known.label}: ${text}` }, text);
      button.addEventListener("click", () => this.open(known, short).catch(() => { this.told.textContent = this.dataset.lost; }));
      return button;
    };
    this.told = make("p", { className: "c-status", role: "status" });
    this.place = make("div", { className: "c-contribute__form" });
    const kinds = make("ul", { className: "c-contribute__kinds" }, ...this.form.kinds.map((known) => make("li", {}, make("h3", {}, known.label), make("p", {}, known.about),
      make("div", { className: "c-contribute__starts" }, ...(known.short ? [start(known, true, this.words.start_short)] : []), start(known, false, this.words.start)))));
    this.replaceChildren(make("h2", { id: "kind" }, this.words.kind), kinds, this.told, this.place);
  }

  async open(known, short, asked = new URLSearchParams()) {
    this.told.textContent = this.words.loading;
    const [kind, catalogue, summaries] = await Promise.all([readJson(`${this.root}contribute/${known.kind}.json`), loadCatalogue(this.root), loadCatalogue(this.root).then((found) => found.summaries()),
      this.vendor("jedison/dist/umd/jedison.umd.js")]);
    const { default: markdown } = await this.vendor("markdown-it/dist/browser/markdown-it.esm.min.mjs");
    Object.assign(this, { known, kind, short, catalogue, kept: new Kept(this.root, kind.kind, short), touched: new Set(), all: false });
    this.check = new Check(this.form, kind, poolOf(this.form, catalogue.data, (place) => catalogue.value(place, "kind"), summaries), this.today);
    this.preview = new Preview(markdown, this.form, (id) => this.titleOf(id));
    const kept = this.kept.read();
    this.prefill = this.asked(asked);
    this.draw(kept ?? this.prefill);
    if (kept && this.prefill) this.status.textContent = this.words.kept_instead;
    this.told.textContent = "";
    this.place.querySelector("h2").focus();
  }

  vendor(name) { return import(new URL(`${this.root}vendor/${name}`, location)); }

  get today() { const now = new Date(); return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`; }

  titleOf(id) { const place = this.catalogue.placeOf.get(id); return place === undefined ? id : this.catalogue.data.titles[place]; }

  /** What an address such as ?kind=case-study&topic=x fills in. */
  asked(parameters) {
    const meta = {};
    for (const [name, value] of parameters) {
      const field = this.kind.fields.properties[name] ?? this.kind.fields.properties[`${name}s`], field_name = name in this.kind.fields.properties ? name : `${name}s`;
      if (!field || !["string", "array"].includes(field.type)) continue;
      meta[field_name] = field.type === "array" ? [...(meta[field_name] ?? []), value] : value;
    }
    return Object.keys(meta).length ? valueOf({ meta, sections: {} }, this.kind) : null;
  }

  draw(value) {
    const { words, known, short } = this;
    const container = make("div", { className: "c-contribute__fields" });
    this.list = make("div", { className: "c-contribute__left" });
    this.shown = make("div", { className: "c-preview", tabIndex: 0, role: "region", ariaLabel: words.preview });
    this.status = make("p", { className: "c-status", role: "status" });
    this.place.replaceChildren(make("h2", { tabIndex: -1, id: "form" }, short ? words.title_short : fill(words.title, { kind: known.label.toLowerCase() })), make("p", {}, short ? words.about_short : words.about), this.drafts(), this.status,
      make("div", { className: "c-contribute__two" }, container, make("section", { className: "c-contribute__preview" }, make("h3", {}, words.preview), this.shown)), this.sending());
    this.library?.destroy();
    this.library = null;
    const library = globalThis.Jedison;
    this.library = new library.Create({
      container, theme: new library.Theme(), schema: formSchema(this.kind, short, words), data: value ?? undefined, showErrors: "never", enforceEnum: false, enforceMinItems: false, arrayDeleteConfirm: false, id: "c",
      customEditors: editors(library, { words, sources: () => this.sources(), title: (id) => this.titleOf(id), find: (...asked) => this.find(...asked), places: (outer) => this.places(outer) }),
    });
    container.querySelector(":scope > input[type=hidden]")?.remove();
    const soon = () => { clearTimeout(this.waiting); this.waiting = setTimeout(() => this.look(), WAIT); };
    this.library.on("change", soon);
    // Not at once: a message that appears while a button is being pressed would push the button away.
    container.addEventListener("focusout", (event) => {
      const path = event.target.closest("[data-path]")?.dataset.path;
      if (path) this.touched.add(path);
      if (!event.relatedTarget?.matches("button, a")) soon();
    });
    this.look(false);
  }

  /** The headings of the form, in an order in which one can tell it; what may be left out stands folded at the end. */
  places(outer) {
    const required = new Set(this.kind.fields.required), made = {};
    for (const name of ["what", "sources", "sections", "key_figures", "contributors", "more", "id"]) {
      const more = name === "more", part = make(more ? "details" : "section", { className: "c-contribute__part" }, make(more ? "summary" : "h3", {}, this.words.parts[name]));
      made[name] = part;
      outer.append(part);
    }
    return (name) => { const found = made[name] ?? (required.has(name) || ["topics", "summary"].includes(name) || this.short ? made.what : made.more); found.dataset.filled = "yes"; return found; };
  }

  drafts() {
    const { words } = this, button = (text, action) => { const made = make("button", { type: "button", className: "c-button" }, text); made.addEventListener("click", action); return made; };
    const file = make("input", { type: "file", accept: ".json,application/json", hidden: true });
    file.addEventListener("change", async () => {
      try { this.draw(valueOf(draftOf(await file.files[0].text(), this.kind.kind), this.kind)); this.all = true; this.look(); this.status.textContent = words.imported; } catch { this.draw(this.kept.read()); this.status.textContent = words.not_imported; }
    });
    return make("div", { className: "c-contribute__drafts" }, make("p", {}, words.kept), button(words.export, () => { const entry = this.entry(); save(`${entry.id || this.kind.kind}.json`, `${JSON.stringify({ format: FORMAT, kind: this.kind.kind, short: this.short, ...entry }, null, 2)}\n`, "application/json"); }),
      button(words.import, () => file.click()), button(words.anew, () => { if (confirm(words.anew_sure)) { this.kept.remove(); this.touched.clear(); this.all = false; this.draw(this.prefill); } }), file);
  }

  sources() { return (this.library?.getValue().sources ?? []).filter((source) => source.key).map((source, n) => ({ key: source.key, label: `${n + 1}. ${source.title || source.publisher || this.words.no_title}` })); }

  /** Entries of some kinds whose title has all the words, those that begin with them first. */
  find(text, kinds, without, most) {
    const wanted = text.trim().toLowerCase().split(/\s+/).filter(Boolean), { ids, titles } = this.catalogue.data, found = [];
    for (let place = 0; place < ids.length; place += 1) {
      const kind = this.catalogue.value(place, "kind"), title = titles[place].toLowerCase();
      if ((kinds.length && !kinds.includes(kind)) || without.includes(ids[place]) || !wanted.every((word) => title.includes(word) || ids[place].includes(word))) continue;
      found.push({ id: ids[place], title: titles[place], note: kinds.length === 1 ? "" : this.catalogue.label("kind", kind), first: title.startsWith(wanted[0] ?? "") ? 0 : 1 });
    }
    return found.sort((a, b) => a.first - b.first || (a.title < b.title ? -1 : 1)).slice(0, most);
  }

  entry() {
    const levelsOf = (name, meta) => {
      const facet = this.catalogue.facet(name.replace(/s$/, "")), field = this.kind.fields.properties[name];
      if (!facet || !field?.items?.["x-terms"]) return undefined;
      return [...new Set(Object.values(meta).flat().flatMap((id) => (this.catalogue.placeOf.has(id) ? this.catalogue.labels(this.catalogue.placeOf.get(id), facet.name) : [])))].map((label) => field.items["x-terms"].find((term) => term.label === label)?.id).filter(Boolean);
    };
    return entryOf(this.library.getValue(), this.kind, this.short, { owner: this.form.owner, today: this.today, levelsOf });
  }

  /** Check and show anew what changed; the draft is kept. */
  look(keep = true) {
    clearTimeout(this.waiting);
    const value = this.library.getValue(), id = this.library.getInstance("#/id");
    const proposed = this.check.propose(value.title ?? "");
    if (keep && (!value.id || value.id === this.proposed) && proposed !== value.id) id.setValue(proposed, true, "program");
    this.proposed = proposed;
    if (keep) this.kept.write(this.library.getValue());
    const entry = this.entry();
    this.text = entryFile(this.kind, entry.meta, entry.sections);
    this.problems = this.check.problems(entry.id, entry.meta, entry.sections, entry.meta.status === "draft");
    this.mark(entry);
    this.shown.replaceChildren(this.preview.of(entry, this.kind));
    this.offer(entry);
  }

  /** The place in the form that a problem is about. */
  pathOf({ path }, entry) {
    const [first, key, ...rest] = path;
    const parts = first === "sources" && key !== undefined ? [first, (this.library.getValue().sources ?? []).findIndex((source) => source.key === key), ...rest] : path;
    for (let n = parts.length; n > 0; n -= 1) { const found = this.library.getInstance(`#/${parts.slice(0, n).join("/")}`); if (found) return found; }
    return null;
  }

  mark(entry) {
    for (const container of this.place.querySelectorAll(".c-field__messages")) container.replaceChildren();
    for (const input of this.place.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
    for (const problem of this.problems) {
      const instance = this.pathOf(problem, entry);
      problem.instance = instance;
      // The short way does not ask for these; an editor sees them.
      if (this.short && problem.code === "section-later") continue;
      if (!instance || !(this.all || this.touched.has(instance.path))) continue;
      const { control } = instance.ui;
      control.messages.append(make("p", { className: `c-field__message c-field__message--${problem.severity}` }, `${problem.message}. `, make("span", {}, problem.hint)));
      if (problem.severity === "error") control.input?.setAttribute("aria-invalid", "true");
    }
  }

  sending() {
    const { words, form } = this;
    const part = make("section", { className: "c-contribute__send", ariaLabel: words.send.title }, make("h2", {}, words.send.title));
    const check = make("button", { type: "button", className: "c-button c-button--main" }, words.send.check);
    check.addEventListener("click", () => { this.all = true; this.look(); (this.list.querySelector("a") ?? this.ways.querySelector("a, button"))?.focus(); });
    this.ways = make("div", { className: "c-contribute__ways", hidden: true });
    this.notice = make("p", { className: "c-status", role: "status" });
    const criteria = Object.values(form.criteria.terms).map(({ label, meaning }) => make("li", {}, make("strong", {}, label), `: ${meaning}`));
    if (criteria.length) part.append(make("details", { className: "c-contribute__criteria" }, make("summary", {}, form.criteria.title), make("ul", {}, ...criteria)));
    part.append(make("p", {}, fill(words.send.about, { licence: form.licence })), check, this.list, this.ways, this.notice);
    return part;
  }

  /** What is left to mend, or the ways to send it. */
  offer(entry) {
    const { words, form, text } = this, errors = this.problems.filter((problem) => problem.severity === "error");
    if (!this.all) return;
    const link = (problem) => {
      const made = make("a", { href: "#form" }, `${problem.message}.`);
      made.addEventListener("click", (event) => {
        event.preventDefault();
        const { container, input } = problem.instance.ui.control;
        for (let outer = container.closest("details"); outer; outer = outer.parentElement.closest("details")) outer.open = true;
        (input ?? container.querySelector("input:not([type=hidden]), textarea, select, button"))?.focus();
      });
      return make("li", {}, made);
    };
    this.list.replaceChildren(errors.length ? make("p", { role: "status" }, count(words.send.left, errors.length)) : make("p", { role: "status" }, this.short ? words.send.whole_short : words.send.whole), make("ul", {}, ...errors.map(link)));
    const left = this.short ? this.problems.filter(({ code }) => code === "section-later").map(({ path }) => path.at(-1)) : [];
    if (!errors.length && left.length) this.list.append(make("p", {}, fill(words.send.left_to_editor, { titles: left.join(", ") })));
    this.ways.hidden = errors.length > 0;
    if (errors.length) return;
    const { id, meta } = entry, letter = mail(form, id, meta.title, text), page = form.repository ? newFile(form, this.kind.folder, id, text) : null;
    const button = (name, action, main = false) => { const made = make("button", { type: "button", className: main ? "c-button c-button--main" : "c-button" }, words.send[name]); made.addEventListener("click", action); return made; };
    const go = (way, long) => async (event) => {
      if (way.whole) return;
      event.preventDefault();
      this.notice.textContent = (await copy(text)) ? words.send[long] : words.send.not_copied;
      window.open(way.address, way.address.startsWith("mailto:") ? "_self" : "_blank", "noopener");
    };
    const way = (name, target, long, main) => { const made = make("a", { className: main ? "c-button c-button--main" : "c-button", href: target.address, target: target.address.startsWith("mailto:") ? "_self" : "_blank", rel: "noopener" }, words.send[name]); made.addEventListener("click", go(target, long)); return made; };
    this.ways.replaceChildren(...(page ? [make("p", {}, way("github", page, "page_long", true), " ", words.send.github_about)] : []), make("p", {}, button("download", () => save(`${id}.md`, this.text), !page), " ", fill(words.send.download_about, { folder: `content/${this.kind.folder}/` })),
      make("p", {}, way("email", letter, "mail_long", false), " ", words.send.email_about), make("p", {}, button("copy", async () => { this.notice.textContent = (await copy(this.text)) ? words.send.copied : words.send.not_copied; })),
      make("details", {}, make("summary", {}, words.send.file), make("pre", { tabIndex: 0 }, make("code", {}, text))));
  }
}

customElements.define("commons-contribute", CommonsContribute);
