// What all fields of the form have: a label, a hint, a place for messages.

import { fill, make } from "./words.mjs";

/** The class of which all editors are made. */
export function fieldEditor(library, { words }) {
  /** A label, a hint, a place for messages, and between them the input that a subclass makes. */
  return class Field extends library.Editor {
    build() {
      const { schema, path } = this.instance, id = this.getIdFromPath(path), group = this.grouped();
      const title = [schema.title, ...(this.required() || schema["x-keyed"] ? [] : [" ", make("span", { className: "c-field__optional" }, words.optional)])];
      const hint = make("p", { className: "c-field__hint", id: `${id}-hint` }, schema["x-hint"] ?? "");
      if (schema.examples?.length && !schema["x-terms"] && !schema["x-reference"] && schema.type === "string") hint.append(" ", make("span", { className: "c-field__example" }, fill(words.example, { text: schema.examples[0] })));
      const messages = make("div", { className: "c-field__messages", id: `${id}-messages` });
      const container = make(group ? "fieldset" : "div", { className: "c-field" }, group ? make("legend", {}, ...title) : make("label", { htmlFor: id }, ...title), hint);
      this.control = { container, messages };
      container.append(...this.inputs(id), messages);
      (this.control.input ?? container).setAttribute("aria-describedby", `${id}-hint ${id}-messages`);
    }

    grouped() { return false; }

    required() { const { parent } = this.instance; return Boolean(parent?.isRequired?.(this.instance.getKey())); }

    set(value) { this.instance.setValue(value, true, "user"); }

    refreshTemplates() {}

    refreshDisabledState() {}

    showValidationErrors() {}
  };
}
