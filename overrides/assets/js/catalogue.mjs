// The entries and their facets, as macros/search/data.py writes them, and the filter over them. No page is touched here.

const FORMAT = 1;

/** Pools larger than this send less by themselves: summaries only when asked, few excerpts before the reader scrolls. */
export const LARGE = 2500;

/** Read a JSON file of the site; throws where it is missing or broken. */
export async function readJson(address) {
  if (location.protocol === "file:") return readScript(address);
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

/** In the copy without a server data come as a script, because browsers let a page from a folder read nothing else. */
async function readScript(address) {
  const script = Object.assign(document.createElement("script"), { src: `${address}.js` });
  await new Promise((done, failed) => { Object.assign(script, { onload: done, onerror: failed }); document.head.append(script); });
  script.remove();
  return globalThis.commonsData[address.replace(/^(?:\.{1,2}\/)+/, "")];
}

let loading;

/** The catalogue of the site at `root` (`../../`), read once a page; a failure may be tried again. */
export function loadCatalogue(root) {
  loading ??= readJson(`${root}explore/entries.json`)
    .then((data) => new Catalogue(data, root))
    .catch((error) => { loading = undefined; throw error; });
  return loading;
}

const each = (values, use) => { if (typeof values === "number") use(values); else for (const value of values) use(value); };
const some = (values, test) => (typeof values === "number" ? test(values) : values.some(test));

export class Catalogue {
  constructor(data, root) {
    if (data.format !== FORMAT) throw new Error(`entries.json has format ${data.format}; this script reads ${FORMAT}`);
    Object.assign(this, { data, root, size: data.ids.length, governments: data.context.governments, dimensions: data.context.dimensions });
    this.placeOf = new Map(data.ids.map((id, place) => [id, place]));
    this.fragments = new Map(data.fragments.map((name, place) => [name, place]));
    this.facets = data.facets.map((facet) => {
      const values = facet.values ?? facet.entries.map((place) => (typeof place === "number" ? data.ids[place] : place));
      const labels = facet.entries ? facet.entries.map((place, n) => facet.labels[n] ?? data.titles[place]) : facet.labels;
      return { ...facet, values, labels, number: new Map(values.map((value, n) => [value, n])), column: data.columns[facet.name] };
    });
    this.evidence = this.facet("evidence");
    this.#tellTerms();
  }

  /** Add to each entry the coalitions' own terms for its topics; entries that only say who acts have none. */
  #tellTerms() {
    const [term, topic, kind] = ["term", "topic", "kind"].map((name) => this.facet(name));
    if (!term || !topic) return;
    const frame = new Set(this.data.frame.map((name) => kind.number.get(name)));
    term.column = term.column.map((own, place) => {
      if (frame.has(kind.column[place])) return own;
      const found = new Set([own].flat());
      each(topic.column[place], (n) => { for (const told of this.data.terms_of_topics[n]) found.add(told); });
      return [...found];
    });
  }

  /** The place of the entry to which a result of the full-text index belongs, or undefined. */
  placeOfFragment(name) {
    for (let length = 1; length <= name.length; length += 1) {
      const place = this.fragments.get(name.slice(0, length));
      if (place !== undefined) return place;
    }
    return undefined;
  }

  /** The rank of each entry by its title as readers of the page's language look for it, worked out when first asked for. */
  get byTitle() {
    if (!this.ranks) {
      const { titles } = this.data;
      const { compare } = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true });
      this.ranks = new Uint32Array(this.size);
      [...titles.keys()].sort((a, b) => compare(titles[a], titles[b]) || a - b).forEach((place, rank) => { this.ranks[place] = rank; });
    }
    return this.ranks;
  }

  facet(name) { return this.facets.find((facet) => facet.name === name); }

  label(name, value) { const facet = this.facet(name); return facet?.labels[facet.number.get(value)] ?? value; }

  /** The labels of an entry's values in a facet, in the order of the entry. */
  labels(place, name) {
    const facet = this.facet(name), found = [];
    if (facet) each(facet.column[place], (n) => found.push(facet.labels[n]));
    return found;
  }

  value(place, name) { const found = this.facet(name).column[place]; const facet = this.facet(name); return facet.values[typeof found === "number" ? found : found[0]]; }

  url(place) { return `${this.root}${this.data.folders[this.value(place, "kind")]}/${this.data.ids[place]}/`; }

  /**
   * The places of the entries that match, in listing order, and for each facet the number of entries that each value
   * would leave: the other facets hold, this one is open. Values in a facet are OR, facets are AND.
   *
   * `chosen` and `base` have a list of values for a facet's name; `only` is a Set of places or null.
   */
  filter(chosen, base = {}, only = null, without = "") {
    const active = Object.entries(chosen).map(([name, values]) => this.#test(name, values));
    const fixed = Object.entries(base).map(([name, values]) => this.#test(name, values));
    const counts = this.facets.map((facet) => new Uint32Array(facet.values.length));
    const left = this.placeOf.get(without) ?? -1;
    const found = [];
    for (let place = 0; place < this.size; place += 1) {
      if (place === left || (only && !only.has(place)) || fixed.some((test) => !test.holds(place))) continue;
      let failed = null, failures = 0;
      for (const test of active) if (!test.holds(place)) { failed = test; if ((failures += 1) > 1) break; }
      if (failures > 1) continue;
      if (!failures) found.push(place);
      this.facets.forEach((facet, n) => { if (!failures || failed.facet === facet) each(facet.column[place], (value) => { counts[n][value] += 1; }); });
    }
    return { places: found, counts: new Map(this.facets.map((facet, n) => [facet.name, counts[n]])) };
  }

  #test(name, values) {
    const facet = this.facet(name);
    const wanted = new Uint8Array(facet.values.length);
    for (const value of values) wanted[facet.number.get(value)] = 1;
    return { facet, holds: (place) => some(facet.column[place], (value) => wanted[value] === 1) };
  }

  /** Places in another order; `rank` gives a number for a place (smaller comes first) where the order is by relevance or fit. */
  sorted(places, sort, rank = null) {
    const { reviewed, published } = this.data;
    const title = sort === "newest" || sort === "title" ? this.byTitle : [];
    const evidence = (place) => { const found = this.evidence?.column[place]; return typeof found === "number" ? found : 99; };
    const orders = {
      newest: (a, b) => (reviewed[b] > reviewed[a]) - (reviewed[b] < reviewed[a]) || (published[b] > published[a]) - (published[b] < published[a]) || title[a] - title[b],
      title: (a, b) => title[a] - title[b],
      evidence: (a, b) => evidence(a) - evidence(b) || a - b,
    };
    const order = orders[sort] ?? (rank ? (a, b) => rank(a) - rank(b) || a - b : null);
    return order ? [...places].sort(order) : places;
  }

  /** The summaries in the order of the entries, read once; null where they cannot be had. */
  summaries() {
    this.reading ??= readJson(`${this.root}explore/summaries.json`).then((found) => { this.read = found; return found; }).catch(() => null);
    return this.reading;
  }
}
