// The entries that were found, as cards or as a table, a hundred a page; the card is the one of the page's template.

import { LARGE } from "./catalogue.mjs";
import { cardTools, isPrinted, pickButton, watchPicks } from "./picked.mjs";
import { excerptNodes } from "./text.mjs";
import { day, fill, make } from "./words.mjs";

export const PAGE = 100;
// In a large pool a query has many bytes of its own; only so many excerpts come before the reader scrolls.
const AT_FIRST = 4;
const FRAME = ["coalition", "organisation", "government", "topic"];
const COMPARED = ["practice", "case-study", "technical-assistance", "action", "coalition", "government"];

export class Results {
  constructor(host, words) {
    Object.assign(this, { host, words });
    this.template = host.querySelector('[data-part="card"]').content.firstElementChild;
    this.glyphs = new Map([...host.querySelector('[data-part="glyphs"]').content.children].map((span) => [span.dataset.kind, span.firstElementChild]));
    this.target = host.querySelector('[data-part="results"]');
    // A card that is mostly out of sight waits: each excerpt is a request of its own.
    this.end = watchPicks(host, words);
    this.watch = new IntersectionObserver((seen) => seen.filter((one) => one.isIntersecting).forEach((one) => this.#excerpt(one.target)), { threshold: 0.6 });
  }

  /** Give the cards of the plain list their buttons, too. */
  offer(plain, state) {
    for (const card of plain?.querySelectorAll(".c-card[data-id]") ?? []) {
      card.append(...this.#tools(card.dataset.id, card.querySelector(".c-card__title").textContent, card.dataset.kind, state));
    }
  }

  /** What can be done with an entry: into the workshop, and beside another. */
  #tools(id, title, kind, state) {
    return cardTools(isPrinted(kind, FRAME) && pickButton(id, title, this.words), COMPARED.includes(kind) && this.#compare(id, title, state));
  }

  /** Show which entries are chosen to be compared. */
  mark(state) {
    for (const button of this.host.querySelectorAll(".c-card__compare")) button.ariaPressed = String(state.compare.includes(button.dataset.id));
  }

  /** `found` has places (sorted), notes (text by place), hits (Pagefind's result by place) and whether summaries are read. */
  show(catalogue, state, found) {
    this.watch.disconnect();
    this.pending = new WeakMap();
    this.waiting = new Set();
    this.left = catalogue.size > LARGE ? AT_FIRST : PAGE;
    addEventListener("scroll", this.#release, { once: true });
    const shown = found.places.slice((state.page - 1) * PAGE, state.page * PAGE);
    const title = make("h2", { className: "c-hidden" }, this.words.explore.js.found);
    if (!shown.length) this.target.replaceChildren(title, make("p", { className: "c-empty" }, this.words.explore.js.none));
    else this.target.replaceChildren(title, state.view === "table" ? this.#table(catalogue, state, shown, found) : this.#cards(catalogue, state, shown, found));
    this.target.hidden = false;
  }

  #cards(catalogue, state, shown, found) {
    const list = make("ul", { className: "c-cards" });
    for (const place of shown) {
      const card = this.template.cloneNode(true);
      const [kind] = catalogue.labels(place, "kind");
      const value = catalogue.value(place, "kind");
      card.dataset.kind = value;
      card.dataset.id = catalogue.data.ids[place];
      const first = card.querySelector(".c-card__kind");
      const where = card.querySelector(".c-card__place");
      where.textContent = catalogue.data.places[place] ?? "";
      first.replaceChildren(this.glyphs.get(value).cloneNode(true), kind, " ", ...(where.textContent ? [where] : []));
      const link = card.querySelector(".c-card__title a");
      link.href = catalogue.url(place);
      link.textContent = catalogue.data.titles[place];
      this.#text(card, place, catalogue, found);
      const chips = [catalogue.data.codes[place], ...catalogue.labels(place, "topic").slice(0, 2), ...catalogue.labels(place, "segment").slice(0, 2), ...catalogue.labels(place, "level").slice(0, 2)];
      const evidence = catalogue.labels(place, "evidence").map((label) => make("li", { className: "c-chips__evidence" }, label));
      card.querySelector(".c-chips").replaceChildren(...chips.filter(Boolean).slice(0, 3).map((chip) => make("li", {}, chip)), ...evidence);
      card.append(...this.#tools(catalogue.data.ids[place], catalogue.data.titles[place], value, state));
      list.append(make("li", {}, card));
    }
    return list;
  }

  /** The lines of a card: its excerpt or its summary, and how well it fits. */
  #text(card, place, catalogue, found) {
    const summary = card.querySelector(".c-card__summary");
    const note = card.querySelector(".c-card__note");
    summary.textContent = catalogue.read?.[place] ?? "";
    if (found.hits?.has(place)) {
      this.pending.set(card, { summary, hit: found.hits.get(place) });
      this.watch.observe(card);
    } else if (!summary.textContent) summary.remove();
    if (found.notes?.has(place)) note.textContent = found.notes.get(place);
    else note.remove();
  }

  #release = () => {
    this.left = PAGE;
    for (const card of this.waiting) this.#excerpt(card);
  };

  async #excerpt(card) {
    if (this.left <= 0) { this.waiting.add(card); return; }
    this.left -= 1;
    this.watch.unobserve(card);
    const { summary, hit } = this.pending.get(card) ?? {};
    if (!hit) return;
    try { summary.replaceChildren(...excerptNodes((await hit.data()).excerpt)); } catch { summary.remove(); }
  }

  #table(catalogue, state, shown, found) {
    const columns = this.words.explore.columns;
    const names = [columns.title, columns.kind, columns.place, columns.evidence, columns.reviewed, this.words.explore.js.compare];
    const rows = shown.map((place) => {
      const title = make("a", { href: catalogue.url(place) }, catalogue.data.titles[place]);
      const note = found.notes?.has(place) && found.notes.get(place);
      const compare = this.#tools(catalogue.data.ids[place], catalogue.data.titles[place], catalogue.value(place, "kind"), state);
      const cells = [[title, ...(note ? [make("p", { className: "c-card__note" }, note)] : [])], catalogue.labels(place, "kind"), [catalogue.data.places[place] ?? ""],
        catalogue.labels(place, "evidence"), [day(catalogue.data.reviewed[place], this.words.date)], compare];
      return make("tr", {}, ...cells.map((cell, n) => { const made = make("td", {}, ...cell); made.dataset.label = names[n]; return made; }));
    });
    const head = make("thead", {}, make("tr", {}, ...names.map((name) => make("th", { scope: "col" }, name))));
    const table = make("div", { className: "c-table c-table--wide c-table--found", tabIndex: 0 }, make("table", {}, head, make("tbody", {}, ...rows)));
    return table;
  }

  #compare(id, title, state) {
    const button = make("button", { type: "button", className: "c-card__compare", ariaPressed: String(state.compare.includes(id)), ariaLabel: fill(this.words.explore.js.compare_named, { title }) }, this.words.explore.js.compare);
    button.dataset.id = id;
    button.addEventListener("click", () => this.host.compare(id));
    return button;
  }
}
