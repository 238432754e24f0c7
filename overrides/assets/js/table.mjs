// The list that is shown as a file for spreadsheets, made here from what the filter has read already.

const BETWEEN = "; ";
// What a spreadsheet takes for a formula, as in macros/cells.py: such a cell begins with a single quote.
const FORMULA = /^(?:[\s\x00-\x20\u200b-\u200f\u2060\ufeff]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|[\t\r\n\x00])/;
const NUMBER = /^[+-]?\d+(?:[.,]\d+)*(?: ?%)?$/;
const GUARDED = /^'+(?:[\s\x00-\x20\u200b-\u200f\u2060\ufeff]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|[\t\r\n\x00])/;

/** The text of a cell that no spreadsheet runs. */
export function safeCell(value) {
  const text = String(value ?? "");
  return !NUMBER.test(text) && (FORMULA.test(text) || GUARDED.test(text)) ? `'${text}` : text;
}

/** Rows of values as CSV (RFC 4180) with a byte order mark. */
export function csv(rows) {
  const cell = (value) => { const text = safeCell(value); return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text; };
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** The rows of some places of a catalogue: what each entry is, then the labels of its values in every filter. */
export function rowsOf(catalogue, places, summaries, base) {
  const { data, facets } = catalogue;
  const offered = facets.filter((facet) => facet.name !== "kind");
  const head = ["id", "kind", "title", "summary", "page", "published", "reviewed", ...offered.map((facet) => facet.name)];
  const row = (place) => [
    data.ids[place], catalogue.value(place, "kind"), data.titles[place], summaries?.[place] ?? "", new URL(catalogue.url(place), base).href,
    data.published[place], data.reviewed[place], ...offered.map((facet) => catalogue.labels(place, facet.name).join(BETWEEN)),
  ];
  return [head, ...places.map(row)];
}

/** Give the browser a file to keep. */
export function save(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
