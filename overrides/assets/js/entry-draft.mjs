// What the form holds, and the entry that it means; drafts in this browser and in files. No page is touched here.

export const FORMAT = 1;
// What nobody sees and no file may hold (macros/strict_yaml.py); it comes along when text is copied out of a PDF.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u115f\u1160\u180e\u200b\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}]/gu;

/** The schema of the form for a kind: its fields, its sections as texts, the id; with `short`, what the short way asks. */
export function formSchema(kind, short, words) {
  const asked = (name) => !short || kind.short.includes(name) || name === "contributors";
  const properties = {};
  for (const [name, field] of Object.entries(kind.fields.properties)) {
    if (!asked(name) || kind.days.includes(name)) continue;
    properties[name] = structuredClone(field);
    if (field["x-keyed"]) Object.assign(properties[name].items.properties, { key: { type: "string", "x-hidden": true } });
    if (name === "summary") properties[name].maxLength ??= 240;
  }
  const sections = kind.sections.filter((section) => asked(section.title));
  properties.sections = {
    type: "object", "x-bare": true, properties: Object.fromEntries(sections.map((section) => [section.title, { type: "string", title: section.title, "x-section": true, "x-required": section.required, "x-hint": section.purpose }])),
  };
  properties.id = { type: "string", title: words.id, "x-hint": words.id_hint, maxLength: 80 };
  return { type: "object", properties, required: [...kind.fields.required.filter((name) => name in properties), "id"] };
}

/** A value without what is empty; undefined if nothing is left. */
function filled(value) {
  if (typeof value === "string") return value.replace(UNSEEN, "").trim() || undefined;
  if (Array.isArray(value)) {
    const items = value.map(filled).filter((item) => item !== undefined);
    return items.length ? items : undefined;
  }
  const fields = Object.entries(value ?? {}).map(([name, inner]) => [name, filled(inner)]).filter(([, inner]) => inner !== undefined);
  return fields.length ? Object.fromEntries(fields) : undefined;
}

/** The entry that a value of the form means: id, meta (as in a file) and sections. */
export function entryOf(value, kind, short, { owner, today, levelsOf }) {
  const { id = "", sections = {}, ...fields } = value, meta = {};
  for (const [name, field] of Object.entries(kind.fields.properties)) {
    const found = kind.days.includes(name) ? today : field["x-keyed"] ? byKey(fields[name]) : filled(fields[name]);
    if (found !== undefined) meta[name] = found;
  }
  meta.owner = owner;
  const texts = Object.fromEntries(Object.entries(sections).map(([title, text]) => [title, tidy(text)]).filter(([, text]) => text));
  if (short) {
    meta.status = "draft";
    for (const name of kind.fields.required) if (!(name in meta) && !kind.short.includes(name) && levelsOf(name, meta)?.length) meta[name] = levelsOf(name, meta);
    cite(meta, texts);
  }
  return { id: id.trim(), meta, sections: texts };
}

const tidy = (text) => (text ?? "").replace(/\r\n?/g, "\n").replace(UNSEEN, "").split("\n").map((line) => line.trimEnd()).join("\n").trim();

function byKey(items) {
  const found = {};
  for (const { key, ...fields } of items ?? []) {
    const item = filled(fields);
    if (item && key) found[key] = item;
  }
  return Object.keys(found).length ? found : undefined;
}

/** In the short way nobody places citations: sources that nothing names stand at the end of the last text. */
function cite(meta, texts) {
  const said = JSON.stringify([meta.key_figures ?? [], texts]), last = Object.keys(texts).at(-1);
  const keys = Object.keys(meta.sources ?? {}).filter((key) => !said.includes(`@${key}`) && !said.includes(`"source":"${key}"`));
  if (last && keys.length) texts[last] += ` [${keys.map((key) => `@${key}`).join("; ")}]`;
}

/** The value of the form for an entry, as a draft file or another page gives it. */
export function valueOf({ id, meta, sections }, kind) {
  const value = { id: id ?? "", sections: { ...sections } };
  for (const [name, field] of Object.entries(kind.fields.properties)) {
    const found = meta?.[name];
    if (found === undefined) continue;
    value[name] = field["x-keyed"] ? Object.entries(found).map(([key, item]) => ({ ...texts(item), key })) : texts(found);
  }
  return value;
}

const texts = (value) => (Array.isArray(value) ? value.map(texts) : value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, texts(inner)])) : String(value));

/** What is kept for a kind in this browser, and nowhere else. */
export class Kept {
  constructor(root, kind, short) { this.name = `commons:draft:${new URL(root, location).pathname}:${kind}${short ? ":short" : ""}`; }

  read() { try { return JSON.parse(localStorage.getItem(this.name)); } catch { return null; } }

  write(value) { try { localStorage.setItem(this.name, JSON.stringify(value)); return true; } catch { return false; } }

  remove() { try { localStorage.removeItem(this.name); } catch { /* Nothing was kept. */ } }
}

/** A draft from the text of a file; throws if it is none of this kind. */
export function draftOf(text, kind) {
  const draft = JSON.parse(text);
  if (draft?.format !== FORMAT || draft.kind !== kind || typeof draft.meta !== "object" || typeof draft.sections !== "object") throw new Error("no draft");
  return draft;
}
