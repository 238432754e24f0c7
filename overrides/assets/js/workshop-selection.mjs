// Which entries a workshop has, in which order: those of ids, of a bundle, or of facets; and what of it is not there.

import { MOST } from "./basket.mjs";
import { freshJson } from "./kept.mjs";
import { fill } from "./words.mjs";

export class Selection {
  /** `aliases` has the id of today for each old one. */
  constructor(catalogue, root, words, aliases) {
    Object.assign(this, { catalogue, root, words, aliases, ids: [], bundle: null, label: "", own: [] });
    this.titles = new Map(catalogue.data.ids.map((id, place) => [id, catalogue.data.titles[place]]));
    this.frame = new Set(catalogue.data.frame);
  }

  /** Whether an entry goes on paper: not who acts, how subjects are named, or other bundles. */
  printable(place) {
    const kind = this.catalogue.value(place, "kind");
    return !this.frame.has(kind) && kind !== "bundle";
  }

  /** Take over a state; gives what there is to say about it, `unknown` being what was not understood. */
  async load(state, unknown) {
    const { js } = this.words;
    const notices = unknown.length ? [fill(js.unknown_value, { values: unknown.join(", ") })] : [];
    this.bundle = null;
    this.label = "";
    this.own = [];
    const current = (id) => (Object.hasOwn(this.aliases, id) ? this.aliases[id] : id);
    state.bundle = current(state.bundle);
    state.ids &&= [...new Set(state.ids.map(current))];
    if (state.bundle) {
      try { this.bundle = await freshJson(`${this.root}workshop/bundles/${state.bundle}.json`); } catch (error) {
        notices.push(fill(error.status ? js.unknown_bundle : js.lost_bundle, { id: state.bundle }));
        state.bundle = "";
        state.ids ??= [];
      }
      this.own = this.bundle?.entries ?? [];
    } else if (Object.keys(state.facets).length) this.#filter(state, notices);
    const asked = state.ids ?? this.own;
    const left = asked.filter((id) => !this.known(id));
    if (left.length) notices.push(fill(js.unknown, { ids: left.join(", ") }));
    const found = asked.filter((id) => this.known(id));
    if (found.length > MOST) notices.push(fill(js.too_many, { most: MOST }));
    // What was cut or left out is not in the address any more once something changes.
    if (state.ids || left.length || found.length > MOST) state.ids = found.slice(0, MOST);
    this.choose(state);
    return notices;
  }

  known(id) {
    const place = this.catalogue.placeOf.get(id);
    return place !== undefined ? this.printable(place) : this.own.includes(id);
  }

  #filter(state, notices) {
    const unknown = [];
    for (const [name, values] of Object.entries(state.facets)) {
      const facet = this.catalogue.facet(name);
      state.facets[name] = values.filter((value) => facet.number.has(value) || (unknown.push(value), false));
      if (!state.facets[name].length) delete state.facets[name];
    }
    if (unknown.length) notices.push(fill(this.words.js.unknown_value, { values: unknown.join(", ") }));
    if (!Object.keys(state.facets).length) { state.ids = []; return; }
    this.own = this.catalogue.filter(state.facets).places.filter((place) => this.printable(place)).map((place) => this.catalogue.data.ids[place]);
    this.query = Object.entries(state.facets).flatMap(([name, values]) => values.map((value) => `${name}=${value}`)).join("&");
    this.label = Object.entries(state.facets).flatMap(([name, values]) => values.map((value) => this.catalogue.label(name, value))).join(", ");
  }

  /** The ids of a state, and whether they are those of its bundle or facets as they stand. */
  choose(state) {
    this.ids = state.ids ?? this.own;
    if (!state.bundle) this.bundle = null;
    // Ids that are the bundle's own need not stand in the address.
    if (state.bundle && state.ids && state.ids.join() === this.own.join()) state.ids = null;
    if (state.ids && !state.bundle) this.label = "";
    this.whole = !state.ids;
    this.address = this.whole && Object.keys(state.facets).length ? `explore/?${this.query}` : `workshop/?ids=${this.ids.join(",")}`;
  }

  /** The chosen entries as they stand in the list. */
  entries() {
    const { catalogue } = this;
    return this.ids.map((id) => {
      const place = catalogue.placeOf.get(id);
      if (place === undefined) return { id, title: id, url: "", kind: "", place: "" };
      return { id, title: catalogue.data.titles[place], url: catalogue.url(place), kind: catalogue.labels(place, "kind")[0], place: catalogue.data.places[place] ?? "" };
    });
  }
}
