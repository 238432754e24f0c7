// What is chosen, as chips that take it back, with the tools for the list as it stands; and the way between its pages.

import { listTools } from "./picked.mjs";
import { count, fill, make } from "./words.mjs";

const button = (text, act, properties = {}) => {
  const made = make("button", { type: "button", className: "c-button", ...properties }, text);
  made.addEventListener("click", act);
  return made;
};

/** The chips of a state: what each says, and the state without it. */
function chips(state, catalogue, words) {
  const found = [];
  const js = words.explore.js;
  for (const [name, values] of Object.entries(state.facets)) {
    for (const value of values) {
      const rest = values.filter((other) => other !== value);
      const facets = { ...state.facets, [name]: rest };
      if (!rest.length) delete facets[name];
      // A coalition's own terms go with the coalition.
      if (name === "coalition" && facets.term) facets.term = facets.term.filter((term) => !term.startsWith(`${value}/`));
      if (facets.term && !facets.term.length) delete facets.term;
      found.push([catalogue.label(name, value), { ...state, facets }]);
    }
  }
  if (state.ids.length) found.push([fill(js.chosen, { n: state.ids.length }), { ...state, ids: [] }]);
  if (state.q) found.push([fill(js.query, { q: state.q }), { ...state, q: "" }]);
  if (state.like || Object.keys(state.own).length) {
    const text = state.like ? fill(words.place.chip, { place: catalogue.label("government", state.like) }) : words.place.chip_own;
    found.push([text, { ...state, like: "", own: {}, sort: ["fit", "relevance"].includes(state.sort) ? "" : state.sort }]);
  }
  return found;
}

/** Fill the row of chips; `found` are the places of the list and what all its entries hold, `go` takes a new state. The row
 *  keeps the focus when one of its chips goes; false if it cannot. */
export function showChosen(row, state, catalogue, words, { places, base }, go) {
  const js = words.explore.js;
  const found = chips(state, catalogue, words);
  const held = row.contains(document.activeElement) ? [...row.querySelectorAll("button")].indexOf(document.activeElement) : -1;
  const list = make("ul", { className: "c-chosen__chips" });
  for (const [text, next] of found) {
    const remove = button("", () => go({ ...next, page: 1 }), { className: "c-chip", ariaLabel: fill(js.remove, { value: text }) });
    remove.append(text, make("span", { ariaHidden: "true", className: "c-chip__cross" }, "×"));
    list.append(make("li", {}, remove));
  }
  const copy = button(js.copy, async () => {
    try { await navigator.clipboard.writeText(location.href); copy.textContent = js.copied; } catch { copy.textContent = js.copy_failed; }
    said.textContent = copy.textContent;
  });
  const said = make("span", { className: "c-hidden", role: "status" });
  const tools = make("p", { className: "c-chosen__tools" }, button(js.clear, () => go(null)), copy, button(js.print, () => window.print()), said, ...listTools(places, state, base, catalogue, words));
  // On paper the chips are a sentence.
  const printed = make("p", { className: "c-chosen__printed" }, found.length ? fill(js.filtered, { chips: found.map(([text]) => text).join(", ") }) : "");
  row.replaceChildren(list, tools, printed);
  row.hidden = !found.length && !state.sort && state.view === "cards";
  if (held < 0) return true;
  if (!row.hidden) row.querySelectorAll("button")[Math.min(held, Math.max(found.length - 1, 0))].focus();
  return !row.hidden;
}

/** The entries chosen to be compared, with the way to set them side by side. */
export function showCompared(tray, state, root, words) {
  const js = words.explore.js;
  const n = state.compare.length;
  tray.hidden = !n;
  if (!n) return;
  const link = n > 1 ? make("a", { className: "c-button c-button--main", href: `${root}compare/?ids=${state.compare.join(",")}` }, fill(js.compare_now, { n })) : js.compare_more;
  tray.replaceChildren(link, n >= 4 ? ` ${js.compare_full}` : "");
}

/** Links to the pages of a result; `address` gives the address of a page and `go` shows it without loading anew. */
export function pager(here, pages, words, address, go) {
  const js = words.explore.js;
  if (pages < 2) return "";
  const link = (text, page, properties = {}) => {
    const made = make("a", { href: address(page), ...properties }, text);
    made.addEventListener("click", (event) => { if (!event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); go(page); } });
    return make("li", {}, made);
  };
  const near = [...Array(pages).keys()].map((n) => n + 1).filter((n) => n === 1 || n === pages || Math.abs(n - here) < 3);
  const list = make("ul", {});
  if (here > 1) list.append(link(js.before, here - 1, { rel: "prev" }));
  near.forEach((n, at) => {
    if (at && n - near[at - 1] > 1) list.append(make("li", {}, "…"));
    list.append(link(String(n), n, n === here ? { ariaCurrent: "page" } : {}));
  });
  if (here < pages) list.append(link(js.after, here + 1, { rel: "next" }));
  return make("nav", { className: "c-pager", ariaLabel: js.pages }, list);
}

/** "34 entries", said politely by the status line. */
export const told = (n, words) => count(words.explore.js.results, n);
