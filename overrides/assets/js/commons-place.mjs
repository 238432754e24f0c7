// The reader's own place: a government of the pool, or what the reader says of theirs.
// Says `commons-place` ({ like, own }) when the reader changes it.

import { make } from "./words.mjs";

const option = (value, label) => make("option", { value }, label);

export class CommonsPlace extends HTMLElement {
  build(catalogue, words) {
    const governments = catalogue.facet("government");
    const known = (governments?.values ?? []).map((id, n) => [id, governments.labels[n]]).filter(([id]) => catalogue.governments[id]);
    this.pick = make("select", {}, option("", words.pick_none), ...known.map(([id, label]) => option(id, label)));
    this.fields = catalogue.dimensions.map((dimension) => {
      const select = make("select", {}, option("", words.unknown), ...dimension.values.map((value, n) => option(value, dimension.labels[n])));
      return { dimension, select, label: make("label", {}, dimension.label, select) };
    });
    this.catalogue = catalogue;
    this.forget = make("button", { type: "button", className: "c-button", hidden: true }, words.clear);
    const fields = make("fieldset", {}, make("legend", { className: "c-hidden" }, words.title), make("p", {}, words.intro),
      make("label", {}, words.pick, this.pick), ...this.fields.map(({ label }) => label), make("p", { className: "c-intro" }, words.how), this.forget);
    this.details = make("details", { className: "c-facet c-place" }, make("summary", {}, words.title), fields);
    this.replaceChildren(this.details);
    this.pick.addEventListener("change", () => this.#say({ like: this.pick.value, own: {} }));
    for (const { select } of this.fields) select.addEventListener("change", () => this.#say({ like: this.pick.value, own: this.#own() }));
    this.forget.addEventListener("click", () => { this.#say({ like: "", own: {} }); this.details.querySelector("summary").focus(); });
    return this;
  }

  /** Show the place of a state: what is known of the picked government, over it what the reader said. */
  show(state) {
    const known = this.catalogue.governments[state.like] ?? {};
    this.pick.value = state.like;
    for (const { dimension, select } of this.fields) {
      select.value = state.own[dimension.name] ?? dimension.values[known[dimension.name]] ?? "";
    }
    this.forget.hidden = !state.like && !Object.keys(state.own).length;
    if (!this.forget.hidden) this.details.open = true;
  }

  /** What the reader said beyond what is known of the picked government. */
  #own() {
    const known = this.catalogue.governments[this.pick.value] ?? {};
    const said = this.fields.filter(({ dimension, select }) => select.value && select.value !== dimension.values[known[dimension.name]]);
    return Object.fromEntries(said.map(({ dimension, select }) => [dimension.name, select.value]));
  }

  #say(detail) { this.dispatchEvent(new CustomEvent("commons-place", { bubbles: true, detail })); }
}
customElements.define("commons-place", CommonsPlace);
