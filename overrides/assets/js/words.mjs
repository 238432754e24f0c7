// Words of the interface: they stand in the page (strings/<language>.html), and are filled in here.

/** The words that a page holds for an element, as `<script type="application/json" data-part="words">`. */
export const wordsOf = (element) => JSON.parse(element.querySelector('[data-part="words"]').textContent);

/** A text with its {braces} filled in. */
export const fill = (text, values = {}) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/** `1 entry`, `3 entries`: the form of a text for a number. */
export const count = (texts, n) => fill(n === 1 ? texts.one : texts.other, { n });

/** A text as it is compared with what readers type: without capitals and accents. */
export const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replaceAll("’", "'").toLowerCase();

/** A date of data (2026-11-21) as readers see it; `texts` are the words for dates. */
export function day(text, texts) {
  const [year, month, number] = text.split("-").map(Number);
  return fill(texts.day, { day: number, month: texts.months[month - 1], year });
}

/** An element with properties and children: `make("p", { className: "c-empty" }, "None")`. */
export function make(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in made) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}
