// What there is to say above the workshop: what was left out, and which of two selections is meant.

import { count, make } from "./words.mjs";

export class Notices {
  constructor(place, words) { Object.assign(this, { place, words, told: "" }); }

  /** `own` is the number of entries in the reader's own selection where another one is shown, else 0; `take` makes the one
   *  that is shown the reader's own, and `mine` shows the reader's own. Nothing is said twice. */
  show(texts, own, take, mine) {
    const { js } = this.words;
    const lines = texts.map((text) => make("p", { className: "c-notice" }, text));
    if (own) {
      const button = (text, act) => { const made = make("button", { type: "button", className: "c-button" }, text); made.addEventListener("click", act); return made; };
      lines.push(make("div", { className: "c-notice" }, make("p", {}, count(js.linked, own)), make("p", { className: "c-workshop__tools" }, button(js.take, take), " ", button(js.mine, mine))));
    }
    const key = lines.map((line) => line.textContent).join("|");
    if (key === this.told) return;
    this.told = key;
    this.place.replaceChildren(...lines);
  }
}
