// How messages name things, as macros/problems.py does: what was found, lists, fields, what may have been meant.

import { ratio } from "./entry-likeness.mjs";

/** The length of a text in signs. */
export const length = (text) => [...text].length;

/** What cannot be seen or printed, written as a code. */
const printable = (text) => text.replace(/(?! )[\p{C}\p{Z}]/gu, (sign) => {
  const code = sign.codePointAt(0), digits = code.toString(16);
  return code < 0x100 ? `\\x${digits.padStart(2, "0")}` : code < 0x10000 ? `\\u${digits.padStart(4, "0")}` : `\\U${digits.padStart(8, "0")}`;
});

/** What someone wrote, on one line and cut. */
export function shown(found, most = 60) {
  const signs = [...String(found).slice(0, most * 8)];
  const words = [...printable(signs.slice(0, most * 4).join("").split(/\s+/).filter(Boolean).join(" "))];
  return words.length > most || signs.length > most * 4 ? `${words.slice(0, most).join("")}…` : words.join("");
}

/** `a, b, c`, cut with the number left out. */
export const listed = (words, most = 12) => words.slice(0, most).join(", ") + (words.length > most ? ` and ${words.length - most} more` : "");

/** A field by its path, the innermost first, items counted from 1. */
export const named = (path) => [...path].reverse().map((part) => (typeof part === "number" ? `item ${part + 1}` : `\`${shown(part)}\``)).join(" of ");

/** The choice most like a word, if one is near enough. */
export function nearest(word, choices) {
  let best = null, most = 65;
  for (const choice of choices) {
    const found = ratio(word.toLowerCase(), choice.toLowerCase());
    if (found > most || (found === most && best === null)) [best, most] = [choice, found];
  }
  return best;
}

/** The id nearest to some text. */
export const asId = (text, most = 80) => [...text].slice(0, most * 4).join("").toLowerCase().replaceAll("ß", "ss").normalize("NFKD").replace(/[^\u0000-\u007f]/g, "").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, most).replace(/-+$/, "");
