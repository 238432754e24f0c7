// A list of entries that can be filtered, searched, sorted and shared. The list in the page is complete without it; with
// it, the address says what is chosen, and the same entries are shown in place. Data are loaded when something is chosen.

import { LARGE, loadCatalogue } from "./catalogue.mjs";
import { pager, showChosen, showCompared, told } from "./chosen.mjs";
import { describe, fits, rankOf } from "./fit.mjs";
import { narrowed, PAUSE } from "./narrow.mjs";
import { facetsOfLinks, Panel } from "./panel.mjs";
import { PAGE, Results } from "./results.mjs";
import { changes, empty, prune, read, write } from "./state.mjs";
import { csv, rowsOf, save } from "./table.mjs";
import { fill, make, wordsOf } from "./words.mjs";

export class CommonsExplore extends HTMLElement {
  connectedCallback() {
    this.words = wordsOf(this);
    this.root = this.dataset.root;
    this.base = {};
    for (const [name, value] of new URLSearchParams(this.dataset.base)) this.base[name] = [value];
    const part = (name) => this.querySelector(`[data-part="${name}"]`);
    this.parts = { query: part("query"), sort: part("sort"), view: part("view"), chosen: part("chosen"), status: part("status"), results: part("results"), plain: part("static") };
    this.tray = make("p", { className: "c-tray", role: "status", hidden: true });
    this.append(this.tray);
    this.panel = new Panel(this, this.words, this.dataset.layout === "panel");
    this.results = new Results(this, this.words);
    this.state = empty();
    this.usual = "relevance";
    this.results.offer(this.parts.plain, this.state);
    this.whole = this.parts.status.textContent;
    if (this.panel.links) {
      this.panel.build(facetsOfLinks(this.panel.links));
      this.panel.show(this.state);
    }
    part("open").addEventListener("click", () => this.open());
    part("csv").addEventListener("click", () => this.download());
    // The way back leads past what was typed letter by letter, to the list before it.
    this.parts.query.addEventListener("input", () => { clearTimeout(this.typing); this.typing = setTimeout(() => this.go({ q: this.parts.query.value.trim(), page: 1 }, this.state.q ? "replace" : "push"), PAUSE); });
    this.parts.query.addEventListener("keydown", (event) => { if (event.key === "Enter") { clearTimeout(this.typing); this.go({ q: this.parts.query.value.trim(), page: 1 }); } });
    this.parts.sort.addEventListener("change", () => this.go({ sort: this.parts.sort.value === this.usual ? "" : this.parts.sort.value, page: 1 }));
    this.parts.view.addEventListener("change", () => this.go({ view: this.parts.view.value }));
    this.addEventListener("commons-choice", ({ detail }) => this.choose(detail.name, detail.values));
    this.addEventListener("commons-place", ({ detail }) => this.go({ ...detail, page: 1, sort: "" }));
    addEventListener("popstate", this.restore);
    if (location.search) this.restore();
    // What was typed before this script had come counts too.
    else if (this.parts.query.value) this.go({ q: this.parts.query.value.trim() });
  }

  disconnectedCallback() {
    removeEventListener("popstate", this.restore);
    this.results.end();
    this.panel.remove();
  }

  /** The filters as a sheet, with what each value would leave. */
  async open() {
    if (await this.load()) { this.update(false); this.panel.open(); }
  }

  /** All entries of the list as it stands, in its order, as a file for spreadsheets. */
  async download() {
    if (!(await this.load())) return;
    if (!this.shown) await this.update(false);
    const rows = rowsOf(this.catalogue, this.shown, await this.catalogue.summaries(), document.baseURI);
    save(`${this.dataset.base.replace(/[^a-z0-9]+/g, "-") || "entries"}.csv`, csv(rows), "text/csv;charset=utf-8");
  }

  /** Read the catalogue once; false, with a notice and the plain list, where it cannot be had. */
  async load() {
    if (this.catalogue) return true;
    const slow = setTimeout(() => this.wait(), PAUSE);
    try {
      this.catalogue = await loadCatalogue(this.root);
      delete this.dataset.plain;
      this.panel.build(this.catalogue.facets.filter((facet) => facet.offered && !this.base[facet.name]));
      this.panel.addPlace(this.catalogue);
      if (this.catalogue.size <= LARGE) this.catalogue.summaries().then((found) => found && this.state && !this.state.q && this.update(false));
    } catch {
      this.panel.restore();
      this.plain(this.words.explore.js.failed);
      return false;
    } finally { clearTimeout(slow); }
    return true;
  }

  /** The state that the address describes; what this site does not know is named and left out. */
  restore = async () => {
    if (location.search && this.parts.plain) this.parts.plain.hidden = changes(read(location.search, ["kind"])) || /[?&][a-z-]+=/.test(location.search);
    if (!location.search && !this.catalogue) return;
    if (this.parts.plain?.hidden) this.wait();
    if (!(await this.load())) return;
    this.state = read(location.search, this.catalogue.facets.map((facet) => facet.name));
    for (const name of Object.keys(this.base)) delete this.state.facets[name];
    this.unknown = prune(this.state, this.catalogue);
    this.parts.query.value = this.state.q;
    this.update(false);
  };

