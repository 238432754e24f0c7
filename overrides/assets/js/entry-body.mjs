// What is wrong with the text of an entry, as `rules/text` of the command says: its sections, links, citations, and what no text may hold. No page is touched here.

import { isAddress } from "./entry-fields.mjs";
import { length, listed, nearest, shown } from "./entry-said.mjs";
import { headingTitle, keysOf, parse, reading } from "./entry-text.mjs";

const LINK = /^(?:(?:\.\.\/)?([a-z-]+)\/|\.\/)?([a-z0-9]+(?:-[a-z0-9]+)*)\.md(?:#[A-Za-z0-9_-]*)?$/;
// What a body may not hold: the part of what `parse` gives, the code, and the message.
const REFUSED = [["notes", "citation-form", "citation-form.note"], ["tags", "raw-html", "raw-html"], ["images", "image", "image"]];
// As the command rounds: what lies just between two numbers goes to the even one.
const rounded = (number, digits) => { const whole = number * 10 ** digits, floor = Math.floor(whole); return (whole - floor === 0.5 ? (floor + (floor % 2)) / 10 ** digits : number).toFixed(digits); };
const small = (sentence) => sentence.slice(0, 1).toLowerCase() + sentence.slice(1);

/** Tell the check all that is wrong with a body whose first line is that number of its file; gives the keys that it cites. */
export function checkBody(check, text, firstLine) {
  const { sections } = check.kind, order = sections.map((section) => section.title), body = parse(text, firstLine);
  const place = (line) => ["sections", body.sections.findLast((section) => section.line <= line && order.includes(section.title))?.title ?? order[0]];
  const at = (line, code, said, severity) => check.add(place(line), code, said, severity);
  checkSections(check, body, order, at);
  checkSize(check, text, firstLine, at);
  for (const found of body.citations) if (found.text.replace(/@[a-z0-9-]+|[;,\s]/g, "") && keysOf(found.text).length) at(found.line, "citation-form", check.say("citation-form", { found: shown(found.text) }));
  for (const found of body.highHeadings) {
    const title = headingTitle(found.text), right = `${order.includes(title) ? "##" : "###"} ${shown(title)}`;
    at(found.line, "heading-level", check.say(found.text.startsWith("#") ? "heading-level" : "heading-level.row", { found: shown(found.text), right }));
  }
  for (const [part, code, key] of REFUSED) for (const found of body[part]) at(found.line, code, check.say(key, { found: shown(found.text, 40) }));
  for (const link of body.links) checkLink(check, link, at);
  if (!check.broken("sources")) checkCitations(check, body, at);
  const read = reading(body.sections.map((section) => section.text).join("\n\n")), { hardest } = check.form.bounds;
  if (read.grade !== null && read.grade > hardest) {
    check.add(["sections", order[0]], "text-hard", check.say("text-hard", { hardest, grade: rounded(read.grade, 1), words: rounded(read.words / read.sentences, 0) }), "warning");
  }
  return new Set(body.citations.flatMap((citation) => keysOf(citation.text)));
}

/** The prescribed sections are there, in order, each with text. */
function checkSections(check, body, order, at) {
  const seen = new Map(), misspelt = new Set(), titles = new Set(body.sections.map((section) => section.title)), purposes = new Map(check.kind.sections.map((section) => [section.title, small(section.purpose)]));
  let last = -1;
  for (const { title, line, text } of body.sections) {
    const position = order.indexOf(title);
    if (position < 0) {
      const near = nearest(title, order);
      if (near && !titles.has(near)) misspelt.add(near);
      const [said, hint] = check.say("section-unknown", { kind: check.article([check.kind.kind]), titles: listed(order), found: shown(title) });
      at(line, "section-unknown", [said, check.meant(title, order, hint)]);
    } else if (seen.has(title)) at(line, "section-twice", check.say("section-twice", { title, line: seen.get(title) }));
    else {
      seen.set(title, line);
      if (position < last) at(line, "section-order", check.say("section-order", { title, above: order[last], titles: listed(order) }));
      last = Math.max(last, position);
      if (!text.trim()) at(line, "section-empty", check.say("section-empty", { title, purpose: purposes.get(title) }));
    }
  }
  for (const { title, required } of check.kind.sections) {
    if (!required || seen.has(title) || misspelt.has(title)) continue;
    const code = check.draft ? "section-later" : "section-missing";
    check.add(["sections", title], code, check.say(code, { title, purpose: purposes.get(title) }), check.draft ? "warning" : "error");
  }
}

/** What would take the renderer very long; the first of it is told. */
function checkSize(check, body, firstLine, at) {
  const { line: most, indent: deepest, brackets: bound } = check.form.bounds;
  let brackets = 0;
  for (const [n, line] of body.split("\n").entries()) {
    brackets += line.split("[").length - 1;
    const indent = line.length - line.trimStart().length, has = length(line);
    const said = has > most ? check.say("text-too-much.line", { most, has }) : line.trim() && indent > deepest ? check.say("text-too-much.indent", { most: deepest, has: indent })
      : brackets > bound ? check.say("text-too-much.brackets", { most: bound }) : null;
    if (said) { at(firstLine + n, "text-too-much", said); return; }
  }
}

function checkCitations(check, body, at) {
  for (const citation of body.citations) {
    const keys = keysOf(citation.text);
    for (const key of keys.length ? keys : [citation.text]) {
      if (!(key in (check.meta.sources ?? {}))) at(citation.line, "source-unknown", [check.say("source-unknown.text", { found: shown(key), keys: "" })[0], check.keyMeant(key)]);
    }
  }
}

function checkLink(check, { text, line }, at) {
  if (/^https?:\/\//.test(text)) {
    if (!isAddress(text)) at(line, "link-unsafe", check.say("link-unsafe.host", { found: shown(text) }));
    return;
  }
  const { ids, drafts } = check.pool, { folders } = check.form, match = LINK.exec(text);
  if (!match || (match[1] && !Object.values(folders).includes(match[1]))) {
    const id = length(text) < 200 ? text.trimEnd().replace(/(\.md|\.html)?\/?(#.*)?$/, "").split("/").at(-1) : "", kind = ids.get(id);
    const [said, hint] = check.say("link-unsafe", { found: text ? `'${shown(text)}'` : "nothing" });
    at(line, "link-unsafe", [said, kind ? check.say("link-unknown.folder", { folder: folders[kind], id })[1] : hint]);
  } else if (!ids.has(match[2])) {
    const [said, hint] = check.say("link-unknown", { found: shown(text) });
    at(line, "link-unknown", [said, check.idMeant(match[2], [], hint)]);
  } else if ((match[1] ?? check.kind.folder) !== folders[ids.get(match[2])]) {
    at(line, "link-unknown", check.say("link-unknown.folder", { id: match[2], folder: folders[ids.get(match[2])], found: shown(text) }));
  } else if (drafts.has(match[2]) && !check.draft) at(line, "link-draft", check.say("link-draft", { id: match[2] }), "warning");
}
