// The clock of a workshop: when each step begins, when all ends, and what is odd about it.

import { fill, make } from "./words.mjs";
import { isMinutes } from "./workshop-state.mjs";

const DAY = 24 * 60;
const two = (n) => String(n).padStart(2, "0");

/** The time of day so many minutes after `start` (`09:00`); past midnight it goes on from 00:00. */
export function clock(start, minutes) {
  const [hours, rest] = start.split(":").map(Number);
  const total = (hours * 60 + rest + minutes) % DAY;
  return `${two(Math.floor(total / 60))}:${two(total % 60)}`;
}

/** When each step begins, the minutes of all, the end, and the day on which it ends (1 is the first). */
export function timed(minutes, start) {
  let passed = 0;
  const begins = minutes.map((n) => { const at = clock(start, passed); passed += n; return at; });
  const [hours, rest] = start.split(":").map(Number);
  // A workshop that ends at midnight has not passed it.
  const day = Math.max(1, Math.ceil((hours * 60 + rest + passed) / DAY));
  return { begins, total: passed, ends: clock(start, passed), day };
}

/** Minutes in words: 75 is "1 h 15 min". */
export function span(minutes, texts) {
  const h = Math.floor(minutes / 60), m = minutes % 60;
  return fill(h && m ? texts.hours : h ? texts.hours_only : texts.minutes, { h, m });
}

/** The table of steps; `change` is told of new minutes. Fields keep their focus, since only what changed is written. */
export class Outline {
  constructor(parts, words, change) { Object.assign(this, { parts, words, change }); }

  /** `steps` have a title, minutes and the titles of their entries; `planned` is what a bundle says it takes, or 0. */
  show(steps, start, planned) {
    const { rows } = this;
    const same = rows?.length === steps.length && rows.every((row, n) => row.key === this.#key(steps[n]));
    if (!same) this.#build(steps);
    const { begins, total, ends, day } = timed(steps.map((step) => step.minutes), start);
    this.rows.forEach((row, n) => {
      row.clock.textContent = begins[n];
      if (document.activeElement !== row.field || Number(row.field.value) !== steps[n].minutes) row.field.value = steps[n].minutes;
    });
    const js = this.words.js;
    const said = [fill(js.times, { start: clock(start, 0), end: ends, span: span(total, js) })];
    if (day > 1) said.push(fill(js.midnight, { end: ends, day }));
    if (planned && planned !== total) said.push(fill(js.differs, { planned: span(planned, js), span: span(total, js) }));
    if (this.parts.times.textContent !== said.join(" ")) this.parts.times.textContent = said.join(" ");
    this.parts.times.classList.toggle("c-workshop__times--odd", said.length > 1);
    this.parts.outline.hidden = !steps.length;
  }

  #key(step) { return JSON.stringify([step.title, step.with]); }

  #build(steps) {
    const { columns, js } = this.words;
    this.rows = steps.map((step, n) => {
      const time = make("td", { className: "c-workshop__clock" });
      const field = make("input", { type: "number", min: 1, max: 480, step: 1, inputMode: "numeric", ariaLabel: fill(js.minutes_of, { n: n + 1, title: step.title }) });
      field.addEventListener("input", () => { const minutes = Number(field.value); if (isMinutes(minutes)) this.change(n, minutes); });
      // What is no number of minutes goes back to the last that was.
      field.addEventListener("change", () => { if (!isMinutes(Number(field.value))) this.change(n, null); });
      const what = make("td", {}, step.title);
      if (step.with.length) what.append(make("span", { className: "c-workshop__with" }, step.with.join("; ")));
      const cells = [time, what, make("td", { className: "c-workshop__minutes" }, field)];
      [columns.clock, columns.step, columns.minutes].forEach((name, place) => { cells[place].dataset.label = name; });
      return { key: this.#key(step), clock: time, field, line: make("tr", {}, ...cells) };
    });
    this.parts.steps.replaceChildren(...this.rows.map((row) => row.line));
  }
}
