// A field for a word of a title, with the entries that have it and are not chosen yet.

import { make } from "./words.mjs";

const OFFERED = 8;

export class Adder {
  /** `add(id)` takes an entry over. */
  constructor(parts, words, selection, add) {
    Object.assign(this, { parts, words, selection, add });
    parts.find.addEventListener("input", () => this.offer());
    parts.find.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { parts.find.value = ""; this.offer(); }
      if (event.key === "Enter") { event.preventDefault(); parts.offers.querySelector("button")?.click(); }
    });
  }

  offer() {
    const { parts, selection } = this;
    const asked = parts.find.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const { titles, ids } = selection.catalogue.data;
    const fits = (place) => asked.every((word) => titles[place].toLowerCase().includes(word)) && !selection.ids.includes(ids[place]) && selection.printable(place);
    const found = [];
    for (let place = 0; asked.length && place < ids.length && found.length < OFFERED; place += 1) if (fits(place)) found.push(place);
    const lines = found.map((place) => {
      const button = make("button", { type: "button", className: "c-button" }, `${titles[place]} (${selection.catalogue.labels(place, "kind")[0]})`);
      button.addEventListener("click", () => { parts.find.value = ""; this.offer(); this.add(ids[place]); parts.find.focus(); });
      return make("li", {}, button);
    });
    if (asked.length && !lines.length) lines.push(make("li", {}, this.words.add_none));
    parts.offers.replaceChildren(...lines);
  }
}
