// The years of chosen places, alone and together: what is drawn, said and listed under the table of places. The numbers come from
// progress/data/series.json (macros/data_files.py), which is fetched when something is chosen.

import { lineChart } from "./line-chart.mjs";
import { csv, save } from "./table.mjs";
import { fill, make } from "./words.mjs";

// As macros/views/charts.py: what is told as no change, how far back a title looks, and how many of the members a year must rest on.
const [SAME, BACK, BACK_LEAST, STEADY] = [0.1, 5, 2, 0.75];
// More lines than these cannot be told apart; then each is thin and without a name, and the table below has them.
export const MOST_LINES = 5;

/** What a place adds to a group in a year, above and below the line; null if it cannot be counted. A cell is the value and what it rests on. */
function weights(figure, cell) {
  if (!cell) return null;
  const [value, other] = cell;
  if (figure.kind === "sum") return [value, 1];
  if (!(other > 0)) return null;
  return figure.kind === "per" ? [value * other, other] : [other, (other / value) * (figure.percent ? 100 : 1)];
}

/** The value of places together in each year that one of them is known, with how many were counted. A union stands for its members. */
export function togetherByYear(figure, places, unions) {
  const found = {};
  for (const year of new Set(places.flatMap((place) => Object.keys(figure.places[place] ?? {})))) {
    const known = new Map(places.map((place) => [place, weights(figure, figure.places[place]?.[year])]).filter(([, pair]) => pair));
    const covered = places.filter((place) => (unions[place] ?? []).some((union) => known.has(union)));
    const own = [...known].filter(([place]) => !covered.includes(place)).map(([, pair]) => pair);
    if (!own.length) continue;
    const [above, below] = [0, 1].map((side) => own.reduce((all, pair) => all + pair[side], 0));
    const value = figure.kind === "sum" ? above : (above / below) * (figure.percent && figure.kind === "part" ? 100 : 1);
    found[year] = { value, counted: own.length + covered.length };
  }
  return found;
}

/** The years that can be compared: those that rest on at least three quarters of the most ever counted. */
export function steady(found) {
  const most = Math.max(0, ...Object.values(found).map((one) => one.counted));
  return Object.fromEntries(Object.entries(found).filter(([, one]) => one.counted >= most * STEADY).map(([year, one]) => [year, one.value]));
}

/** The sentence that a figure's title is. */
export function finding(figure, values, place, said) {
  const years = Object.keys(values).map(Number);
  if (!years.length) return "";
  const year = Math.max(...years);
  const earlier = years.filter((known) => known <= year - BACK_LEAST);
  const far = earlier.filter((known) => known <= year - BACK);
  const before = far.length ? Math.max(...far) : Math.min(...earlier);
  const blanks = { place, what: figure.short, year, last: said(values[year]) };
  if (!earlier.length) return fill(figure.findings.only, blanks);
  Object.assign(blanks, { before: said(values[before]), before_year: before });
  const [now, then] = [values[year], values[before]];
  const same = Math.abs(now - then) <= SAME * Math.max(Math.abs(now), Math.abs(then)) || blanks.before === blanks.last;
  return fill(same ? figure.findings.same : now > then ? figure.findings.rose : figure.findings.fell, blanks);
}

const valuesOf = (cells = {}) => Object.fromEntries(Object.entries(cells).map(([year, [value]]) => [year, value]));

/** A number beside the axis, short: `12.5%`, `500k`, `1.5M`. */
export function onAxis(value, percent) {
  const [part, sign] = percent ? [1, "%"] : value >= 1e6 ? [1e6, "M"] : value >= 1e3 ? [1e3, "k"] : [1, ""];
  return `${Number((value / part).toPrecision(3))}${sign}`;
}

/** A list in words: `A, B and C`. */
const listed = (names, and) => (names.length > 1 ? `${names.slice(0, -1).join(", ")}${and}${names.at(-1)}` : names.join(""));

