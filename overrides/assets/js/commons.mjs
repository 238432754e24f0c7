// The only script that every page names. Each element has a file of its own, which is loaded where the element stands.
const elements = [
  "commons-menu", "commons-search", "commons-explore", "commons-compare", "commons-progress", "commons-matrix", "commons-contribute", "commons-edition",
  "commons-basket", "commons-add", "commons-workshop", "commons-correct",
];

// Material turns pages with p, n, comma and full stop; a key alone that does something trips those who speak to their
// computer (WCAG 2.1.4), so these do nothing here. The search has a switch for its own.
addEventListener("keydown", (event) => {
  if ("pn,.".includes(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
}, true);

if ("embed" in document.documentElement.dataset) import("./embed.mjs");
for (const name of elements) {
  if (document.querySelector(name)) import(`./${name}.mjs`);
}
