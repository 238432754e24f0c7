// The search of every page: a dialogue that opens with "/" and Ctrl+K, shows the best hits, and leads on to Explore.

import { excerptNodes, loadEngine, search } from "./text.mjs";
import { count, fill, make, wordsOf } from "./words.mjs";

const SHOWN = 6;
// Whether "/" opens the search is kept in this browser; one without storage has it on.
const KEPT = "commons-search-key";
const kept = () => { try { return localStorage.getItem(KEPT); } catch { return null; } };
const keep = (state) => { try { localStorage.setItem(KEPT, state); } catch { /* It holds for this page. */ } };
const PAUSE = 200;
const typing = (target) => target.isContentEditable || (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !["checkbox", "radio", "button"].includes(target.type));

export class CommonsSearch extends HTMLElement {
  connectedCallback() {
    this.words = wordsOf(this);
    this.root = this.dataset.root;
    const part = (name) => this.querySelector(name);
    this.parts = { dialog: part("dialog"), input: part('input[type="search"]'), status: part(".c-search__status"), hits: part(".c-search__hits"), all: part(".c-search__all") };
    part(".c-search__open").addEventListener("click", (event) => { if (!event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); this.open(); } });
    part('[data-part="close"]').addEventListener("click", () => this.parts.dialog.close());
    this.parts.dialog.addEventListener("click", (event) => { if (event.target === this.parts.dialog) this.parts.dialog.close(); });
    this.parts.input.addEventListener("input", () => { clearTimeout(this.waiting); this.waiting = setTimeout(() => this.find(), PAUSE); });
    this.parts.dialog.addEventListener("keydown", this.move);
    this.shortcut = part('[data-part="shortcut"]');
    this.shortcut.checked = kept() !== "off";
    this.shortcut.addEventListener("change", () => keep(this.shortcut.checked ? "on" : "off"));
    addEventListener("keydown", this.keys);
  }

  disconnectedCallback() { removeEventListener("keydown", this.keys); }

  open() {
    if (!this.parts.dialog.open) this.parts.dialog.showModal();
    this.parts.input.focus();
    this.parts.input.select();
    loadEngine(this.root).catch(() => {});
  }

  keys = (event) => {
    const asked = (event.key === "/" && this.shortcut.checked && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target)) || (event.key?.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey);
    if (!asked || (document.querySelector("dialog[open]") && !this.parts.dialog.open)) return;
    event.preventDefault();
    this.open();
  };

  /** Arrow keys go from the field through the hits and back. */
  move = (event) => {
    if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
    const stops = [this.parts.input, ...this.parts.hits.querySelectorAll("a"), ...(this.parts.all.hidden ? [] : this.parts.all.querySelectorAll("a"))];
    const next = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    if (stops[next]) { event.preventDefault(); stops[next].focus(); }
  };

  /** Search for what stands in the field; a late answer to an earlier text is dropped. */
  async find() {
    const asked = this.parts.input.value.trim();
    const turn = (this.turn = (this.turn ?? 0) + 1);
    this.parts.all.hidden = !asked;
    this.parts.all.firstElementChild.href = `${this.root}explore/?${new URLSearchParams({ q: asked })}`;
    if (!asked) { this.show([], ""); return; }
    if (!this.parts.hits.children.length) this.parts.status.textContent = this.words.loading;
    try {
      const { results, corrected } = await search(this.root, asked);
      const hits = await Promise.all(results.slice(0, SHOWN).map((result) => result.data()));
      if (turn !== this.turn) return;
      const told = results.length ? count(this.words.results, results.length) : this.words.none;
      this.show(hits, corrected ? `${fill(this.words.corrected, corrected)} ${told}` : told);
    } catch {
      if (turn === this.turn) this.show([], location.protocol === "file:" ? this.words.offline : this.words.failed);
    }
  }

  show(hits, status) {
    this.parts.status.textContent = status;
    this.parts.hits.replaceChildren(...hits.map((hit) => {
      const facts = [hit.meta.kind ?? this.words.page, hit.meta.coalitions].filter(Boolean).join(" · ");
      const link = make("a", { href: hit.url }, hit.meta.title);
      return make("li", {}, make("p", { className: "c-search__facts" }, facts), make("p", { className: "c-search__title" }, link), make("p", { className: "c-search__excerpt" }, ...excerptNodes(hit.excerpt)));
    }));
  }
}
customElements.define("commons-search", CommonsSearch);
