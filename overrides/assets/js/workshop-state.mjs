// What a workshop is made of, and the address that says it. Addresses hold ids, never labels; what is as usual is left out.

import { MOST } from "./basket.mjs";

export const EDITIONS = ["booklet", "guide", "cards"];
export const PAPERS = ["a4", "letter"];
export const START = "09:00";
const TITLE_MOST = 120;
const MINUTES_MOST = 480;
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** `ids` is null where they follow from the bundle or the facets; `minutes` has a number for each step, null where it is as usual. */
export const empty = () => ({ ids: null, bundle: "", facets: {}, title: "", date: "", start: START, minutes: [], edition: EDITIONS[0], paper: PAPERS[0] });

export const isMinutes = (n) => Number.isInteger(n) && n >= 1 && n <= MINUTES_MOST;

/** Whether a text is a day that there is (2026-12-01). */
export function isDay(text) {
  const found = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return Boolean(found) && !Number.isNaN(found.getTime()) && found.toISOString().startsWith(text);
}

const isTime = (text) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

/** The state that a query describes, and what in it is not understood; `names` are the facets that there are. */
export function read(search, names = []) {
  const query = new URLSearchParams(search);
  const state = empty();
  const unknown = [];
  const take = (name, good) => {
    const value = (query.get(name) ?? "").trim();
    if (value && good(value)) state[name] = value;
    else if (value) unknown.push(value);
  };
  if (query.has("ids")) {
    const asked = [...new Set(query.get("ids").split(",").map((id) => id.trim()).filter(Boolean))];
    state.ids = asked.filter((id) => ID.test(id) || (unknown.push(id), false));
  }
  take("bundle", (id) => ID.test(id));
  take("title", () => true);
  // One line, without what no paper can show.
  state.title = state.title.replace(/[\p{Cc}\p{Cs}\s]+/gu, " ").trim().slice(0, TITLE_MOST);
  take("date", isDay);
  take("start", isTime);
  take("edition", (name) => EDITIONS.includes(name));
  take("paper", (name) => PAPERS.includes(name));
  for (const part of (query.get("minutes") ?? "").split(",").filter((one, n, all) => one || all.length > 1)) {
    const n = /^\d{1,3}$/.test(part) ? Number(part) : 0;
    state.minutes.push(isMinutes(n) ? n : null);
    if (part && !isMinutes(n)) unknown.push(part);
  }
  if (!state.ids && !state.bundle) {
    for (const name of names) {
      const values = [...new Set(query.getAll(name).filter(Boolean))];
      if (values.length) state.facets[name] = values;
    }
  }
  return { state, unknown };
}

/** The query of a state; `usual` are the minutes of its steps if nobody changes them. Empty, or beginning with "?". */
export function write(state, usual = []) {
  const query = new URLSearchParams();
  if (state.bundle) query.set("bundle", state.bundle);
  if (state.ids?.length || (state.ids && state.bundle)) query.set("ids", state.ids.join(","));
  for (const [name, values] of Object.entries(state.facets)) for (const value of values) query.append(name, value);
  const minutes = usual.map((n, place) => state.minutes[place] ?? n);
  if (minutes.some((n, place) => n !== usual[place])) query.set("minutes", minutes.join(","));
  const plain = empty();
  for (const name of ["title", "date", "start", "edition", "paper"]) if (state[name] !== plain[name]) query.set(name, state[name]);
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return text ? `?${text}` : "";
}

/** A list with the item at `from` moved to `to`. */
export function moved(list, from, to) {
  const next = [...list];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}
