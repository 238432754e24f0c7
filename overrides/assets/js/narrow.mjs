// Which entries a text query or a choice of ids leaves, before the facets: the full-text index joined to the catalogue.

import { LARGE } from "./catalogue.mjs";
import { search } from "./text.mjs";
import { fill, plain } from "./words.mjs";

/** Milliseconds after which the reader is told that something is on its way. */
export const PAUSE = 250;

/**
 * `only` is the Set of places that are left (null: all), `hits` the results of the index by place, `rank` the order of
 * relevance, `notice` what there is to say about the search. `wait` is called when the answer takes long.
 */
export async function narrowed(state, catalogue, words, wait) {
  const chosen = state.ids.length ? new Set(state.ids.map((id) => catalogue.placeOf.get(id))) : null;
  const inOrder = chosen && ((place) => state.ids.indexOf(catalogue.data.ids[place]));
  if (!state.q) return { only: chosen, rank: inOrder };
  const within = (places) => new Set([...places].filter((place) => !chosen || chosen.has(place)));
  const slow = setTimeout(wait, PAUSE);
  try {
    const { results, corrected } = await search(catalogue.root, state.q);
    const hits = new Map();
    for (const hit of results) {
      const place = catalogue.placeOfFragment(hit.id);
      if (place !== undefined) hits.set(place, hit);
    }
    const order = new Map([...hits.keys()].map((place, n) => [place, n]));
    return { only: within(hits.keys()), hits, rank: (place) => order.get(place), notice: corrected ? fill(words.corrected, corrected) : "" };
  } catch {
    if (catalogue.size <= LARGE) await catalogue.summaries();
    return { only: within(titled(state.q, catalogue.data.titles)), rank: inOrder, notice: location.protocol === "file:" ? words.text_offline : words.text_failed };
  } finally { clearTimeout(slow); }
}

/** The places of the titles that have every word of a query: all that can be searched where there is no index. */
function titled(query, titles) {
  const asked = plain(query).split(/\s+/);
  return [...titles.keys()].filter((place) => asked.every((word) => plain(titles[place]).includes(word)));
}
