// One facet: boxes to tick, with the number of entries that each would leave, and a field to find one among many.
// Says `commons-choice` ({ name, values }) when the reader changes it.

import { fill, make, plain } from "./words.mjs";

const MANY = 12;

export class CommonsFacet extends HTMLElement {
  /** `facet` has name, label, values and labels; `open` says whether it begins unfolded. */
  build(facet, words, open) {
    this.facet = facet;
    const list = make("ul");
    this.boxes = facet.values.map((value, n) => {
      const box = make("input", { type: "checkbox", name: facet.name, value });
      const count = make("span", { className: "c-count" });
      const item = make("li", {}, make("label", {}, box, make("span", { className: "c-facet__label" }, facet.labels[n]), count));
      list.append(item);
      return { box, count, item, label: plain(facet.labels[n]) };
    });
    this.chosen = make("span", { className: "c-facet__chosen" });
    const fields = make("fieldset", {}, make("legend", { className: "c-hidden" }, facet.label));
    if (facet.values.length > MANY) {
      const find = make("input", { type: "search", className: "c-facet__find", autocomplete: "off", placeholder: fill(words.find, { facet: facet.label }), ariaLabel: fill(words.find, { facet: facet.label }) });
      find.addEventListener("input", () => { this.wanted = plain(find.value.trim()); this.#narrow(); });
      fields.append(find);
      this.classList.add("c-facet--long");
    }
    fields.append(list);
    this.details = make("details", { className: "c-facet", open }, make("summary", {}, facet.label, this.chosen), fields);
    this.details.dataset.facet = facet.name;
    this.replaceChildren(this.details);
    list.addEventListener("change", () => {
      const values = this.boxes.filter(({ box }) => box.checked).map(({ box }) => box.value);
      this.dispatchEvent(new CustomEvent("commons-choice", { bubbles: true, detail: { name: facet.name, values } }));
    });
    return this;
  }

  /** Show what is chosen and what each value would leave; `offered` leaves out values that make no sense now. */
  show(chosen, counts, offered = () => true) {
    this.offered = offered;
    this.boxes.forEach(({ box, count, item }, n) => {
      box.checked = chosen.includes(box.value);
      if (counts) {
        count.textContent = counts[n];
        item.classList.toggle("c-facet__none", counts[n] === 0);
      }
    });
    this.chosen.textContent = chosen.length ? ` ${chosen.length}` : "";
    if (chosen.length) this.details.open = true;
    this.#narrow();
  }

  #narrow() {
    let shown = 0;
    for (const { box, item, label } of this.boxes) {
      item.hidden = !(this.offered ?? (() => true))(box.value) || !!(this.wanted && !label.includes(this.wanted) && !box.checked);
      if (!item.hidden) shown += 1;
    }
    this.hidden = !shown && !this.wanted;
  }
}
customElements.define("commons-facet", CommonsFacet);
