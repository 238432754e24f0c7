// The workshop: a selection in order with its details, an outline whose clock adds up, and the ways to print and to share
// it. What is chosen stands in the address, and the reader's own selection in this browser; nothing is sent anywhere.

import * as basket from "./basket.mjs";
import { Catalogue } from "./catalogue.mjs";
import { freshJson } from "./kept.mjs";
import { count, fill, wordsOf } from "./words.mjs";
import { Adder } from "./workshop-adder.mjs";
import { BundleForm } from "./workshop-bundle.mjs";
import { compose, hasAgenda, stepsOf } from "./workshop-document.mjs";
import { Picks } from "./workshop-list.mjs";
import { Maker } from "./workshop-make.mjs";
import { Notices } from "./workshop-notices.mjs";
import { Outline } from "./workshop-outline.mjs";
import { printPlain } from "./workshop-plain.mjs";
import { Selection } from "./workshop-selection.mjs";
import { empty, read, write } from "./workshop-state.mjs";

const FIELDS = ["title", "date", "start", "paper"];

export class CommonsWorkshop extends HTMLElement {
  async connectedCallback() {
    const all = wordsOf(this);
    Object.assign(this, { all, words: all.workshop, root: this.dataset.root, parts: {}, notices: [] });
    for (const part of this.querySelectorAll("[data-part]")) this.parts[part.dataset.part] = part;
    this.fields = Object.fromEntries(FIELDS.map((name) => [name, this.querySelector(`[data-field="${name}"]`)]));
    this.radios = [...this.querySelectorAll('[data-field="edition"]')];
    this.picks = new Picks(this.parts.list, this.words, (ids, text) => this.setIds(ids, text));
    this.outline = new Outline(this.parts, this.words, (n, minutes) => this.setMinutes(n, minutes));
    this.bind();
    try {
      [this.catalogue, this.manifest] = await Promise.all([
        freshJson(`${this.root}explore/entries.json`).then((data) => new Catalogue(data, this.root)),
        freshJson(`${this.root}workshop/print.json`).catch(() => null),
      ]);
    } catch {
      this.tell([this.words.js.lost]);
      return;
    }
    // Where the words of paper cannot be had, the plain version and the outline do with those of the page.
    this.frame = this.manifest?.frame ?? { site: "", methods: {}, words: this.all.print.words, reading: { minutes: 15, method: "", text: this.all.print.reading_step } };
    this.selection = new Selection(this.catalogue, this.root, this.words, all.aliases);
    this.maker = new Maker(this.root, this.parts, this.words, () => this.document());
    this.form = new BundleForm(this.parts.save, this.words, this.all.sections, () => this.document(), (id) => this.catalogue.placeOf.has(id), () => this.selection.bundle?.cited ?? []);
    this.adder = new Adder(this.parts, this.words, this.selection, (id) => this.add(id));
    addEventListener("popstate", this.restore);
    this.maker.offer(this.manifest);
    await this.restore();
    this.end = basket.watch((ids) => this.heard(ids));
  }

  disconnectedCallback() {
    removeEventListener("popstate", this.restore);
    this.end?.();
  }

  bind() {
    const { parts, fields } = this;
    for (const name of FIELDS) fields[name].addEventListener("input", () => this.set({ [name]: fields[name].value || empty()[name] }));
    for (const radio of this.radios) radio.addEventListener("change", () => this.set({ edition: radio.value }));
    parts.clear.addEventListener("click", () => { this.before = { ...this.state }; this.setIds([], this.words.js.cleared); parts.back.hidden = false; parts.back.focus(); });
    parts.back.addEventListener("click", async () => { this.state = this.before; await this.selection.load(this.state, []); this.change(); parts.back.hidden = true; this.heading().focus(); });
    parts.list.addEventListener("commons-emptied", () => this.heading().focus());
    parts.copy.addEventListener("click", async () => {
      try { await navigator.clipboard.writeText(new URL(this.address(), location.href).href); parts.told.textContent = this.words.js.copied; } catch { parts.told.textContent = this.words.js.copy_failed; }
      parts.copy.textContent = parts.told.textContent;
    });
    parts.plain.addEventListener("click", () => this.plain());
  }

  heading() { return this.querySelector("#workshop-entries"); }

  /** The workshop that the address describes; without one, the reader's own. */
  restore = async () => {
    const asked = new URLSearchParams(location.search);
    this.linked = [...asked.keys()].length > 0;
    const names = this.catalogue.facets.map((facet) => facet.name);
    const { state, unknown } = read(this.linked ? location.search : basket.details(), names);
    if (!this.linked && (basket.ids().length || !state.bundle)) state.ids = basket.ids();
    this.state = state;
    this.loading = this.selection.load(state, unknown);
    this.notices = await this.loading;
    // A link to what the reader has chosen anyway is the reader's own.
    if (this.linked && this.selection.ids.join() === basket.ids().join()) this.linked = false;
    if (!this.linked && this.selection.ids.length) history.replaceState(null, "", this.address());
    this.parts.app.hidden = false;
    this.parts.back.hidden = true;
    this.show();
  };

  address() { return `${location.pathname}${write(this.state, this.usual())}`; }

  usual() { return this.steps().map((step) => step.minutes); }

  steps() { return stepsOf(this.selection.ids, this.selection.bundle, this.frame, this.selection.titles); }

  set(part) {
    this.state = { ...this.state, ...part };
    this.change();
  }

  setMinutes(n, minutes) {
    const next = this.steps().map((_, place) => this.state.minutes[place] ?? null);
    next[n] = minutes;
    this.set({ minutes: next });
  }

