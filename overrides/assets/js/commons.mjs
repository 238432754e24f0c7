// The only script that every page names. Each element has a file of its own, which is loaded where the element stands.
const elements = ["commons-menu", "commons-search", "commons-explore", "commons-compare"];

for (const name of elements) {
  if (document.querySelector(name)) import(`./${name}.mjs`);
}
