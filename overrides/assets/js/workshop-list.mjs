// The chosen entries in order: moved by buttons, or by the mouse; every change is said politely, and the focus stays.

import { fill, make } from "./words.mjs";

export class Picks {
  /** `change(ids, text)` is told of a new order and of what to say about it. */
  constructor(list, words, change) {
    Object.assign(this, { list, words, change, ids: [], titles: [] });
    list.addEventListener("dragstart", this.#start);
    list.addEventListener("dragover", this.#over);
    list.addEventListener("drop", (event) => event.preventDefault());
    list.addEventListener("dragend", this.#end);
  }

  /** `entries` have id, title, url, kind (its label) and place. */
  show(entries) {
    if (JSON.stringify(this.ids) === JSON.stringify(entries.map((entry) => entry.id)) && this.list.children.length) return;
    this.ids = entries.map((entry) => entry.id);
    this.titles = entries.map((entry) => entry.title);
    const known = new Map([...this.list.children].map((item) => [item.dataset.id, item]));
    const focused = document.activeElement;
    this.list.replaceChildren(...entries.map((entry) => known.get(entry.id) ?? this.#item(entry)));
    if (this.list.contains(focused)) focused.focus({ preventScroll: true });
    // The buttons at both ends stay where a keyboard reaches them, and say that they do nothing.
    [...this.list.children].forEach((item, n, all) => {
      item.querySelector('[data-move="up"]').ariaDisabled = String(n === 0);
      item.querySelector('[data-move="down"]').ariaDisabled = String(n === all.length - 1);
    });
  }

  #item(entry) {
    const { js } = this.words;
    const tool = (sign, text, act, properties = {}) => {
      const button = make("button", { type: "button", className: "c-picks__tool", title: text, ariaLabel: text, ...properties }, make("span", { ariaHidden: "true" }, sign));
      button.addEventListener("click", act);
      return button;
    };
    const up = tool("↑", fill(js.up, entry), () => this.#move(entry, -1));
    const down = tool("↓", fill(js.down, entry), () => this.#move(entry, 1));
    up.dataset.move = "up";
    down.dataset.move = "down";
    const out = tool("×", fill(js.out, entry), () => this.#remove(entry));
    const grip = make("span", { className: "c-picks__grip", title: js.grip, ariaHidden: "true" }, "⠿");
    const kind = [entry.kind, entry.place].filter(Boolean).join(" · ");
    const what = make("span", { className: "c-picks__what" }, make("a", { href: entry.url, draggable: false }, entry.title), make("span", { className: "c-picks__kind" }, kind));
    const item = make("li", { className: "c-picks__item", draggable: true }, grip, what, make("span", { className: "c-picks__tools" }, up, down, out));
    item.dataset.id = entry.id;
    return item;
  }

  #move(entry, by) {
    const from = this.ids.indexOf(entry.id), to = from + by;
    if (to < 0 || to >= this.ids.length) return;
    const next = [...this.ids];
    next.splice(to, 0, ...next.splice(from, 1));
    this.change(next, fill(this.words.js.moved, { title: entry.title, n: to + 1, all: next.length }));
    this.list.children[to].scrollIntoView({ block: "nearest" });
  }

  #remove(entry) {
    const at = this.ids.indexOf(entry.id);
    this.change(this.ids.filter((id) => id !== entry.id), fill(this.words.js.removed, entry));
    const near = this.list.children[Math.min(at, this.list.children.length - 1)];
    if (near) near.querySelector(".c-picks__tool:last-child").focus();
    else this.list.dispatchEvent(new CustomEvent("commons-emptied", { bubbles: true }));
  }

  #start = (event) => {
    this.dragged = event.target.closest?.("li");
    if (!this.dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", this.dragged.dataset.id);
    this.dragged.classList.add("c-picks__item--dragged");
  };

  #over = (event) => {
    const over = event.target.closest?.("li");
    if (!this.dragged) return;
    event.preventDefault();
    if (!over || over === this.dragged) return;
    const { top, height } = over.getBoundingClientRect();
    const after = event.clientY > top + height / 2;
    if ((after ? over.nextElementSibling : over.previousElementSibling) !== this.dragged) over[after ? "after" : "before"](this.dragged);
  };

  /** The order on the screen is the new one, unless the drag was given up. */
  #end = (event) => {
    if (!this.dragged) return;
    this.dragged.classList.remove("c-picks__item--dragged");
    const { id } = this.dragged.dataset;
    this.dragged = null;
    const next = [...this.list.children].map((item) => item.dataset.id);
    if (event.dataTransfer.dropEffect === "none") { this.list.append(...this.ids.map((one) => [...this.list.children].find((item) => item.dataset.id === one))); return; }
    if (next.join() === this.ids.join()) return;
    const title = this.titles[this.ids.indexOf(id)];
    this.change(next, fill(this.words.js.moved, { title, n: next.indexOf(id) + 1, all: next.length }));
  };
}
