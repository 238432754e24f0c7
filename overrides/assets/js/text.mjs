// Full text by Pagefind, joined to the catalogue by the names of its fragments, and help with a slip of the pen.

import { readJson } from "./catalogue.mjs";
import { plain } from "./words.mjs";

let engine;

/** Pagefind, loaded when the first text is searched for; without its worker, which is a second copy of the same script. */
export function loadEngine(root) {
  engine ??= import(new URL(`${root}pagefind/pagefind.js`, document.baseURI).href)
    .then(async (found) => { await found.options({ excerptLength: 26, noWorker: true }); return found; })
    .catch((error) => { engine = undefined; throw error; });
  return engine;
}

let words;
const loadWords = (root) => (words ??= readJson(`${root}explore/words.json`).catch(() => []));

/** The results for a query; if no text has one of its words, those for the nearest word of the pool.
 *  `{ results, corrected: null | { from, to, query } }`; throws where the index cannot be loaded. */
export async function search(root, query) {
  const pagefind = await loadEngine(root);
  const { results } = await pagefind.search(query);
  const doubtful = await notFound(query, results);
  if (!doubtful.length) return { results, corrected: null };
  const known = await loadWords(root);
  let better = query;
  let corrected = null;
  for (const word of doubtful) {
    const near = nearestWord(word.toLowerCase(), known);
    if (near) { better = better.replace(word, near); corrected = { from: word, to: near, query: better }; }
  }
  if (!corrected) return { results, corrected: null };
  const again = await pagefind.search(better);
  return again.results.length ? { results: again.results, corrected } : { results, corrected: null };
}

/** The words of a query that the best result does not show as found. */
async function notFound(query, results) {
  const asked = query.match(/\p{L}{4,}/gu) ?? [];
  if (!asked.length) return [];
  if (!results.length) return asked;
  const { excerpt } = await results[0].data();
  const marked = [...excerpt.matchAll(/<mark>(.*?)<\/mark>/g)].map((found) => found[1].toLowerCase());
  return asked.filter((word) => !marked.some((mark) => mark.startsWith(word.toLowerCase().slice(0, Math.max(3, word.length - 3)))));
}

/** The word that differs only in its accents, else the most frequent at one slip; "" if the word or one that begins
 *  with it is known. */
export function nearestWord(word, known) {
  const bare = plain(word);
  let near = "", accented = "";
  for (const candidate of known) {
    if (candidate.startsWith(word)) return "";
    if (!accented && plain(candidate) === bare) accented = candidate;
    if (!near && oneSlip(word, candidate)) near = candidate;
  }
  return accented || near;
}

/** Whether one letter added, left out, changed or exchanged with its neighbour makes one word of the other. */
export function oneSlip(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let endA = a.length, endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) { endA -= 1; endB -= 1; }
  const [x, y] = [a.slice(start, endA), b.slice(start, endB)];
  return (x.length <= 1 && y.length <= 1) || (x.length === 2 && y.length === 2 && x[0] === y[1] && x[1] === y[0]);
}

/** An excerpt as nodes: text, and the words that were found as <mark>; nothing else of it is taken over. */
export function excerptNodes(excerpt) {
  const parsed = new DOMParser().parseFromString(excerpt, "text/html").body;
  return [...parsed.childNodes].map((node) => {
    if (node.nodeName !== "MARK") return document.createTextNode(node.textContent);
    const mark = document.createElement("mark");
    mark.textContent = node.textContent;
    return mark;
  });
}
