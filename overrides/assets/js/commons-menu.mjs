// Opens the menu of narrow screens from the keyboard too: Material's own is a label, which a keyboard does not reach.

const drawer = () => document.getElementById("__drawer");
const panel = () => document.querySelector(".md-sidebar--primary");

/** Say what Material's way to a further level of the menu is, and whether it is open; Material opens it with Enter. */
function nameLevel(label) {
  const toggle = document.getElementById(label.htmlFor);
  const tell = () => label.setAttribute("aria-expanded", String(toggle.checked));
  label.setAttribute("role", "button");
  label.setAttribute("aria-label", label.textContent.trim() || label.parentElement.textContent.trim());
  label.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); label.click(); } });
  toggle.addEventListener("change", tell);
  tell();
}

export class CommonsMenu extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.button.addEventListener("click", () => this.toggle(!drawer().checked));
    drawer().addEventListener("change", this.tell);
    addEventListener("keydown", this.keys);
    panel()?.querySelectorAll("label[tabindex]").forEach(nameLevel);
    this.tell();
  }

  disconnectedCallback() {
    drawer()?.removeEventListener("change", this.tell);
    removeEventListener("keydown", this.keys);
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
  };

  keys = (event) => { if (event.key === "Escape" && drawer().checked) this.toggle(false); };
}
customElements.define("commons-menu", CommonsMenu);
