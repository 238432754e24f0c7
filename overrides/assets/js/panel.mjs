// The filters together: a column beside the list of Explore on wide screens, else a sheet with "Show 34" at its foot.

import "./commons-facet.mjs";
import "./commons-place.mjs";
import { fill, make } from "./words.mjs";

const OPEN = ["kind", "topic", "coalition"];
const WIDE = window.matchMedia("(min-width: 60em)");

/** The facets as the links of the page without scripts tell them, so that boxes stand before any data arrives. */
export function facetsOfLinks(panel) {
  return [...panel.querySelectorAll("details[data-facet]")].map((details) => {
    const links = [...details.querySelectorAll("a[data-value]")];
    const counts = links.map((link) => Number(link.parentElement.querySelector(".c-count").textContent));
    return { name: details.dataset.facet, label: details.dataset.label, values: links.map((l) => l.dataset.value), labels: links.map((l) => l.textContent), counts };
  });
}

export class Panel {
  /** `host` is the <commons-explore>; `column` says that the panel may stand beside the list. */
  constructor(host, words, column) {
    Object.assign(this, { host, words, column });
    this.links = host.querySelector('[data-part="panel"]');
    this.fields = make("div", { className: "c-panel__fields" });
    this.done = make("button", { type: "button", className: "c-button c-button--main" }, words.explore.filters);
    const close = make("button", { type: "button", className: "c-button" }, words.explore.js.close);
    this.clear = make("button", { type: "button", className: "c-button" }, words.explore.js.clear);
    const title = make("h2", { id: `c-filters-${Math.random().toString(36).slice(2, 7)}` }, words.explore.filters);
    this.body = make("div", { className: "c-sheet__body" });
    this.sheet = make("dialog", { className: "c-dialog c-sheet md-typeset" },
      make("div", { className: "c-sheet__head" }, title, close), this.body, make("div", { className: "c-sheet__foot" }, this.clear, this.done));
    this.sheet.setAttribute("aria-labelledby", title.id);
    host.append(this.sheet);
    for (const button of [close, this.done]) button.addEventListener("click", () => this.sheet.close());
    this.clear.addEventListener("click", () => host.clear());
    WIDE.addEventListener("change", this.#place);
  }

  /** Make the boxes, unless they stand already; what stood there as links is kept for `restore`. */
  build(facets) {
    const told = (list) => JSON.stringify(list.map((facet) => [facet.name, facet.values]));
    if (this.before && told(facets) === told(this.elements.map((element) => element.facet))) return;
    this.elements = facets.map((facet) => document.createElement("commons-facet").build(facet, this.words.explore.js, OPEN.includes(facet.name)));
    this.place?.remove();
    this.fields.replaceChildren(...this.elements);
    if (this.links && !this.before) {
      this.before = [...this.links.childNodes];
      this.links.replaceChildren(make("h2", { className: "c-panel__title" }, this.words.explore.filters), this.fields);
    }
    this.#place();
  }

  /** Add the reader's place, which needs the catalogue. */
  addPlace(catalogue) {
    if (this.place || !catalogue.dimensions.length) return;
    this.place = document.createElement("commons-place").build(catalogue, this.words.place);
    this.fields.append(this.place);
  }

  show(state, counts = null, base = {}) {
    const coalitions = [...(state.facets.coalition ?? []), ...(base.coalition ?? []), ...(state.facets.term ?? []).map((term) => term.split("/")[0])];
    for (const element of this.elements ?? []) {
      const { name } = element.facet;
      const offered = name === "term" ? (value) => coalitions.includes(value.split("/")[0]) : undefined;
      element.show(state.facets[name] ?? [], counts?.get?.(name) ?? element.facet.counts, offered);
    }
    this.place?.show(state);
  }

  /** The number of entries that the sheet would show. */
  total(n) { this.done.textContent = n ? fill(this.words.explore.js.show, { n }) : this.words.explore.js.show_none; }

  open() {
    this.#place();
    this.sheet.showModal();
  }

  /** Put back the links of the page without scripts, which lead to the same lists; the focus goes with them. */
  restore() {
    if (!this.before) return;
    const { name, value } = this.fields.contains(document.activeElement) ? document.activeElement : {};
    this.links.replaceChildren(...this.before);
    this.before = null;
    this.links.querySelector(`[data-facet="${name}"] [data-value="${value}"]`)?.focus();
  }

  remove() {
    WIDE.removeEventListener("change", this.#place);
    this.restore();
    this.sheet.remove();
  }

  #place = () => {
    const beside = this.column && this.links && WIDE.matches;
    if (beside && this.sheet.open) this.sheet.close();
    (beside ? this.links : this.body).append(this.fields);
  };
}
