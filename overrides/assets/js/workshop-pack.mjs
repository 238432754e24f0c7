// Makes of the PDF that the compiler in the browser writes what `commons bundle` makes of it: PDF/UA-1, and about a third as
// large. The compiler writes all that makes a document accessible, but cannot be asked to declare it, and writes every
// object out. docs/adr/0019-pdfs-of-the-browser.md says why no library does this.
//
// It knows one writer, Typst of the version that the site ships: a plain table of places at the end, every key on a line of
// its own, and no line end within a string. So objects are found by their place and carried over as they are.

const latin = new TextDecoder("latin1");
const bytesOf = (text) => new TextEncoder().encode(text);
const LINE = bytesOf("\n");
// Objects in one packed stream.
const TOGETHER = 500;
// Type, place and index of an object in the table of places; bytes.
const WIDTHS = [1, 4, 2];
const ROW = 7;
const TRAILER = /\/Root (\d+ 0 R)\s+\/Info (\d+ 0 R)\s+\/ID (\[.*\])/;
const UA_NAMESPACE = ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"';

async function deflated(bytes) {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"))).arrayBuffer());
}

function joined(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { whole.set(part, at); at += part.length; }
  return whole;
}

function must(found, what) {
  if (!found) throw new Error(`the PDF has no ${what} where the compiler writes it`);
  return found;
}

/** The objects of a document in the order of the file, with their numbers, and what its trailer says. */
function read(bytes) {
  const text = latin.decode(bytes);
  const table = Number(must(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text.slice(-60)), "place of its table")[1]);
  const [head, size] = must(/^xref\s+0 (\d+)\s*\n/.exec(text.slice(table, table + 40)), "table of places");
  const starts = Array.from({ length: size - 1 }, (_, n) => [n + 1, Number(text.substr(table + head.length + 20 * (n + 1), 10))]);
  starts.sort((one, other) => one[1] - other[1]);
  const objects = starts.map(([number, start], n) => {
    const from = start + `${number} 0 obj\n`.length;
    const to = must(text.lastIndexOf("\nendobj", starts[n + 1]?.[1] ?? table) + 1, "end of an object") - 1;
    return { number, from, text: text.slice(from, to), bytes: bytes.subarray(from, to) };
  });
  const [, root, info, id] = must(TRAILER.exec(text.slice(table)), "trailer");
  return { objects, size: Number(size), root, info, id };
}

const isStream = ({ text }) => text.includes("\nstream\n");
const isPage = ({ text }) => /^ {2}\/Type \/Page$/m.test(text);

/** An object with what Typst adds for PDF/UA-1: to a page the order of the tab key, to the catalogue that the title is shown. */
function told(object) {
  const said = (before, more) => {
    must(object.text.includes(before), before);
    return { ...object, bytes: bytesOf(object.text.replace(before, `${before}\n${more}`)) };
  };
  if (isPage(object) && !object.text.includes("\n  /Tabs /S\n")) return said("/Type /Page", "  /Tabs /S");
  return /^ {2}\/Type \/Catalog$/m.test(object.text) ? said("/ViewerPreferences <<", "    /DisplayDocTitle true") : object;
}

/** The description of the document (XMP), saying that it is PDF/UA-1. */
function declared(xmp) {
  const end = must(xmp.lastIndexOf("</rdf:Description>") + 1, "description") - 1;
  const head = '<rdf:Description rdf:about=""';
  return `${xmp.slice(0, end)}<pdfuaid:part>1</pdfuaid:part>${xmp.slice(end)}`.replace(head, head + UA_NAMESPACE);
}

/** A stream as it is, packed where the compiler did not do so; the description stays plain, so that any program finds it. */
async function stream(object, bytes) {
  const at = object.text.indexOf("\nstream\n");
  const dictionary = object.text.slice(0, at);
  const [line, length] = must(/^ {2}\/Length (\d+)$/m.exec(dictionary), "length of a stream");
  const from = object.from + at + "\nstream\n".length;
  let body = bytes.subarray(from, from + Number(length));
  let filter = "";
  if (dictionary.includes("/Type /Metadata")) body = bytesOf(declared(new TextDecoder().decode(body)));
  else if (!dictionary.includes("/Filter")) { body = await deflated(body); filter = "\n  /Filter /FlateDecode"; }
  return [dictionary.replace(line, `  /Length ${body.length}${filter}`), body];
}

/** Many objects as the body of one stream: their numbers and places, then they themselves. */
async function together(objects) {
  let at = 0;
  const index = bytesOf(objects.map(({ number, bytes }) => { const place = at; at += bytes.length + 1; return `${number} ${place}\n`; }).join(""));
  const body = await deflated(joined([index, ...objects.flatMap(({ bytes }) => [bytes, LINE])]));
  return [`<< /Type /ObjStm /N ${objects.length} /First ${index.length} /Length ${body.length} /Filter /FlateDecode >>`, body];
}

/** The table of places, packed: each row says by how much it differs from the row before. */
async function table(rows) {
  const plain = new Uint8Array(rows.length * ROW);
  rows.forEach((row, n) => {
    let at = n * ROW;
    row.forEach((value, column) => { for (let byte = WIDTHS[column] - 1; byte >= 0; byte -= 1) plain[at++] = value >>> (8 * byte); });
  });
  const differences = new Uint8Array(rows.length * (ROW + 1));
  for (let n = 0; n < rows.length; n += 1) {
    differences[n * (ROW + 1)] = 2;
    for (let k = 0; k < ROW; k += 1) differences[n * (ROW + 1) + 1 + k] = plain[n * ROW + k] - (n ? plain[(n - 1) * ROW + k] : 0);
  }
  return deflated(differences);
}

/** The same document packed and as PDF/UA-1, with its number of pages; the same bytes for the same document. */
export async function pack(bytes) {
  const { objects, size, root, info, id } = read(bytes);
  const plain = objects.filter((object) => !isStream(object)).map(told);
  const groups = Array.from({ length: Math.ceil(plain.length / TOGETHER) }, (_, n) => plain.slice(n * TOGETHER, (n + 1) * TOGETHER));
  const parts = [bytesOf("%PDF-1.7\n%"), Uint8Array.of(128, 128, 128, 128), bytesOf("\n")];
  // The first is that of no object.
  const rows = Array.from({ length: size + groups.length + 1 }, () => [0, 0, 0]);
  let at = parts.reduce((sum, part) => sum + part.length, 0);
  const put = (number, [dictionary, body]) => {
    rows[number] = [1, at, 0];
    const pieces = [bytesOf(`${number} 0 obj\n${dictionary}\nstream\n`), body, bytesOf("\nendstream\nendobj\n")];
    for (const piece of pieces) { parts.push(piece); at += piece.length; }
  };
  for (const object of objects) if (isStream(object)) put(object.number, await stream(object, bytes));
  for (const [n, group] of groups.entries()) {
    put(size + n, await together(group));
    group.forEach(({ number }, index) => { rows[number] = [2, size + n, index]; });
  }
  const start = at;
  rows[rows.length - 1] = [1, start, 0];
  const body = await table(rows);
  const about = `/Type /XRef /Size ${rows.length} /W [${WIDTHS.join(" ")}] /Root ${root} /Info ${info} /ID ${id}`;
  put(rows.length - 1, [`<< ${about} /Length ${body.length} /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns ${ROW} >> >>`, body]);
  parts.push(bytesOf(`startxref\n${start}\n%%EOF\n`));
  return { pdf: joined(parts), pages: plain.filter(isPage).length };
}
