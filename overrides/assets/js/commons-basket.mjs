// The way to the workshop in the header, with the number of entries chosen; not there while none is.

import { watch } from "./basket.mjs";
import { count } from "./words.mjs";

export class CommonsBasket extends HTMLElement {
  connectedCallback() {
    this.link = this.querySelector("a");
    this.number = this.querySelector('[data-part="count"]');
    this.end = watch((ids) => this.show(ids.length));
  }

  disconnectedCallback() { this.end?.(); }

  show(n) {
    this.hidden = !n;
    this.number.textContent = n;
    this.link.ariaLabel = count(this.dataset, n);
    this.link.title = this.link.ariaLabel;
  }
}
customElements.define("commons-basket", CommonsBasket);
