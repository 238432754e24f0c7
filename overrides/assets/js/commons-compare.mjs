// Two to four entries side by side. What is compared is read from the entries' own pages, so that it is what they say;
// the address (?ids=a,b) says which.

import { loadCatalogue } from "./catalogue.mjs";
import { fill, make, plain, wordsOf } from "./words.mjs";

const MOST = 4;
const OFFERED = 8;

export class CommonsCompare extends HTMLElement {
  async connectedCallback() {
    const { compare, explore } = wordsOf(this);
    Object.assign(this, { words: compare, copied: explore.js.copied, root: this.dataset.root });
    this.status = make("p", { className: "c-status", role: "status" });
    this.table = make("div", { className: "c-table c-compare", tabIndex: 0, role: "region", ariaLabel: this.words.title });
    this.append(this.status, this.adder(), this.table);
    addEventListener("popstate", this.restore);
    try {
      this.catalogue = await loadCatalogue(this.root);
      await this.restore();
    } catch { this.status.textContent = this.words.lost; }
  }

  disconnectedCallback() { removeEventListener("popstate", this.restore); }

  restore = async () => {
    const asked = [...new Set((new URLSearchParams(location.search).get("ids") ?? "").split(",").filter(Boolean))];
    this.ids = asked.filter((id) => this.catalogue.placeOf.has(id)).slice(0, MOST);
    const unknown = asked.filter((id) => !this.catalogue.placeOf.has(id));
    await this.show(unknown.length ? fill(this.words.unknown, { ids: unknown.join(", ") }) : "");
  };

  /** Put other ids into the address and show them. */
  async go(ids) {
    this.ids = ids;
    history.pushState(null, "", `${location.pathname}${ids.length ? `?ids=${ids.join(",")}` : ""}`);
    await this.show();
  }

  /** A field for a word of a title, with the entries that have it. */
  adder() {
    const field = make("input", { type: "search", autocomplete: "off" });
    const found = make("ul", { className: "c-compare__offers" });
    const told = make("p", { className: "c-hidden", role: "status" });
    field.addEventListener("input", () => {
      const words = plain(field.value.trim()).split(/\s+/).filter(Boolean);
      const { titles, ids } = this.catalogue?.data ?? { titles: [], ids: [] };
      const places = words.length ? titles.map((_, n) => n).filter((n) => words.every((word) => plain(titles[n]).includes(word)) && !this.ids.includes(ids[n])).slice(0, OFFERED) : [];
      told.textContent = words.length && !places.length ? this.words.add_none : "";
      found.replaceChildren(...places.map((place) => {
        const add = make("button", { type: "button", className: "c-button" }, `${titles[place]} (${this.catalogue.labels(place, "kind")[0]})`);
        add.addEventListener("click", async () => { field.value = ""; found.replaceChildren(); field.focus(); await this.go([...this.ids, ids[place]]); if (this.add.hidden) this.table.focus(); });
        return make("li", {}, add);
      }), ...(words.length && !places.length ? [make("li", {}, this.words.add_none)] : []));
    });
    const tools = make("p", { className: "c-compare__tools" });
    const copy = make("button", { type: "button", className: "c-button" }, this.words.copy);
    copy.addEventListener("click", async () => { try { await navigator.clipboard.writeText(location.href); copy.textContent = this.copied; } catch { copy.textContent = location.href; } });
    const print = make("button", { type: "button", className: "c-button" }, this.words.print);
    print.addEventListener("click", () => window.print());
    tools.append(copy, print);
    this.add = make("div", { className: "c-compare__add" }, make("label", {}, this.words.add_label, field), told, found);
    return make("div", { className: "c-compare__bar" }, this.add, tools);
  }

  async show(notice = "") {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const n = this.ids.length;
    const ask = n === 0 ? this.words.empty : n === 1 ? this.words.one : n >= MOST ? this.words.full : "";
    const pages = await Promise.all(this.ids.map((id) => this.page(id)));
    if (turn !== this.turn) return;
    const lost = pages.filter((page) => !page.facts).map((page) => fill(this.words.failed, { title: page.title }));
    this.status.textContent = [notice, ...lost, ask].filter(Boolean).join(" ");
    this.add.hidden = n >= MOST;
    this.table.hidden = !n;
    this.table.replaceChildren(n ? this.rows(pages) : "");
  }

  /** What an entry's page says: `facts` and `parts` are Maps from a heading to nodes. */
  async page(id) {
    const place = this.catalogue.placeOf.get(id);
    const found = { id, title: this.catalogue.data.titles[place], kind: this.catalogue.labels(place, "kind")[0], url: this.catalogue.url(place) };
    try {
      const answer = await fetch(found.url);
      if (!answer.ok) return found;
      const read = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".c-entry");
      for (const link of read.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), new URL(found.url, document.baseURI)).href;
      for (const marked of read.querySelectorAll("[id]")) marked.removeAttribute("id");
      const facts = [...read.querySelectorAll(".c-facts__item")].map((item) => [item.querySelector("dt").textContent, [...item.querySelector("dd").childNodes]]);
      const figures = [...read.querySelectorAll(".c-figures")].map((part) => [part.querySelector("h2").textContent, [part.querySelector("ul")]]);
      const texts = [...read.querySelectorAll(".c-text")].map((part) => [part.querySelector("h2").textContent, [...part.childNodes].filter((node) => node.nodeName !== "H2")]);
      return { ...found, summary: read.querySelector(".c-summary").textContent, facts: new Map(facts), parts: new Map([...figures, ...texts]) };
    } catch { return found; }
  }

  rows(pages) {
    const heads = pages.map((page) => {
      const out = make("button", { type: "button", className: "c-button c-compare__out", ariaLabel: `${this.words.remove}: ${page.title}` }, this.words.remove);
      out.addEventListener("click", async () => { await this.go(this.ids.filter((id) => id !== page.id)); (this.table.querySelector(".c-compare__out") ?? this.add.querySelector("input")).focus(); });
      return make("th", { scope: "col" }, make("span", { className: "c-card__kind" }, page.kind), make("a", { href: page.url }, page.title), out);
    });
    const head = make("thead", {}, make("tr", {}, make("th", { scope: "col" }, make("span", { className: "c-hidden" }, this.words.property)), ...heads));
    const line = (name, cells) => make("tr", {}, make("th", { scope: "row" }, name), ...cells.map((nodes, n) => {
      const cell = make("td", {}, ...(nodes ?? [make("span", { className: "c-count" }, this.words.none)]));
      cell.dataset.label = pages[n].title;
      return cell;
    }));
    const names = (part) => [...new Set(pages.flatMap((page) => [...(page[part]?.keys() ?? [])]))];
    const facts = names("facts").map((name) => line(name, pages.map((page) => page.facts?.get(name))));
    const parts = names("parts").map((name) => line(name, pages.map((page) => page.parts?.get(name))));
    return make("table", {}, head, make("tbody", {}, ...facts, ...parts));
  }
}
customElements.define("commons-compare", CommonsCompare);
