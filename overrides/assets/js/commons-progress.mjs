// The table of places: choose some to see them alone and together. The address (?g=aa&g=bb) says which; the whole table stands
// in the page. A value of the chosen together is the sum of what each adds above the line over what it adds below it.

import { count, fill, make, wordsOf } from "./words.mjs";

/** A number as rounded as those of the page: two digits, thousands set apart. */
export function inWords(value, percent, words) {
  const [scaled, form] = !percent && Math.abs(value) >= 1e6 ? [value / 1e6, words.million] : [value, percent ? "{n}%" : "{n}"];
  const digits = Math.abs(scaled) >= 1 ? Math.floor(Math.log10(Math.abs(scaled))) + 1 : 1;
  const rounded = scaled ? Number(scaled.toPrecision(2)) : 0;
  return fill(form, { n: digits > 3 ? rounded.toLocaleString("en") : String(rounded) });
}

/** What some rows are together in one column: the value and how many rows it rests on; null if none is known. */
export function together(rows, column) {
  const known = rows.filter((row) => row.cells[column].dataset.above);
  const ids = new Set(known.map((row) => row.dataset.place));
  const covered = rows.filter((row) => (row.dataset.unions ?? "").split(" ").some((union) => ids.has(union)));
  const own = known.filter((row) => !covered.includes(row));
  if (!own.length) return null;
  const sum = (name) => own.reduce((all, row) => all + Number(row.cells[column].dataset[name]), 0);
  return { above: sum("above"), below: sum("below"), counted: own.length + covered.length };
}

export class CommonsProgress extends HTMLElement {
  connectedCallback() {
    this.words = wordsOf(this);
    this.rows = [...this.querySelectorAll("tbody tr")];
    this.boxes = new Map(this.rows.map((row) => {
      const name = row.querySelector("th").textContent.trim();
      const box = make("input", { type: "checkbox", ariaLabel: fill(this.words.choose, { name }) });
      box.addEventListener("change", () => { this.only = false; this.say(); });
      box.dataset.name = name;
      row.querySelector("th").prepend(make("label", {}, box), " ");
      return [row.dataset.place, box];
    }));
    this.status = make("span", { className: "c-status", role: "status" });
    this.show = make("button", { type: "button", className: "c-button" }, this.words.only);
    this.show.addEventListener("click", () => { this.only = !this.only; this.draw(); });
    const copy = make("button", { type: "button", className: "c-button" }, this.words.copy);
    copy.addEventListener("click", async () => {
      try { await navigator.clipboard.writeText(location.href); copy.textContent = this.words.copied; } catch { copy.textContent = this.words.copy_failed; }
    });
    this.copy = copy;
    this.prepend(make("div", { className: "c-places__bar" }, this.show, copy, this.status));
    this.sum = make("tr", { className: "c-places__sum", hidden: true });
    this.querySelector("tbody").prepend(this.sum);
    this.years = make("section", { className: "c-progress__years", hidden: true });
    this.append(this.years);
    addEventListener("popstate", this.restore);
    this.restore();
  }

  disconnectedCallback() { removeEventListener("popstate", this.restore); }

  restore = () => {
    const asked = new URLSearchParams(location.search).getAll("g").flatMap((ids) => ids.split(",")).filter(Boolean);
    for (const [id, box] of this.boxes) box.checked = asked.includes(id);
    this.unknown = asked.filter((id) => !this.boxes.has(id));
    this.only = asked.some((id) => this.boxes.has(id));
    this.draw();
    if (this.only && !location.hash) this.scrollIntoView({ block: "start" });
  };

  /** Put what is chosen into the address. */
  say() {
    const query = [...this.boxes].filter(([, box]) => box.checked).map(([id]) => `g=${encodeURIComponent(id)}`).join("&");
    history.replaceState(null, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
    this.unknown = [];
    this.draw();
  }

  draw() {
    const chosen = this.rows.filter((row) => this.boxes.get(row.dataset.place).checked);
    for (const row of this.rows) row.hidden = this.only && chosen.length > 0 && !chosen.includes(row);
    this.show.hidden = this.copy.hidden = !chosen.length;
    this.show.textContent = this.only ? this.words.clear : this.words.only;
    const told = chosen.length ? count(this.words.chosen, chosen.length) : this.words.none;
    this.status.textContent = this.unknown.length ? `${told} ${fill(this.words.unknown, { names: this.unknown.join(", ") })}` : told;
    this.history(chosen);
    this.sum.hidden = chosen.length < 2;
    if (this.sum.hidden) return;
    const cells = [...this.rows[0].cells].slice(2).map((cell, place) => {
      const found = together(chosen, place + 2);
      if (!found) return make("td", {}, "–");
      const percent = this.rows.some((row) => row.cells[place + 2].textContent.includes("%"));
      const ratio = chosen.some((row) => row.cells[place + 2].dataset.below && row.cells[place + 2].dataset.below !== "1");
      const value = ratio ? (found.above / found.below) * (percent ? 100 : 1) : found.above;
      const counted = fill(this.words.counted, { n: found.counted, of: chosen.length });
      return make("td", {}, inWords(value, percent, this.words), make("small", {}, ` ${counted}`));
    });
    this.sum.replaceChildren(make("th", { scope: "row" }, this.words.together), make("td"), ...cells);
  }

  /** The chosen over the years, below the table; the newest choice wins over one that is still being fetched. */
  async history(chosen) {
    const asked = (this.asked = (this.asked ?? 0) + 1);
    this.years.hidden = !chosen.length;
    if (!chosen.length) return this.years.replaceChildren();
    try {
      this.loaded ??= Promise.all([import("./progress-years.mjs"), fetch(this.dataset.series).then((answer) => answer.json())]);
      const [{ figureOf }, data] = await this.loaded;
      if (asked !== this.asked) return;
      const places = chosen.map((row) => ({ id: row.dataset.place, name: this.boxes.get(row.dataset.place).dataset.name }));
      const figures = data.figures.map((figure) => figureOf(figure, places, data, this.words, inWords, this.dataset.root)).filter(Boolean);
      this.years.replaceChildren(make("h3", {}, this.words.years), make("div", { className: "c-charts" }, ...figures));
    } catch {
      this.loaded = null;
      if (asked === this.asked) this.years.replaceChildren(make("p", { className: "c-intro" }, this.words.years_failed));
    }
  }
}
customElements.define("commons-progress", CommonsProgress);
