// How each sort of field looks in the form: editors for Jedison, which keeps the values and knows the schema.

import { fill, make } from "./words.mjs";

const FEW = 8;
const OFFERED = 8;
let shared;

/** The editors, over the library's own classes; `about` has `words`, `catalogue`, `kinds`, and `sources()` (key and label of each). */
export function editors(library, about) {
  shared = about;
  const { words } = about;

  /** A label, a hint, a place for messages, and between them the input that a subclass makes. */
  class Field extends library.Editor {
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
  }

  /** A line or some lines of text. */
  class Text extends Field {
    static resolves(schema) { return schema.type === "string"; }

    inputs(id) {
      const { schema } = this.instance, long = !schema["x-form"] && (schema.maxLength ?? 999) > 200;
      const input = long ? make("textarea", { id, rows: schema.maxLength ? 3 : 4 }) : make("input", { id, type: "text", autocomplete: "off" });
      if (schema["x-form"] === "whole") input.inputMode = "numeric";
      if (schema["x-form"] === "web-address") Object.assign(input, { inputMode: "url", spellcheck: false });
      this.control.input = input;
      input.addEventListener("input", () => { this.tell(); this.set(input.value); });
      if (!schema.maxLength || !long) return [input];
      this.control.count = make("p", { className: "c-field__count" });
      return [input, this.control.count];
    }

    tell() {
      const most = this.instance.schema.maxLength, { count, input } = this.control;
      if (count) count.textContent = fill(words.left, { n: most - [...input.value].length });
    }

    refreshUI() {
      const { input } = this.control, value = this.instance.getValue() ?? "";
      if (input.value !== value) input.value = value;
      this.tell();
    }
  }

  /** A section of the text, with a small bar of Markdown. */
  class Section extends Text {
    static resolves(schema) { return schema["x-section"] === true; }

    inputs(id) {
      const input = make("textarea", { id, rows: 6 });
      this.control.input = input;
      input.addEventListener("input", () => this.set(input.value));
      const wrap = (before, after = before, line = false) => () => {
        const { selectionStart: from, selectionEnd: to, value } = input, chosen = value.slice(from, to);
        const made = line ? (chosen || "").split("\n").map((one) => `${before}${one}`).join("\n") : `${before}${chosen || words.bar.text}${after}`;
        input.setRangeText(made, from, to, "end");
        this.set(input.value);
        input.focus();
      };
      const button = (name, action) => { const made = make("button", { type: "button", className: "c-button c-bar__button" }, words.bar[name]); made.addEventListener("click", action); return made; };
      const cite = make("select", { ariaLabel: words.bar.cite, className: "c-bar__cite" });
      const offer = () => cite.replaceChildren(make("option", { value: "" }, words.bar.cite), ...shared.sources().map(({ key, label }) => make("option", { value: key }, label)));
      offer();
      cite.addEventListener("focus", offer);
      cite.addEventListener("change", () => {
        if (!cite.value) return;
        input.setRangeText(`${/\s$|^$/.test(input.value.slice(0, input.selectionEnd)) ? "" : " "}[@${cite.value}]`, input.selectionEnd, input.selectionEnd, "end");
        cite.value = "";
        this.set(input.value);
        input.focus();
      });
      const bar = make("div", { className: "c-bar", role: "group", ariaLabel: words.bar.label }, button("bold", wrap("**")), button("list", wrap("- ", "", true)), button("link", wrap("[", "](https://)")), cite);
      return [bar, input];
    }

    required() { return this.instance.schema["x-required"]; }

    refreshUI() {
      const { input } = this.control, value = this.instance.getValue() ?? "";
      if (input.value !== value) input.value = value;
    }
  }

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

  /** One entry or several, found by words of their titles. */
  class Reference extends Field {
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
        const found = shared.find(input.value, kinds, this.chosen, OFFERED);
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
        const button = make("button", { type: "button", className: "c-chip", ariaLabel: fill(words.remove_one, { title: shared.title(id) }) }, shared.title(id), make("span", { className: "c-chip__cross", ariaHidden: "true" }, "×"));
        button.addEventListener("click", () => { this.set(this.many ? this.chosen.filter((one) => one !== id) : ""); this.control.input.focus(); });
        return make("li", {}, button);
      }));
      this.control.chips.hidden = !this.chosen.length;
    }
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
      input.replaceChildren(make("option", { value: "" }, words.choose_source), ...shared.sources().map(({ key, label }) => make("option", { value: key }, label)));
      input.value = value;
    }
  }

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
      if (!parent) this.places = shared.places(container);
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

  return [Section, Reference, Source, Choices, Choice, Group, List, Text];
}

function choices(terms, boxes) {
  return make("ul", { className: "c-field__choices" }, ...terms.map((term, n) => make("li", {}, boxes[n], make("label", { htmlFor: boxes[n].id }, term.label, make("span", {}, term.meaning)))));
}
