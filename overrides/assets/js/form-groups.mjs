// What holds other fields in the form: groups, and lists to which things are added.

import { fill, make } from "./words.mjs";

export function groupEditors(Field, { words, places }) {
  /** Several things of one form: sources, figures, people; or several lines of text. */
  class List extends Field {
    static resolves(schema) { return schema.type === "array"; }

    grouped() { return true; }

    inputs() {
      this.control.items = make("div", { className: "c-field__items" });
      const add = make("button", { type: "button", className: "c-button" }, fill(words.add, { what: this.noun }));
      add.addEventListener("click", () => {
        this.instance.addItem("user");
        const item = this.instance.children.at(-1);
        if (this.instance.schema["x-keyed"]) item.getChild("key").setValue(this.freeKey(), true, "user");
        queueMicrotask(() => item.ui.control.container.querySelector("input:not([type=hidden]), textarea, select")?.focus());
      });
      return [this.control.items, add];
    }

    get noun() { const { schema } = this.instance; return words.nouns[this.instance.getKey()] ?? schema.title.toLowerCase(); }

    freeKey() {
      const keys = new Set((this.instance.getValue() ?? []).map((item) => item.key));
      let number = 1;
      while (keys.has(`source-${number}`)) number += 1;
      return `source-${number}`;
    }

    refreshUI() {
      const { children } = this.instance;
      if (this.drawn?.length === children.length && this.drawn.every((child, n) => child === children[n])) return;
      this.drawn = [...children];
      this.control.items.replaceChildren(...children.map((child, n) => {
        const name = fill(words.item, { what: this.noun, n: n + 1 });
        const remove = make("button", { type: "button", className: "c-button c-field__remove" }, fill(words.remove, { what: name }));
        remove.addEventListener("click", () => { this.instance.deleteItem(n, "user"); this.control.container.querySelector(":scope > .c-button")?.focus(); });
        const item = make("fieldset", { className: "c-field__item" }, make("legend", {}, name), child.ui.control.container, remove);
        return item;
      }));
    }
  }

  /** Fields that belong together; the outermost puts them under the form's headings. */
  class Group extends Field {
    static resolves(schema) { return schema.type === "object"; }

    build() {
      const { schema, parent } = this.instance;
      const bare = !parent || parent.schema.type === "array" || schema["x-bare"];
      const container = make(bare ? "div" : "fieldset", { className: bare ? "c-group" : "c-group c-field" });
      if (!bare) container.append(make("legend", {}, schema.title), make("p", { className: "c-field__hint" }, schema["x-hint"] ?? ""));
      const messages = make("div", { className: "c-field__messages" });
      this.control = { container, messages };
      container.append(messages);
      if (!parent) this.places = places(container);
    }

    refreshUI() {
      const { container } = this.control;
      for (const child of this.instance.children) {
        const made = child.ui.control.container;
        if (made.parentNode || child.schema["x-hidden"]) continue;
        (this.places?.(child.getKey()) ?? container).append(made);
      }
    }
  }

  return [Group, List];
}
