// The body of an entry taken apart, as macros/body.py and macros/reading.py do it. No page is touched here.

const FENCE = /^(`{3,}|~{3,})[ \t]*\.?[\p{L}\p{N}_#.+-]*[ \t]*$/u;
const FENCE_END = /^(`{3,}|~{3,})[ \t]*$/;
const HEADING = /^(#{1,6})(.*)/s;
const BLOCK_START = /^\s*(?:#|>|[-*+]\s|\p{Nd}+[.)]\s|[-=*_ ]+$|$)|^[^|]*\|/u;
const NOTE = /\[\^[^[\]\n]+\]|\[[^[\]\n@]+@[a-z0-9][a-z0-9-]*\](?![([])/g;
const CITE = /\[(@[^[\]\n]*)\]/g;
const BRACKET = /\\[\s\S]|!?\[|\]/g;
const TARGET = /\(([^()]{0,2000}(?:\([^()]{0,200}\)[^()]{0,2000}){0,3})\)/y;
const DEFINITION = /^[ \t>*+\p{Nd}.)-]{0,40}\[(?![@^])[^[\]]{1,5000}\]:\s{0,9}<?([^\s>]+)/gmu;
const AUTOLINK = /<([a-zA-Z][a-zA-Z0-9+.-]{0,30}:[^\s<>]*)>/g;
const TAG = /<(?:\/?[a-zA-Z][a-zA-Z0-9-]{0,60}(?::[a-zA-Z][\w-]{0,60})?(?=[\s/>])|!--|!\[|![a-zA-Z]|\?)[^<>]*>?/g;
const PICTURE = /!\[[^[\]\n]{0,5000}\] ?\[[^[\]\n]{0,5000}\]/g;
const ODD_TARGET = 2100;
const KEY = /@([a-z0-9-]+)/g;

/** The keys in a citation such as `@one; @two`. */
export const keysOf = (citation) => [...citation.matchAll(KEY)].map((match) => match[1]);

/** What a heading says, without its hashes. */
export const headingTitle = (line) => line.replace(/^#+/, "").replace(/^[ \t]+|[ \t]+$/g, "").replace(/#+$/, "").replace(/[ \t]+$/, "");

/** Take the Markdown of a body apart; `line` of what is found counts from `firstLine`. */
export function parse(text, firstLine = 1) {
  const lines = text.split("\n"), plainLines = withoutCode(lines), plain = plainLines.join("\n");
  const begins = [0];
  for (const line of plainLines) begins.push(begins.at(-1) + line.length + 1);
  const at = (offset, found) => {
    let number = 0;
    while (number + 1 < begins.length && begins[number + 1] <= offset) number += 1;
    return { text: found, line: firstLine + number, column: offset - begins[number] + 1 };
  };
  const all = (pattern, group) => [...plain.matchAll(pattern)].map((match) => at(match.index, match[group]));
  const links = [], images = [];
  for (const [offset, image, target] of linksIn(plain)) (image ? images : links).push(at(offset, target));
  links.push(...all(DEFINITION, 1), ...all(AUTOLINK, 1));
  images.push(...all(PICTURE, 0));
  images.sort((a, b) => a.line - b.line || a.column - b.column);
  links.sort((a, b) => a.line - b.line || a.column - b.column);
  return { ...sectionsOf(lines, plainLines, firstLine), links, images, citations: all(CITE, 1), tags: all(TAG, 0), notes: all(NOTE, 0), highHeadings: highHeadings(plainLines, firstLine) };
}

function sectionsOf(lines, plainLines, firstLine) {
  const starts = plainLines.flatMap((line, number) => (HEADING.exec(line)?.[1].length === 2 ? [number] : []));
  const bounds = [...starts, lines.length];
  const sections = starts.map((start, n) => ({
    title: headingTitle(lines[start]), line: firstLine + start, text: lines.slice(start + 1, bounds[n + 1]).join("\n").replace(/^\n+|\n+$/g, ""),
  }));
  return { lead: lines.slice(0, bounds[0]).join("\n").trim(), sections };
}

function* linksIn(plain) {
  const opened = [];
  for (const match of plain.matchAll(BRACKET)) {
    const sign = match[0];
    if (sign === "[" || sign === "![") opened.push([match.index, sign === "!["]);
    else if (sign === "]" && opened.length) {
      const [offset, image] = opened.pop();
      TARGET.lastIndex = match.index + 1;
      const target = TARGET.exec(plain);
      if (target) yield [offset, image, address(target[1].trim())];
      else if (plain[match.index + 1] === "(") {
        const odd = plain.slice(match.index + 2, match.index + 1 + ODD_TARGET);
        if (odd.includes(")")) yield [offset, image, odd.trim().split(/\s+/)[0]];
      }
    }
  }
}

function address(target) {
  if (target.startsWith("<")) return target.slice(1).split(">")[0];
  const title = /\s["']/.exec(target);
  return title ? target.slice(0, title.index).trimEnd() : target;
}

function highHeadings(plainLines, firstLine) {
  const found = [];
  plainLines.forEach((line, number) => {
    if (HEADING.exec(line)?.[1].length === 1) found.push({ text: line.trimEnd(), line: firstLine + number, column: 1 });
    else if (number && /^ {0,3}(=+|-+) *$/.test(line)) {
      const above = plainLines[number - 1].trim();
      if (above && !/^[#|\-*+>]/.test(above)) found.push({ text: above, line: firstLine + number - 1, column: 1 });
    }
  });
  return found;
}

function withoutCode(lines) {
  if (!lines.some((line) => line.includes("`") || line.includes("~~~"))) return lines;
  const found = [];
  const lastEnd = new Map(lines.flatMap((line, number) => { const match = FENCE_END.exec(line); return match ? [[match[1], number]] : []; }));
  let block = [], fence = "";
  const close = () => { if (block.length) found.push(...withoutSpans(block.join("\n")).split("\n")); block = []; };
  for (const [number, line] of lines.entries()) {
    const match = FENCE.exec(line);
    if (fence) {
      if (match && line.replace(/[ \t]+$/, "") === fence) fence = "";
      found.push(" ".repeat(line.length));
    } else if (match && (lastEnd.get(match[1]) ?? 0) > number) {
      close();
      fence = match[1];
      found.push(" ".repeat(line.length));
    } else {
      if (BLOCK_START.test(line) || (block.length && (HEADING.test(block.at(-1)) || block.at(-1).includes("|")))) close();
      block.push(line);
    }
  }
  close();
  return found;
}

function withoutSpans(text) {
  const runs = [...text.matchAll(/`+/g)].map((match) => [match.index, match.index + match[0].length]);
  const pieces = [];
  let written = 0, number = 0;
  while (number < runs.length) {
    const [start, end] = runs[number];
    const twin = runs.findIndex(([from, to], n) => n > number && to - from === end - start);
    if (twin < 0 || (start > 0 && text[start - 1] === "\\")) { number += 1; continue; }
    const after = runs[twin][1];
    pieces.push(text.slice(written, start), text.slice(start, after).replace(/[^\n]/g, " "));
    written = after;
    number = twin + 1;
  }
  return pieces.join("") + text.slice(written);
}

const FEWEST_WORDS = 100;

/** How a text reads: words, sentences, and the Automated Readability Index; no grade for a short text or one in other letters. */
export function reading(markdown) {
  const text = markdown.replace(/ ?\[@[^[\]\n]*\]/g, "").replace(/!?\[([^[\]\n]{0,500})\]\([^()\n]{0,500}\)/g, "$1")
    .replace(/^(?:#|\||```|~~~).*$/gm, "").replace(/^[ \t]*(?:[-*+]|\d{1,3}\.)[ \t]+(.*?)[.?!:;]?[ \t]*$/gm, "$1.").replace(/[*`]/g, "");
  const words = text.match(/[\p{L}\p{N}]+(?:['’.,-][\p{L}\p{N}]+)*/gu) ?? [];
  const letters = words.join("").match(/[\p{L}\p{N}]/gu)?.length ?? 0, latin = words.join("").match(/[A-Za-z0-9]/g)?.length ?? 0;
  const sentences = Math.max(1, (text.match(/[.?!](?=[\s"”)*_]|$)/g) ?? []).length);
  const grade = words.length < FEWEST_WORDS || latin < 0.8 * letters ? null : (4.71 * letters) / words.length + (0.5 * words.length) / sentences - 21.43;
  return { words: words.length, sentences, grade };
}
