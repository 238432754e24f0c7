// Opens the menu of narrow screens from the keyboard too: Material's own is a label, which a keyboard does not reach.

const drawer = () => document.getElementById("__drawer");
const panel = () => document.querySelector(".md-sidebar--primary");

/** Say what Material's way to a further level of the menu is, and whether it is open; Material opens it with Enter.
 *  An open level covers the one before it, so its title is the way back, and takes over the focus. */
function nameLevel(label) {
  const toggle = document.getElementById(label.htmlFor);
  const back = label.closest("li").querySelector(":scope > .md-nav > .md-nav__title");
  const name = label.textContent.trim() || label.parentElement.textContent.trim();
  const tell = () => {
    for (const way of [label, back]) way.setAttribute("aria-expanded", String(toggle.checked));
    // The level is still sliding in: a browser that scrolled to it would push it out of the drawer.
    if (document.activeElement === (toggle.checked ? label : back)) (toggle.checked ? back : label).focus({ preventScroll: true });
  };
  for (const way of [label, back]) {
    way.setAttribute("role", "button");
    way.setAttribute("aria-label", name);
    way.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); way.click(); } });
  }
  // Material leaves the way to the level of the present page out of the order.
  label.tabIndex = 0;
  toggle.addEventListener("change", tell);
  tell();
  return back;
}

export class CommonsMenu extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.button.addEventListener("click", () => this.toggle(!drawer().checked));
    drawer().addEventListener("change", this.tell);
    addEventListener("keydown", this.keys);
    addEventListener("focusin", this.leave);
    this.ways = [...(panel()?.querySelectorAll("label[tabindex]") ?? [])].map(nameLevel);
    this.tell();
  }

  disconnectedCallback() {
    drawer()?.removeEventListener("change", this.tell);
    removeEventListener("keydown", this.keys);
    removeEventListener("focusin", this.leave);
  }

  toggle(open) {
    drawer().checked = open;
    drawer().dispatchEvent(new Event("change"));
    const first = () => [...panel().querySelectorAll("a[href]:not(.md-logo), label[tabindex]")].find((one) => one.checkVisibility({ visibilityProperty: true }));
    if (open) first()?.focus();
    else this.button.focus();
  }

  tell = () => {
    const open = drawer().checked;
    this.button.setAttribute("aria-expanded", String(open));
    // What is out of sight is out of reach, on the screens that have a drawer.
    panel()?.classList.toggle("c-drawer--open", open);
    for (const way of this.ways) way.tabIndex = open ? 0 : -1;
  };

  /** The drawer covers the page: it closes when the focus goes on to what lies below it. */
  leave = ({ target }) => {
    if (!drawer().checked || panel().contains(target) || this.contains(target)) return;
    drawer().checked = false;
    drawer().dispatchEvent(new Event("change"));
  };

  keys = (event) => { if (event.key === "Escape" && drawer().checked) this.toggle(false); };
}
customElements.define("commons-menu", CommonsMenu);