  choose(name, values) {
    const facets = { ...this.state.facets, [name]: values };
    // A coalition's own terms go with the coalition.
    if (name === "coalition" && facets.term) facets.term = facets.term.filter((term) => [...values, ...(this.base.coalition ?? [])].includes(term.split("/")[0]));
    for (const key of Object.keys(facets)) if (!facets[key].length) delete facets[key];
    this.go({ facets, page: 1 });
  }

  clear() { this.go(null); }

  /** Take over a part of a state (null: nothing is chosen any more), put it into the address and show it. */
  async go(part, how = "push") {
    const next = part ? { ...this.state, ...part } : { ...empty(), compare: this.state.compare, embed: this.state.embed };
    if (write(next) === write(this.state)) return;
    if (!(await this.load())) return;
    this.state = next;
    this.unknown = [];
    if (!next.q && (!part || "q" in part)) this.parts.query.value = "";
    history[`${how}State`](null, "", `${location.pathname}${write(next)}`);
    await this.update(true);
  }

  /** Another page of the result; the reader goes on at its beginning. */
  async turnTo(page) {
    await this.go({ page });
    this.settle();
  }

  /** Put the focus where the result begins, when what had it is gone. */
  settle() {
    this.parts.status.tabIndex = -1;
    this.parts.status.focus();
  }

  compare(id) {
    const chosen = this.state.compare;
    const next = chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id].slice(0, 4);
    this.state = { ...this.state, compare: next };
    history.replaceState(null, "", `${location.pathname}${write(this.state)}`);
    this.results.mark(this.state);
    showCompared(this.tray, this.state, this.root, this.words);
  }

  /** Show the state: the list, the counts, the chips, the controls. Late answers of a text search are dropped. */
  async update(scroll) {
    const { state, catalogue, words } = this;
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const notices = this.unknown?.length ? [fill(words.explore.js.unknown, { values: this.unknown.join(", ") })] : [];
    const { only, hits, rank, notice } = await narrowed(state, catalogue, words.explore.js, () => this.wait());
    if (turn !== this.turn) return;
    if (notice) notices.push(notice);
    const found = catalogue.filter(state.facets, this.base, only, this.dataset.without);
    const near = this.fits();
    this.usual = near.size ? "fit" : "relevance";
    const sort = (state.sort === "fit" && !near.size ? "" : state.sort) || this.usual;
    found.places = catalogue.sorted(found.places, sort, sort === "fit" ? rankOf(near) : rank);
    this.shown = found.places;
    // Only the cards that are shown need their fit in words.
    Object.assign(found, { hits, notes: { has: (place) => near.has(place), get: (place) => describe(near.get(place), state, catalogue, words.place) } });
    const pages = Math.max(1, Math.ceil(found.places.length / PAGE));
    state.page = Math.min(state.page, pages);
    this.controls(sort, near.size > 0);
    this.panel.show(state, found.counts, this.base);
    this.panel.total(found.places.length);
    if (!showChosen(this.parts.chosen, state, catalogue, words, { places: found.places, base: this.base }, (next) => this.go(next))) this.settle();
    showCompared(this.tray, state, this.root, words);
    const above = scroll && this.getBoundingClientRect().top < -400;
    const active = changes(state);
    const which = pages > 1 ? fill(words.explore.js.page, { n: state.page, all: pages }) : "";
    this.parts.status.textContent = (active ? [told(found.places.length, words), which, ...notices] : [this.whole, ...notices]).filter(Boolean).join(". ");
    if (this.parts.plain) this.parts.plain.hidden = active;
    this.results.mark(state);
    this.parts.results.hidden = !active;
    if (!active) { this.parts.results.replaceChildren(); return; }
    this.results.show(catalogue, state, found);
    this.foot(pages);
    if (above) this.parts.status.scrollIntoView({ block: "center" });
  }

  controls(sort, near) {
    const { sort: select, view } = this.parts;
    const fit = select.querySelector('[value="fit"]');
    if (near && !fit) select.append(make("option", { value: "fit" }, this.words.place.sort));
    if (!near) fit?.remove();
    select.value = sort;
    view.value = this.state.view;
  }

  /** Below the list: its pages, and on large pools the way to summaries. */
  foot(pages) {
    const address = (page) => `${location.pathname}${write({ ...this.state, page })}`;
    this.parts.results.append(pager(this.state.page, pages, this.words, address, (page) => this.turnTo(page)));
    if (this.catalogue.size > LARGE && !this.catalogue.read && !this.state.q) {
      const size = Math.round((this.catalogue.size * 65) / 1000);
      const ask = make("button", { type: "button", className: "c-button" }, fill(this.words.explore.js.summaries, { size }));
      ask.addEventListener("click", async () => { await this.catalogue.summaries(); this.update(false); });
      this.parts.results.append(make("p", {}, ask));
    }
  }

  /** How well each entry fits the reader's place, worked out once a place. */
  fits() {
    const asked = JSON.stringify([this.state.like, this.state.own]);
    if (this.fitted?.asked !== asked) this.fitted = { asked, found: fits(this.state, this.catalogue) };
    return this.fitted.found;
  }

  wait() { this.parts.status.textContent = this.words.explore.js.loading; }

  plain(notice) {
    this.parts.status.textContent = notice;
    this.dataset.plain = "";
    if (this.parts.plain) this.parts.plain.hidden = false;
  }
}
customElements.define("commons-explore", CommonsExplore);
