// The reader's own selection for a workshop: ids in order, kept in this browser under one name. Every element that shows
// or changes it hears `commons-basket` on the window; other tabs tell by `storage`.

const KEY = "commons-workshop";
const DETAILS = "commons-workshop-details";
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** A document holds at most so many entries. */
export const MOST = 200;

// Where the browser keeps nothing (a private window, storage switched off), the selection lasts as long as the page.
let held = null;

function stored(key) {
  try { return localStorage.getItem(key); } catch { return null; }
}

function store(key, value) {
  try { localStorage.setItem(key, value); return true; } catch { return false; }
}

/** The ids in order; what is not an id, or stands twice, is left out. */
export function ids() {
  if (held) return [...held];
  try {
    const found = JSON.parse(stored(KEY) ?? "[]");
    return Array.isArray(found) ? [...new Set(found.filter((id) => typeof id === "string" && ID.test(id)))].slice(0, MOST) : [];
  } catch { return []; }
}

export function keep(list) {
  const next = [...new Set(list)].slice(0, MOST);
  held = store(KEY, JSON.stringify(next)) ? null : next;
  dispatchEvent(new CustomEvent("commons-basket"));
}

export const add = (...more) => keep([...ids(), ...more]);
export const remove = (id) => keep(ids().filter((other) => other !== id));
export const has = (id) => ids().includes(id);

/** Title, date, minutes and the like of the reader's own workshop, as the query of an address without its ids. */
export const details = () => stored(DETAILS) ?? "";
export const keepDetails = (query) => { store(DETAILS, query); };

/** Call `use` now and whenever the selection changes, here or in another tab; gives what ends it. */
export function watch(use) {
  const heard = (event) => { if (event.type !== "storage" || event.key === KEY || event.key === null) use(ids()); };
  // A page that comes back from the history as it was left hears of nothing that happened since.
  const events = ["commons-basket", "storage", "pageshow"];
  for (const name of events) addEventListener(name, heard);
  use(ids());
  return () => { for (const name of events) removeEventListener(name, heard); };
}
