// Which fonts a text needs, and which of its letters no font has.

/** Those for every text, and those for letters that it has. */
export const neededFonts = (list, text) => list.filter(({ letters }) => !letters || new RegExp(`[${letters}]`, "u").test(text));

/** A text in which paper can show every letter, as macros/letters.py makes it: `ranges` is workshop/letters.txt. */
export function settable(text, ranges) {
  const known = ranges.trim().split(/\s+/).map((range) => range.split("-").map((end) => `\\u{${end}}`).join("-"));
  return text.replace(new RegExp(`[^${known.join("")}]`, "gu"), "\ufffd");
}
