// A matrix that can be filtered by region and by column, and sorted by any column. The table in the page is complete without
// it; what is chosen stands in the address (`?region=asia&in=some-id&sort=region`), so that a view can be shared.

const NAMES = ["region", "in", "sort"];
const fill = (text, values) => text.replaceAll(/\{(\w+)\}/g, (_, name) => values[name]);

export class CommonsMatrix extends HTMLElement {
  connectedCallback() {
    if (this.rows) return;
    this.form = this.querySelector("form");
    this.status = this.querySelector('[role="status"]');
    this.body = this.querySelector("tbody");
    this.rows = [...this.body.rows];
    this.heads = new Map([...this.querySelectorAll("thead th[data-key]")].map((head) => [head.dataset.key, head]));
    this.place = new Map([...this.heads.values()].map((head) => [head.dataset.key, head.cellIndex]));
    this.whole = this.status.textContent;
    for (const [key, head] of this.heads) this.addButton(key, head);
    this.form.hidden = false;
    this.form.addEventListener("change", () => this.go());
    this.form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("popstate", this.restore);
    this.restore();
  }

  disconnectedCallback() { removeEventListener("popstate", this.restore); }

  /** The number in a head becomes the button that sorts by its column; heads without one get a sign. */
  addButton(key, head) {
    const count = head.querySelector(".c-matrix__count");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "c-matrix__sort";
    const name = (head.querySelector(".c-matrix__name") ?? head).textContent.trim();
    const number = count && !count.ariaHidden ? [...count.childNodes].map((node) => node.textContent).join(" ") : "";
    button.ariaLabel = `${fill(this.dataset.sort, { column: name })}${number ? ` (${number})` : ""}`;
    button.append(count ?? document.createElement("span"));
    button.addEventListener("click", () => {
      this.form.elements.sort.value = this.state().sort === key ? "" : key;
      this.go();
    });
    head.append(button);
  }

  state() { return Object.fromEntries(NAMES.map((name) => [name, this.form.elements[name]?.value ?? ""])); }

  restore = () => {
    const query = new URLSearchParams(location.search);
    for (const name of NAMES) {
      const field = this.form.elements[name];
      if (field) { field.value = query.get(name) ?? ""; if (field.selectedIndex < 0) field.value = ""; }
    }
    this.show();
  };

  go() {
    const query = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(this.state())) value ? query.set(name, value) : query.delete(name);
    const text = query.toString();
    history.pushState(null, "", location.pathname + (text ? `?${text}` : "") + location.hash);
    this.show();
  }

  show() {
    const { region, in: column, sort } = this.state();
    const place = this.place.get(column);
    let shown = 0;
    for (const row of this.rows) {
      row.hidden = (region && row.dataset.region !== region) || (column && !row.cells[place].childElementCount);
      if (!row.hidden) shown += 1;
    }
    this.body.append(...this.sorted(sort));
    for (const [key, head] of this.heads) {
      if (key === sort) head.ariaSort = key === "" || key === "region" ? "ascending" : "descending";
      else head.removeAttribute("aria-sort");
    }
    this.count();
    this.status.textContent = shown === this.rows.length ? this.whole : fill(this.dataset.shown, { n: shown, all: this.rows.length });
  }

  /** Rows in order of a column: regions by name, numbers and marks with the largest first; what is equal stays by name. */
  sorted(sort) {
    if (!sort) return this.rows;
    const place = this.place.get(sort);
    const weight = (row) => {
      const cell = row.cells[place];
      if (sort.startsWith("total-")) return -Number(cell.textContent);
      return cell.childElementCount ? -1 : 0;
    };
    const compare = sort === "region" ? (a, b) => a.cells[place].textContent.localeCompare(b.cells[place].textContent) : (a, b) => weight(a) - weight(b);
    return [...this.rows].sort(compare);
  }

  /** The numbers in the heads say how many of the rows shown have each mark. */
  count() {
    for (const [key, head] of this.heads) {
      const count = head.querySelector(".c-matrix__count");
      if (!count || count.ariaHidden) continue;
      count.whole ??= [...count.childNodes];
      const found = new Map();
      for (const row of this.rows) {
        const sign = row.hidden ? null : row.cells[this.place.get(key)].querySelector("[aria-hidden]");
        if (sign) found.set(sign.textContent, (found.get(sign.textContent) ?? 0) + 1);
      }
      const spans = [...found].map((pair) => Object.assign(document.createElement("span"), { textContent: pair.join(" ") }));
      count.replaceChildren(...(this.rows.every((row) => !row.hidden) ? count.whole : spans.length ? spans : ["0"]));
    }
  }
}
customElements.define("commons-matrix", CommonsMatrix);