  /** Other entries, or another order; minutes that someone gave stay with their entry. */
  setIds(ids, text) {
    const { minutes } = this.state;
    const at = new Map(this.selection.ids.map((id, n) => [id, minutes[n] ?? null]));
    const own = hasAgenda(this.selection.bundle) ? minutes : ids.map((id) => at.get(id) ?? null);
    this.parts.back.hidden = true;
    // Nothing is left of a bundle whose entries are all taken out.
    this.set({ ids, facets: {}, minutes: own, bundle: ids.length ? this.state.bundle : "" });
    this.parts.said.textContent = text;
  }

  add(id) {
    const ids = [...this.selection.ids, id].slice(0, basket.MOST);
    this.setIds(ids, fill(this.words.js.added, { title: this.selection.titles.get(id) ?? id, n: ids.indexOf(id) + 1 }));
  }

  /** After every change: the address, the reader's own selection, and what is shown. */
  change() {
    this.selection.choose(this.state);
    this.notices = [];
    // A linked workshop that is changed becomes the reader's own where nothing of theirs would be lost.
    if (this.linked && !basket.ids().length) this.linked = false;
    this.keep();
    history.replaceState(null, "", this.address());
    this.maker.outdated();
    this.show();
  }

  keep() {
    if (this.linked) return;
    this.keeping = true;
    basket.keepDetails(write({ ...this.state, ids: this.state.bundle ? this.state.ids : null, facets: {} }, this.usual()));
    basket.keep(this.selection.ids);
    this.keeping = false;
  }

  /** The reader's own selection has changed elsewhere: in another tab, or on another page. */
  heard(ids) {
    if (this.keeping) return;
    if (this.linked) this.show();
    else if (ids.join() !== this.selection.ids.join()) { this.state = { ...this.state, ids, facets: {} }; this.selection.choose(this.state); this.show(); }
  }

  show() {
    const { parts, state, words, selection } = this;
    const n = selection.ids.length;
    parts.count.textContent = n ? count(words.js.entries, n) : "";
    parts.empty.hidden = n > 0;
    parts.clear.hidden = !n;
    parts.app.classList.toggle("c-workshop__app--empty", !n);
    this.picks.show(selection.entries());
    const steps = this.steps();
    const agenda = hasAgenda(selection.bundle);
    const named = (step) => (agenda ? step.entries.map((id) => selection.titles.get(id) ?? id) : []);
    this.outline.show(steps.map((step, place) => ({ title: step.title, minutes: state.minutes[place] ?? step.minutes, with: named(step) })), state.start, agenda ? steps.reduce((sum, step) => sum + step.minutes, 0) : 0);
    this.outlineOf(agenda, steps);
    for (const name of FIELDS) if (document.activeElement !== this.fields[name]) this.fields[name].value = state[name];
    for (const radio of this.radios) radio.checked = radio.value === state.edition;
    this.fields.title.placeholder = selection.bundle?.document.title ?? (selection.label || this.frame.words.selection);
    parts.copy.textContent = words.copy;
    this.tell(this.notices);
    this.maker.prepare();
  }

  /** What goes with the entries: the agenda of a bundle, and which entries no step uses. */
  outlineOf(agenda, steps) {
    const { parts, selection, words } = this;
    const used = new Set(steps.flatMap((step) => step.entries));
    const spare = agenda ? selection.ids.filter((id) => !used.has(id)).map((id) => selection.titles.get(id) ?? id) : [];
    parts.agenda.hidden = !agenda;
    parts.agenda.textContent = agenda ? [fill(words.js.own_agenda, { title: selection.bundle.document.title }), ...(spare.length ? [fill(words.js.not_used, { titles: spare.join("; ") })] : [])].join(" ") : "";
  }

  /** Notices above the tool; a linked workshop beside an own selection asks which one is meant. */
  tell(notices) {
    const own = basket.ids().length;
    const take = () => { this.linked = false; this.change(); this.heading().focus(); };
    const mine = async () => { history.pushState(null, "", location.pathname); await this.restore(); this.heading().focus(); };
    this.notice ??= new Notices(this.parts.notices, this.words);
    this.notice.show(notices, this.linked && this.selection ? own : 0, take, mine);
  }

  /** The data of the document, with the entries as the site has them; null where none is chosen. */
  async document(lost = null) {
    await this.loading;  // a reader may ask for the document of a link that has just been followed
    const { ids, bundle, whole, label, address } = this.selection;
    if (!ids.length) return null;
    const fetched = await Promise.all(ids.map((id) => freshJson(`${this.root}workshop/entries/${id}.json`).catch((error) => { if (!lost) throw error; lost.push(id); return null; })));
    const fragments = fetched.filter(Boolean);
    this.maker.titles = new Map(fragments.map((entry) => [entry.id, entry.title]));
    return compose({ state: this.state, bundle, ids: fragments.map((entry) => entry.id), whole, label, address }, this.frame, fragments);
  }

  async plain() {
    const { parts, words } = this;
    const lost = [];
    const data = await this.document(lost);
    if (!data?.entries.length) { parts.stage.textContent = data ? words.js.plain_failed : words.js.nothing; return; }
    const close = () => { delete this.dataset.plain; parts.page.hidden = true; parts.page.replaceChildren(); parts.plain.focus(); };
    this.dataset.plain = "";
    printPlain(parts.page, data, this.all, lost, close);
    window.print();
  }
}
customElements.define("commons-workshop", CommonsWorkshop);
