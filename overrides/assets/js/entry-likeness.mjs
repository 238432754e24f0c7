// Near-duplicates, as macros/likeness.py finds them: an entry whose title or summary is much like that of another one. No page is touched here.

// Texts are compared if they share one of this many of their rarest words, and with no more than so many others.
const RAREST = 4;
const MOST_COMPARED = 20;

/** The order of two texts by their signs, not by the halves of which some signs are made. */
const bySign = (a, b) => {
  const one = [...a], other = [...b], place = one.findIndex((sign, n) => sign !== other[n]);
  return place < 0 ? one.length - other.length : place >= other.length ? 1 : one[place].codePointAt(0) - other[place].codePointAt(0);
};

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

/** The words of a text in their alphabetical order; texts with the same words are the same text. */
export const plain = (text) => (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).sort(bySign).join(" ");

const numbers = (text) => text.split(" ").filter((word) => /\p{N}/u.test(word)).join(" ");
const alike = (one, other, least) => ratio(one, other) >= least && numbers(one) === numbers(other);

/** The place of the text, among plain texts of one kind, that is most likely to be the same as the one at `number`; -1 if none is. */
export function twin(texts, number, least) {
  const words = texts.map((text) => [...new Set(text.split(" ").filter(Boolean))]), often = new Map(), places = new Map(), shared = new Map();
  for (const word of words.flat()) often.set(word, (often.get(word) ?? 0) + 1);
  const rarest = words.map((found) => found.sort((a, b) => often.get(a) - often.get(b) || bySign(a, b)).slice(0, RAREST));
  rarest.forEach((found, place) => {
    for (const word of found) {
      if (!places.has(word)) places.set(word, []);
      if (places.get(word).length <= MOST_COMPARED) places.get(word).push(place);
    }
  });
  for (const word of rarest[number]) for (const other of places.get(word)) if (other !== number) shared.set(other, (shared.get(other) ?? 0) + 1);
  const likely = [...shared].sort(([, a], [, b]) => b - a).slice(0, MOST_COMPARED).map(([other]) => other);
  return likely.find((other) => alike(texts[number], texts[other], least)) ?? -1;
}

/**
 * The entries of one kind, as `{ id, title, summary }`, to find the twin of a new one. Plain texts are worked out once; the
 * new entry takes the place that its file would have.
 */
export class Twins {
  constructor(others) {
    this.others = [...others].sort((a, b) => bySign(`${a.id}.md`, `${b.id}.md`)).map((other) => ({ ...other, plain: { title: plain(other.title), summary: plain(other.summary) } }));
  }

  /** The field by which an entry is like another one, with that one, or null; `bounds` has the likeness from which each field counts. */
  of(id, meta, bounds) {
    const others = this.others.filter((other) => other.id !== id), after = others.findIndex((other) => bySign(`${other.id}.md`, `${id}.md`) > 0), number = after < 0 ? others.length : after;
    for (const field of ["title", "summary"]) {
      const texts = others.map((other) => other.plain[field]);
      texts.splice(number, 0, plain(meta[field] ?? ""));
      const found = twin(texts, number, bounds[field]);
      if (found >= 0) return { field, other: others[found < number ? found : found - 1] };
    }
    return null;
  }
}
