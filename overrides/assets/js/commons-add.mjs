// "Add to workshop" on the page of an entry: a link without scripts, a button with them, and beside it the way on.

import { add, has, ids, remove, watch } from "./basket.mjs";
import { count, make, wordsOf } from "./words.mjs";

/** A button that puts an entry into the selection and takes it out; `said` is told what happened. */
export function addButton(id, title, words, said = () => {}, className = "c-button") {
  const button = make("button", { type: "button", className });
  button.dataset.add = id;
  button.dataset.title = title;
  mark(button, words);
  button.addEventListener("click", () => {
    if (has(id)) remove(id);
    else add(id);
    said(count(words.chosen, ids().length));
  });
  return button;
}

/** Let a button say whether its entry is in the selection; `short` buttons have the title only in their name. */
export function mark(button, words, chosen = ids()) {
  const inside = chosen.includes(button.dataset.add);
  button.textContent = inside ? words.out : words.add;
  button.ariaLabel = (inside ? words.out_named : words.add_named).replace("{title}", () => button.dataset.title);
  button.classList.toggle("c-button--in", inside);
}

export class CommonsAdd extends HTMLElement {
  connectedCallback() {
    const words = wordsOf(this);
    const { id, root, title } = this.dataset;
    const told = make("span", { className: "c-hidden", role: "status" });
    const button = addButton(id, title, words, (text) => { told.textContent = text; });
    const open = make("a", { href: `${root}workshop/` });
    this.querySelector("a").replaceWith(button, " ", open, told);
    this.end = watch((chosen) => {
      mark(button, words, chosen);
      open.hidden = !chosen.length;
      open.textContent = `${words.open} (${chosen.length})`;
    });
  }

  disconnectedCallback() { this.end?.(); }
}
customElements.define("commons-add", CommonsAdd);
