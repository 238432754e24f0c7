// From a list of entries to the workshop: a button on each card, and tools for all that a list holds.

import { add, ids, MOST, watch } from "./basket.mjs";
import { addButton, mark } from "./commons-add.mjs";
import { count, fill, make } from "./words.mjs";
import { write } from "./state.mjs";

/** Whether entries of a kind go on paper: not who acts, how subjects are named, or bundles. */
export const isPrinted = (kind, frame) => kind !== "bundle" && !frame.includes(kind);

/** The buttons of a card, as one row; `buttons` are those that there are. */
export function cardTools(...buttons) {
  const found = buttons.filter(Boolean);
  return found.length ? [make("p", { className: "c-card__tools" }, ...found)] : [];
}

/** The button of a card that puts its entry into the workshop. */
export const pickButton = (id, title, words) => addButton(id, title, words.pick, () => {}, "c-card__pick");

/** Keep the buttons of cards under `host` true to the selection; gives what ends it. */
export const watchPicks = (host, words) => watch((chosen) => { for (const button of host.querySelectorAll(".c-card__pick")) mark(button, words.pick, chosen); });

/** "Add these 34" and "Print these 34" for a list as it stands; `base` is what all its entries hold. */
export function listTools(places, state, base, catalogue, words) {
  const wanted = places.filter((place) => isPrinted(catalogue.value(place, "kind"), catalogue.data.frame)).map((place) => catalogue.data.ids[place]);
  const n = wanted.length;
  if (!n) return [];
  const { pick } = words;
  if (n > MOST) return [make("span", { className: "c-count" }, fill(pick.too_many, { most: MOST }))];
  const said = make("span", { className: "c-hidden", role: "status" });
  const all = make("button", { type: "button", className: "c-button" }, count(pick.add_all, n));
  all.addEventListener("click", () => { add(...wanted); said.textContent = count(pick.added_all, ids().length); all.textContent = said.textContent; });
  return [all, make("a", { className: "c-button", href: `${catalogue.root}workshop/${addressOf(wanted, state, base)}` }, count(pick.print_all, n)), said];
}

/** Filters alone stay filters, so that the link finds what is added later; a search, an order or a choice becomes ids. */
function addressOf(wanted, state, base) {
  if (state.q || state.ids.length || state.sort || state.like || Object.keys(state.own).length) return `?ids=${wanted.join(",")}`;
  return write({ ...state, facets: { ...base, ...state.facets }, view: "cards", page: 1, compare: [] });
}
