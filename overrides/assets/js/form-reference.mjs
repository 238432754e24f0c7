// Other entries in the form: found by words of their titles, by mouse or keyboard.

import { fill, make } from "./words.mjs";

const OFFERED = 8;

export function referenceEditor(Field, about) {
  const { words } = about;

  /** One entry or several, found by words of their titles. */
  return class Reference extends Field {
    static resolves(schema) { return Boolean(schema["x-reference"] ?? schema.items?.["x-reference"]); }

    get many() { return this.instance.schema.type === "array"; }

    get chosen() { const value = this.instance.getValue(); return this.many ? (value ?? []) : [value].filter(Boolean); }

    inputs(id) {
      const kinds = this.instance.schema["x-reference"] ?? this.instance.schema.items["x-reference"];
      const input = make("input", { id, type: "text", autocomplete: "off", role: "combobox", ariaExpanded: "false", ariaAutoComplete: "list", placeholder: words.find });
      const list = make("ul", { id: `${id}-list`, className: "c-field__offers", role: "listbox", hidden: true, ariaLabel: this.instance.schema.title });
      input.setAttribute("aria-controls", list.id);
      const told = make("p", { className: "c-field__told", role: "status" });
      Object.assign(this.control, { input, chips: make("ul", { className: "c-field__chips" }) });
      let active = -1;
      const close = () => { list.hidden = true; input.ariaExpanded = "false"; input.removeAttribute("aria-activedescendant"); active = -1; };
      const take = (entry) => {
        this.set(this.many ? [...this.chosen.filter((one) => one !== entry), entry] : entry);
        input.value = "";
        told.textContent = "";
        close();
      };
      const mark = (to) => {
        const options = [...list.children];
        active = (to + options.length) % options.length;
        options.forEach((option, n) => { option.ariaSelected = String(n === active); });
        input.setAttribute("aria-activedescendant", options[active].id);
        options[active].scrollIntoView({ block: "nearest" });
      };
      const offer = () => {
        const found = about.find(input.value, kinds, this.chosen, OFFERED);
        list.replaceChildren(...found.map((entry, n) => {
          const option = make("li", { id: `${id}-offer-${n}`, role: "option", ariaSelected: "false" }, entry.title, make("span", {}, entry.note));
          option.dataset.id = entry.id;
          option.addEventListener("pointerdown", (event) => { event.preventDefault(); take(entry.id); });
          return option;
        }));
        told.textContent = input.value.trim() && !found.length ? words.nothing_found : "";
        list.hidden = !found.length;
        input.ariaExpanded = String(Boolean(found.length));
        active = -1;
      };
      input.addEventListener("input", offer);
      input.addEventListener("blur", close);
      input.addEventListener("keydown", (event) => {
        if (event.key === "Escape") close();
        else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
          event.preventDefault();
          if (list.hidden) offer();
          if (!list.hidden) mark(active < 0 ? (event.key === "ArrowDown" ? 0 : -1) : active + (event.key === "ArrowDown" ? 1 : -1));
        } else if (event.key === "Enter" && !list.hidden) { event.preventDefault(); take(list.children[Math.max(active, 0)].dataset.id); }
      });
      return [this.control.chips, make("div", { className: "c-field__find" }, input, list), told];
    }

    refreshUI() {
      this.control.chips.replaceChildren(...this.chosen.map((id) => {
        const button = make("button", { type: "button", className: "c-chip", ariaLabel: fill(words.remove_one, { title: about.title(id) }) }, about.title(id), make("span", { className: "c-chip__cross", ariaHidden: "true" }, "×"));
        button.addEventListener("click", () => { this.set(this.many ? this.chosen.filter((one) => one !== id) : ""); this.control.input.focus(); });
        return make("li", {}, button);
      }));
      this.control.chips.hidden = !this.chosen.length;
    }
  };
}
