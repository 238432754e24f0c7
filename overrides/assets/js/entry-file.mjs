// The file of an entry, byte for byte as macros/front_matter.py writes it: every value is text, in quotes where it needs them.

const SIGNS = /^(?:[-?:,[\]{}#&*!|>'"%@`~=<\s]|\.\.\.)/u;
const NEEDS_QUOTES = /:(?:\s|$)|\s#|\s$|[\u0000-\u001f\u007f-\u009f\u115f\u1160\u180e\u200b\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}]/u;
const WORDS = /^(?:null|true|false|yes|no|on|off|y|n)$/i;
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const LONGEST_ROW = 100;

/** One value as it stands in a file. */
export function scalar(value) {
  const text = String(value);
  return !text || SIGNS.test(text) || NEEDS_QUOTES.test(text) || WORDS.test(text) ? JSON.stringify(text) : text;
}

function* item(value, indent) {
  if (typeof value !== "object") {
    yield `${indent}- ${scalar(value)}`;
    return;
  }
  const lines = Object.entries(value).flatMap(([key, inner]) => [...field(key, inner, `${indent}  `)]);
  yield `${indent}- ${lines[0].slice(indent.length + 2)}`;
  yield* lines.slice(1);
}

function* field(name, value, indent) {
  if (Array.isArray(value)) {
    const row = `${indent}${scalar(name)}: [${value.join(", ")}]`;
    if (row.length <= LONGEST_ROW && value.every((one) => typeof one === "string" && ID.test(one) && !WORDS.test(one))) {
      yield row;
      return;
    }
    yield `${indent}${scalar(name)}:`;
    for (const one of value) yield* item(one, `${indent}  `);
  } else if (typeof value === "object") {
    yield `${indent}${scalar(name)}:`;
    for (const [key, inner] of Object.entries(value)) yield* field(key, inner, `${indent}  `);
  } else yield `${indent}${scalar(name)}: ${scalar(value)}`;
}

/** The text of a file: `meta` in the order of the kind's fields, `sections` (text by title) in the order of its sections. */
export function entryFile(kind, meta, sections) {
  const order = [...kind.order, ...Object.keys(meta).filter((name) => !kind.order.includes(name))];
  const fields = order.filter((name) => name in meta).flatMap((name) => [...field(name, meta[name], "")]);
  return `---\n${fields.map((line) => `${line}\n`).join("")}---\n${entryBody(kind, sections)}`;
}

/** The body alone. */
export function entryBody(kind, sections) {
  const titles = kind.sections.map((section) => section.title);
  const named = [...titles.filter((title) => title in sections), ...Object.keys(sections).filter((title) => !titles.includes(title))];
  return named.map((title) => (sections[title].trim() ? `\n## ${title}\n\n${sections[title].trim()}\n` : `\n## ${title}\n`)).join("");
}
