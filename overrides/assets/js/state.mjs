// What a reader has chosen, and the address that says it. Addresses hold ids, never labels.

export const SORTS = ["relevance", "newest", "title", "evidence", "fit"];
export const VIEWS = ["cards", "table"];
const OWN = "my-";

/** A state in which nothing is chosen. `facets` has a list of values for each facet's name; `own` a value for each
 *  dimension of a reader's place; `like` is the id of a government that stands for it. */
export const empty = () => ({ facets: {}, q: "", sort: "", view: "cards", ids: [], page: 1, compare: [], like: "", own: {}, embed: false });

const list = (text) => [...new Set((text ?? "").split(",").map((id) => id.trim()).filter(Boolean))];

/** The state that a query (`?kind=practice&q=a`) describes; `names` are the facets that there are. */
export function read(search, names) {
  const query = new URLSearchParams(search);
  const state = empty();
  for (const name of names) {
    const values = [...new Set(query.getAll(name).filter(Boolean))];
    if (values.length) state.facets[name] = values;
  }
  state.q = (query.get("q") ?? "").trim().slice(0, 200);
  state.sort = query.get("sort") ?? "";
  const views = query.getAll("view");
  state.view = views.find((view) => view !== "embed") ?? "cards";
  state.embed = views.includes("embed");
  state.ids = list(query.get("ids"));
  state.page = Math.max(1, Number.parseInt(query.get("page") ?? "1", 10) || 1);
  state.compare = list(query.get("compare")).slice(0, 4);
  state.like = query.get("like") ?? "";
  for (const [name, value] of query) if (name.startsWith(OWN) && value) state.own[name.slice(OWN.length)] = value;
  return state;
}

/** The query of a state, in a fixed order, without what is not chosen; empty or beginning with "?". */
export function write(state) {
  const query = new URLSearchParams();
  for (const [name, values] of Object.entries(state.facets)) for (const value of values) query.append(name, value);
  if (state.ids.length) query.set("ids", state.ids.join(","));
  if (state.q) query.set("q", state.q);
  if (state.like) query.set("like", state.like);
  for (const [name, value] of Object.entries(state.own)) query.set(OWN + name, value);
  if (state.sort) query.set("sort", state.sort);
  if (state.view !== "cards") query.set("view", state.view);
  if (state.embed) query.append("view", "embed");
  if (state.compare.length) query.set("compare", state.compare.join(","));
  if (state.page > 1) query.set("page", state.page);
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%2F", "/");
  return text ? `?${text}` : "";
}

/** Whether the list differs from the plain one that stands in the page. */
export const changes = (state) => write({ ...state, compare: [], embed: false }) !== "";

/** Takes out of a state what the catalogue does not know; returns the values taken out, as they stood in the address. */
export function prune(state, catalogue) {
  const unknown = [];
  const keep = (values, known) => values.filter((value) => known(value) || (unknown.push(value), false));
  for (const [name, values] of Object.entries(state.facets)) {
    state.facets[name] = keep(values, (value) => catalogue.facet(name)?.number.has(value));
    if (!state.facets[name].length) delete state.facets[name];
  }
  state.ids = keep(state.ids, (id) => catalogue.placeOf.has(id));
  state.compare = keep(state.compare, (id) => catalogue.placeOf.has(id));
  if (state.sort && !SORTS.includes(state.sort)) { unknown.push(state.sort); state.sort = ""; }
  if (!VIEWS.includes(state.view)) { unknown.push(state.view); state.view = "cards"; }
  if (state.like && !Object.hasOwn(catalogue.governments, state.like)) { unknown.push(state.like); state.like = ""; }
  for (const [name, value] of Object.entries(state.own)) {
    if (!catalogue.dimensions.find((d) => d.name === name)?.values.includes(value)) { unknown.push(value); delete state.own[name]; }
  }
  return unknown;
}