/** One figure of chosen places, with its title, drawing, numbers and source; null if none of them has numbers for it. */
export function figureOf(figure, chosen, data, words, inWords, root) {
  const said = (value) => inWords(value, figure.percent, words);
  const known = chosen.filter(({ id }) => Object.keys(figure.places[id] ?? {}).length);
  if (!known.length) return null;
  const several = known.length > 1;
  const found = several ? togetherByYear(figure, known.map(({ id }) => id), data.unions) : {};
  const joint = steady(found);
  const quiet = known.length > MOST_LINES;
  const lines = known.map(({ id, name }) => ({ name, values: valuesOf(figure.places[id]), quiet }));
  if (Object.keys(joint).length) lines.unshift({ name: words.joint, values: joint });
  const last = (line) => Math.max(...Object.keys(line.values).map(Number));
  for (const line of lines) line.label = `${line.name} ${said(line.values[last(line)])}${last(line) === data.until ? "" : ` (${last(line)})`}`;
  const told = lines.map((line) => {
    const [first, end] = [Math.min(...Object.keys(line.values).map(Number)), last(line)];
    const blanks = { label: line.name, first: said(line.values[first]), first_year: first, last: said(line.values[end]), year: end };
    return fill(first === end ? words.told_once : words.told, blanks);
  });
  const names = known.length > MOST_LINES ? words.together : listed(known.map(({ name }) => name), words.and);
  const title = finding(figure, Object.keys(joint).length ? joint : lines[0].values, Object.keys(joint).length ? names : lines[0].name, said);
  const head = [words.year, ...(several ? [words.joint, words.counted_head] : []), ...known.map(({ name }) => name)];
  const years = [...new Set([...Object.keys(found), ...known.flatMap(({ id }) => Object.keys(figure.places[id]))])].sort().reverse();
  const row = (year, show) => [
    year, ...(several ? [found[year] ? show(found[year].value) : "", found[year]?.counted ?? ""] : []),
    ...known.map(({ id }) => (figure.places[id][year] ? show(figure.places[id][year][0]) : "")),
  ];
  const cells = (year) => row(year, said).map((cell, place) => make(place ? "td" : "th", place ? {} : { scope: "row" }, String(cell === "" ? "–" : cell)));
  const table = make("table", { className: "c-numbers" },
    make("thead", {}, make("tr", {}, ...head.map((name) => make("th", { scope: "col" }, name)))),
    make("tbody", {}, ...years.map((year) => make("tr", {}, ...cells(year)))));
  const file = make("button", { type: "button", className: "c-button" }, words.csv);
  file.addEventListener("click", () => {
    save(`${figure.id}.csv`, csv([head, ...years.map((year) => row(year, (value) => Number(value.toPrecision(6))))]), "text/csv");
  });
  const without = chosen.filter((one) => !known.includes(one)).map(({ name }) => name);
  const newest = found[Object.keys(joint).at(-1)];
  const notes = [
    quiet ? words.quiet : "", newest && newest.counted < known.length ? fill(words.counted, { n: newest.counted, of: known.length }) : "",
    without.length ? fill(words.without, { names: listed(without, words.and) }) : "", figure.note ?? "",
  ];
  const sources = figure.sources.flatMap(({ text, url }, place) => [place ? "; " : "", make("a", { href: `${root}${url}` }, text)]);
  return make("figure", { className: "c-chart" },
    make("figcaption", {}, make("h4", {}, title), make("p", { className: "c-chart__label" }, figure.label)),
    make("div", { className: "c-chart__drawing", role: "img", ariaLabel: [figure.label, ...told].join(" ") },
      lineChart(lines, figure.since, data.until, figure.percent, (value) => onAxis(value, figure.percent))),
    ...notes.filter(Boolean).map((text) => make("p", { className: "c-chart__note" }, text)),
    make("details", { className: "c-chart__numbers" }, make("summary", {}, words.numbers),
      make("div", { className: "c-table", tabIndex: 0, role: "region", ariaLabel: figure.label }, table),
      make("p", { className: "c-chart__note" }, words.dash, " ", words.joint_note), file),
    make("p", { className: "c-chart__source" }, `${words.source_head}: `, ...sources));
}
