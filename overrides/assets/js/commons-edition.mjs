// Tells a reader who comes from paper whether the entry has changed since: the address on paper has the date of the print
// (`?d=2026-11-22`), the page has the days on which the entry changed.

const DAY = 86_400_000;

/** A day as a number of milliseconds, or NaN if the text is no day that exists, written as YYYY-MM-DD. */
export function read(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return Number.NaN;
  const time = Date.parse(`${text}T00:00:00Z`);
  // Some engines take 31 February for 3 March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? time : Number.NaN;
}

/** What to say of a print: the name of the sentence, and the day in it besides that of the print.
 *  `changes` are newest first, each with `day` and `small`: whether the entry was only checked. */
export function judge(print, today, { changes, known, reviewed }) {
  if (Number.isNaN(read(print))) return ["unknown", ""];
  // The reader's day may not have begun where the print was made.
  if (read(print) > today + DAY) return ["future", ""];
  if (!known) return [reviewed > print ? "maybe" : "maybe_not", reviewed];
  const since = changes.filter((change) => change.day > print);
  if (since.some((change) => !change.small)) return ["changed", ""];
  if (since.length) return ["reviewed_since", since[0].day];
  const last = changes.find((change) => !change.small);
  return last ? ["last", last.day] : ["unchanged", ""];
}

export class CommonsEdition extends HTMLElement {
  connectedCallback() {
    const print = new URLSearchParams(location.search).get("d");
    if (print === null) return;
    this.words = JSON.parse(document.querySelector('[data-part="edition-words"]').textContent);
    this.list = document.getElementById("changes");
    const lines = [...(this.list?.querySelectorAll("li") ?? [])];
    const changes = lines.map((line) => ({ day: line.querySelector("time").dateTime, small: line.hasAttribute("data-small") }));
    const [name, day] = judge(print, Date.now(), { changes, known: this.hasAttribute("data-known"), reviewed: this.dataset.reviewed });
    if (name === "changed") lines.filter((line, number) => changes[number].day > print).forEach((line) => this.mark(line));
    this.tell(name, print, day);
  }

  tell(name, print, last) {
    const notice = document.createElement("p");
    notice.className = `c-notice c-notice--${name === "changed" || name === "maybe" ? "changed" : "print"}`;
    const text = this.words.edition[name].replace("{day}", () => this.date(print)).replace("{last}", () => this.date(last));
    notice.append(text);
    if (name === "changed") notice.append(" ", this.link("#changes", this.words.edition.see));
    else if (name === "maybe" && this.dataset.history) notice.append(" ", this.link(this.dataset.history, this.words.edition.history));
    this.setAttribute("role", "status");
    this.append(notice);
  }

  link(address, text) {
    const link = document.createElement("a");
    link.href = address;
    link.textContent = text;
    if (this.list) link.addEventListener("click", () => { this.list.open = true; });
    return link;
  }

  /** Mark a line of the list as newer than the print, in words too. */
  mark(line) {
    this.list.open = true;
    line.setAttribute("data-since", "");
    const note = document.createElement("strong");
    note.textContent = this.words.edition.since;
    line.append(" (", note, ")");
  }

  /** `22 November 2026`, in the way of the site's language. */
  date(text) {
    const [year, month, day] = text.split("-");
    const values = { day: String(Number(day)), month: this.words.date.months[Number(month) - 1], year };
    return this.words.date.day.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }
}
customElements.define("commons-edition", CommonsEdition);
