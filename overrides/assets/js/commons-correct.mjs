// The form for a correction: what is known of it stands in the address, what is written goes to the editors in one of three ways.
// Nothing is sent from here, and nothing is kept.

import { loadCatalogue, readJson } from "./catalogue.mjs";
import { LONGEST_MAIL, LONGEST_PAGE, copy } from "./entry-send.mjs";
import { fill, make, wordsOf } from "./words.mjs";

/** The address of the repository's page for a new issue, and whether the text fits into it. */
export function newIssue(form, title, text) {
  const names = form.repository_middle ? ["issue[title]", "issue[description]"] : ["title", "body"];
  const place = `${form.repository}/${form.repository_middle}issues/new?${encodeURIComponent(names[0])}=${encodeURIComponent(title)}`;
  const address = `${place}&${encodeURIComponent(names[1])}=${encodeURIComponent(text)}`;
  return address.length <= LONGEST_PAGE ? { address, whole: true } : { address: place, whole: false };
}

/** The address of an e-mail with the text, and whether it fits. */
export function letter(form, title, text) {
  const place = `mailto:${form.email}?subject=${encodeURIComponent(`${form.site_name}: ${title}`)}`, address = `${place}&body=${encodeURIComponent(text)}`;
  return address.length <= LONGEST_MAIL ? { address, whole: true } : { address: place, whole: false };
}

export class CommonsCorrect extends HTMLElement {
  async connectedCallback() {
    this.words = wordsOf(this);
    const part = (name) => this.querySelector(`[data-part="${name}"]`);
    Object.assign(this, { fields: this.querySelector("form"), without: part("without"), ways: part("ways"), status: part("status"), page: part("page") });
    try {
      const root = this.dataset.root;
      [this.form, this.catalogue] = await Promise.all([readJson(`${root}contribute/form.json`), loadCatalogue(root)]);
    } catch { this.without.textContent = this.words.lost; return; }
    this.prefill(new URLSearchParams(location.search));
    this.without.hidden = true;
    this.fields.hidden = false;
    this.fields.addEventListener("change", () => this.demand());
    this.fields.addEventListener("input", () => { this.ways.hidden = true; this.status.textContent = ""; });
    this.fields.addEventListener("submit", (event) => { event.preventDefault(); this.offer(); });
  }

  /** What an address such as ?entry=an-id&about=wrong&what=text fills in; an entry that the site has gets its title and its link. */
  prefill(asked) {
    const { entry, about, what, source } = this.fields.elements, wished = asked.get("entry") ?? "";
    const id = this.form.aliases[wished] ?? wished, place = this.catalogue.placeOf.get(id);
    entry.value = place === undefined ? wished : this.catalogue.data.titles[place];
    if (place !== undefined) {
      const folder = this.form.folders[this.catalogue.value(place, "kind")];
      this.known = { id, title: entry.value, path: `content/${folder}/${id}.md` };
      this.page.replaceChildren(make("a", { href: `${this.dataset.root}${folder}/${id}/`, target: "_blank" }, fill(this.words.open, { title: entry.value })));
      this.page.hidden = false;
    }
    if (["holds", "wrong"].includes(asked.get("about"))) about.value = asked.get("about");
    what.value = asked.get("what") ?? "";
    source.value = asked.get("source") ?? "";
    this.demand();
  }

  /** What is wrong must be said, and where it can be checked; what still holds may stand alone. */
  demand() {
    const { about, what, source } = this.fields.elements;
    for (const field of [what, source]) field.required = about.value === "wrong";
  }

  /** The text for the editors, and the ways to send it. */
  offer() {
    const { words, form } = this, field = (name) => this.fields.elements[name].value.trim();
    const known = this.known?.title === field("entry") ? this.known : null, name = known?.id ?? field("entry");
    const title = fill(words.title[field("about")], { entry: name });
    const line = (label, text) => (text ? `${label}: ${text}` : "");
    const text = [known ? `${known.title} (${known.path})` : field("entry"), words[field("about")], field("what"), line(words.source, field("source")), line(words.from, field("name"))].filter(Boolean).join("\n\n");
    const way = (about, { address, whole }, main) => {
      const mail = address.startsWith("mailto:"), link = make("a", { className: main ? "c-button c-button--main" : "c-button", href: address, target: mail ? "_self" : "_blank", rel: "noopener" }, words[about]);
      if (!whole) link.addEventListener("click", () => this.copied(text, words.long));
      return make("p", {}, link, " ", words[`${about}_about`]);
    };
    const button = make("button", { type: "button", className: "c-button" }, words.copy);
    button.addEventListener("click", () => this.copied(text, words.copied));
    const place = `${form.repository}/${form.repository_middle}edit/${form.branch}/`;
    this.ways.replaceChildren(make("h2", { tabIndex: -1 }, words.send), make("blockquote", { className: "c-correct__text" }, text),
      ...(form.repository ? [way("issue", newIssue(form, title, text), true)] : []), way("email", letter(form, title, text), !form.repository), make("p", {}, button),
      ...(form.repository && known ? [make("p", {}, make("a", { href: place + known.path, target: "_blank", rel: "noopener" }, words.edit))] : []));
    this.ways.hidden = false;
    this.ways.querySelector("h2").focus();
  }

  async copied(text, said) { this.status.textContent = (await copy(text)) ? said : this.words.not_copied; }
}

customElements.define("commons-correct", CommonsCorrect);
