// What is wrong with the fields of an entry, one by one, as its models and `rules/references` of the command say. No page is touched here.

import { asId, length, listed, named, shown } from "./entry-said.mjs";
import { fill } from "./words.mjs";

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
// A host in plain letters: no name or password before it, none of the letters that look like others, no end without a dot.
const ADDRESS = /^https?:\/\/(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+|[0-9]+)\.?(?::[0-9]{1,5})?(?:[/?#][^\s<>"\\^`{|}]*)?$/i;

export const isId = (text) => ID.test(text);
export const isAddress = (text) => length(text) <= 2000 && /^https?:/.test(text) && ADDRESS.test(text);
const isDay = (text) => { const day = new Date(`${text}T00:00:00Z`); return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text; };

/** Tell the check all that is wrong with the fields of a group, and with those inside them. */
export function checkGroup(check, path, group, value) {
  for (const name of group.required ?? []) {
    if (name in value || !(name in group.properties)) continue;
    const field = group.properties[name], here = [...path, name];
    check.tell(here, "field-missing", { name: named(here), meaning: field.description ?? "", example: example(check, field, here) });
  }
  for (const [name, field] of Object.entries(group.properties)) if (name in value) checkField(check, [...path, name], field, value[name]);
}

function checkField(check, path, field, value) {
  if (field["x-keyed"]) {
    for (const [key, item] of Object.entries(value)) {
      checkKey(check, path, key);
      checkGroup(check, [...path, key], field.items, item);
    }
  } else if (field.type === "array") {
    value.forEach((item, n) => checkField(check, [...path, n], field.items, item));
    if (field.items.type === "string") value.forEach((item, n) => { if (value.indexOf(item) < n) check.tell([...path, n], "reference-twice", { found: shown(item) }); });
  } else if (field.type === "object") checkGroup(check, path, field, value);
  else checkValue(check, path, field, String(value).trim());
}

/** The key of one of a group, such as that of a source; only a draft that was brought along has keys of its own. */
function checkKey(check, path, key) {
  const name = named(path), most = check.form.bounds.id, has = length(key), better = asId(key, most);
  if (has > most) check.tell([...path, key], "field-too-long", { name, most, has, over: has - most }, "field-too-long.key");
  else if (!isId(key)) check.add([...path, key], "field-value", check.say(better ? "field-value.key" : "field-value.key-none", { name, found: shown(key), better }));
}

function example(check, field, path) {
  const found = field.examples?.[0];
  if (found === undefined) return "";
  const name = [...path].reverse().find((part) => typeof part === "string") ?? "";
  return fill(check.form.example, { name, text: Array.isArray(found) ? `[${found.join(", ")}]` : found });
}

function checkValue(check, path, field, value) {
  const name = named(path), { forms } = check.form;
  const wrong = (must) => check.tell(path, "field-value", { name, must, found: `'${shown(value)}'`, example: example(check, field, path) });
  if (field.maxLength && length(value) > field.maxLength) {
    const has = length(value);
    check.tell(path, "field-too-long", { name, most: field.maxLength, has, over: has - field.maxLength });
    return;
  }
  if (field["x-form"] === "whole") {
    if (!/^-?(?:0|[1-9][0-9]*)$/.test(value)) wrong(forms.whole);
    else if (Number(value) < (field.ge ?? -Infinity)) wrong(fill(forms.least, { bound: field.ge }));
    else if (Number(value) > (field.le ?? Infinity)) wrong(fill(forms.most, { bound: field.le }));
  } else if (field["x-form"] === "date") {
    if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value)) wrong(forms.date);
    else if (!isDay(value)) wrong(forms.day);
  } else if (field["x-form"] === "partial-date") {
    if (!/^(19|20)[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$/.test(value) || (value.length === 10 && !isDay(value))) wrong(forms["partial-date"]);
  } else if (field["x-form"] === "web-address") {
    if (!isAddress(value)) wrong(forms["web-address"]);
  } else if (field["x-reference"]) checkReference(check, path, field["x-reference"], value);
  else if (field["x-terms"]) {
    const terms = field["x-terms"].map((term) => term.id);
    if (terms.includes(value)) return;
    const [said, hint] = check.say("term-unknown", { name, terms: listed(terms, 30), found: shown(value), vocabulary: field["x-vocabulary"] });
    check.add(path, "term-unknown", [said, check.meant(value, terms, hint)]);
  } else if (field["x-source-key"]) {
    if (!(value in (check.meta.sources ?? {}))) check.add(path, "source-unknown", [check.say("source-unknown", { name, found: shown(value), keys: "" })[0], check.keyMeant(value)]);
  } else if (field.pattern && !new RegExp(field.pattern, "u").test(value)) wrong(field.pattern.includes("\\r\\n") ? forms.line : forms.other);
}

function checkReference(check, path, kinds, value) {
  const { ids } = check.pool, values = { name: named(path), kinds: check.article(kinds), found: shown(value) };
  if (!ids.has(value)) {
    const [said, hint] = check.say("reference-unknown", values);
    check.add(path, "reference-unknown", [said, check.idMeant(value, kinds, hint)]);
  } else if (kinds.length && !kinds.includes(ids.get(value))) check.tell(path, "reference-kind", { ...values, kind: check.article([ids.get(value)]) });
}
