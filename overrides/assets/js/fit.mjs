// How well a place fits the reader's: a small rule that anyone can follow (docs/about/finding.md says it in words).
//
// A dimension counts +1 if both are known and the same, -1 if both are known and differ, 0 if either is not known.
// An entry is as near as the nearest of the places it is about; ties go to the place of which more is known.

import { fill } from "./words.mjs";

/** What is the same, what differs and what is not known. `mine` and `theirs` have a value for a dimension's name;
 *  `theirs` may have a list, of which one must be the same. What the reader has not said does not count. */
export function fit(mine, theirs) {
  const found = { same: [], differs: [], unknown: [], score: 0 };
  for (const [name, value] of Object.entries(mine)) {
    const other = [theirs[name] ?? []].flat();
    if (!other.length) found.unknown.push(name);
    else if (other.includes(value)) found.same.push(name);
    else found.differs.push(name);
  }
  found.score = found.same.length - found.differs.length;
  return found;
}

/** The nearest of several places (each `{ id, known }`) with its fit; null if there is none. */
export function nearest(mine, places) {
  let best = null;
  for (const place of places) {
    const found = { ...fit(mine, place.known), id: place.id, known: place.known };
    if (!best || found.score > best.score || (found.score === best.score && found.unknown.length < best.unknown.length)) best = found;
  }
  return best;
}

/** The reader's place: what is known of the government they picked, over which goes what they said themselves. */
export function placeOf(state, catalogue) {
  const known = Object.hasOwn(catalogue.governments, state.like) ? { ...catalogue.governments[state.like] } : {};
  for (const [name, value] of Object.entries(state.own)) {
    known[name] = catalogue.dimensions.find((d) => d.name === name).values.indexOf(value);
  }
  return known;
}

// The kinds whose entries are experience from a place.
const KINDS = ["practice", "case-study"];

/** The fit of every entry that is experience from a place, by its place in the catalogue. The level of government is
 *  that of the entry itself, since a city's case may stand under its country. */
export function fits(state, catalogue) {
  const mine = placeOf(state, catalogue);
  const found = new Map();
  if (!Object.keys(mine).length) return found;
  const governments = catalogue.facet("government");
  const level = catalogue.facet("level");
  const levels = catalogue.dimensions.find((d) => d.name === "level")?.values ?? [];
  for (let place = 0; place < catalogue.size; place += 1) {
    if (!KINDS.includes(catalogue.value(place, "kind"))) continue;
    const own = level ? [level.column[place]].flat().map((n) => levels.indexOf(level.values[n])) : [];
    const places = governments ? [governments.column[place]].flat().map((n) => governments.values[n]) : [];
    const candidates = places.map((id) => ({ id, known: { ...catalogue.governments[id], level: own } }));
    found.set(place, nearest(mine, candidates) ?? { ...fit(mine, { level: own }), id: "", known: { level: own } });
  }
  return found;
}

/** A number for sorting: the nearest first, then those of which more is known, then all other entries. */
export const rankOf = (found) => (place) => { const own = found.get(place); return own ? -own.score * 100 + own.unknown.length : 1e6; };

/** A fit in words: what is the same, what differs, what is not known, and with which place it was compared. */
export function describe(found, state, catalogue, words) {
  const mine = placeOf(state, catalogue);
  const dimension = (name) => catalogue.dimensions.find((one) => one.name === name);
  const value = (name, n) => dimension(name).labels[[n].flat()[0]] ?? "";
  const say = (text, names, show) => (names.length ? [fill(text, { list: names.map(show).join(", ") })] : []);
  const differs = (name) => fill(words.value, { label: dimension(name).label, value: value(name, found.known[name]), mine: value(name, mine[name]) });
  return [
    ...(found.id ? [fill(words.at, { place: catalogue.label("government", found.id) })] : []),
    ...say(`${words.same}.`, found.same, (name) => `${dimension(name).label} (${value(name, mine[name])})`),
    ...say(`${words.differs}.`, found.differs, differs),
    ...say(`${words.missing}.`, found.unknown, (name) => dimension(name).label),
  ].join(" ");
}
