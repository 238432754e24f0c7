// What is chosen from a list in the form: terms of a vocabulary, each with its meaning, and the entry's own sources.

import { make } from "./words.mjs";

// So many terms stand below each other; more of them fold up.
const FEW = 8;

export function choiceEditors(Field, { words, sources }) {
  /** One term of a vocabulary, each with its meaning. */
  class Choice extends Field {
    static resolves(schema) { return schema.type === "string" && Boolean(schema["x-terms"]); }

    grouped() { return this.instance.schema["x-terms"].length <= FEW; }

    inputs(id) {
      const terms = this.instance.schema["x-terms"];
      if (!this.grouped()) {
        const input = make("select", { id }, make("option", { value: "" }, words.choose), ...terms.map((term) => make("option", { value: term.id }, term.label)));
        this.control.input = input;
        this.control.meaning = make("p", { className: "c-field__meaning" });
        input.addEventListener("change", () => this.set(input.value));
        return [input, this.control.meaning];
      }
      this.control.boxes = terms.map((term) => make("input", { type: "radio", name: id, id: `${id}-${term.id}`, value: term.id }));
      for (const box of this.control.boxes) box.addEventListener("change", () => this.set(box.value));
      return [choices(terms, this.control.boxes)];
    }

    refreshUI() {
      const value = this.instance.getValue() ?? "", { input, boxes, meaning } = this.control;
      if (input) {
        input.value = value;
        meaning.textContent = this.instance.schema["x-terms"].find((term) => term.id === value)?.meaning ?? "";
      } else for (const box of boxes) box.checked = box.value === value;
    }
  }

  /** Several terms of a vocabulary. */
  class Choices extends Field {
    static resolves(schema) { return schema.type === "array" && Boolean(schema.items?.["x-terms"]); }

    grouped() { return true; }

    inputs(id) {
      const terms = this.instance.schema.items["x-terms"];
      this.control.boxes = terms.map((term) => make("input", { type: "checkbox", id: `${id}-${term.id}`, value: term.id }));
      for (const box of this.control.boxes) box.addEventListener("change", () => this.set(this.control.boxes.filter((one) => one.checked).map((one) => one.value)));
      const list = choices(terms, this.control.boxes);
      list.classList.toggle("c-field__choices--many", terms.length > FEW);
      return [list];
    }

    refreshUI() { const value = this.instance.getValue() ?? []; for (const box of this.control.boxes) box.checked = value.includes(box.value); }
  }

  /** One of the entry's own sources. */
  class Source extends Field {
    static resolves(schema) { return schema["x-source-key"] === true; }

    inputs(id) {
      const input = make("select", { id });
      this.control.input = input;
      input.addEventListener("focus", () => this.refreshUI());
      input.addEventListener("change", () => this.set(input.value));
      return [input];
    }

    refreshUI() {
      const value = this.instance.getValue() ?? "", { input } = this.control;
      input.replaceChildren(make("option", { value: "" }, words.choose_source), ...sources().map(({ key, label }) => make("option", { value: key }, label)));
      input.value = value;
    }
  }

  return [Source, Choices, Choice];
}

function choices(terms, boxes) {
  return make("ul", { className: "c-field__choices" }, ...terms.map((term, n) => make("li", {}, boxes[n], make("label", { htmlFor: boxes[n].id }, term.label, make("span", {}, term.meaning)))));
}
