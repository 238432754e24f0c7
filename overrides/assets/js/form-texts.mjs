// Texts in the form: a line, some lines, a section with a small bar of Markdown.

import { fill, make } from "./words.mjs";

export function textEditors(Field, { words, sources }) {
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
      const offer = () => cite.replaceChildren(make("option", { value: "" }, words.bar.cite), ...sources().map(({ key, label }) => make("option", { value: key }, label)));
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

  return [Section, Text];
}
