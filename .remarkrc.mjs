// Lets editors that know remark (in Visual Studio Code: unifiedjs.vscode-remark) check the fields of entries while someone types.
// `make editor` fetches what this needs, and writes the schemas; before that, nothing is checked here.

import { existsSync, readdirSync, readFileSync } from "node:fs";

const modules = new URL("tools/editor/node_modules/", import.meta.url), folder = new URL(".build/schema/", import.meta.url);
const plugins = [];

if (existsSync(modules) && existsSync(folder)) {
  const [frontmatter, schema] = await Promise.all(["remark-frontmatter/index.js", "remark-lint-frontmatter-schema/dist/index.js"].map((name) => import(new URL(name, modules))));
  const schemas = {};
  for (const name of readdirSync(folder)) {
    const place = JSON.parse(readFileSync(new URL(name, folder), "utf8"))["x-folder"];
    if (place) schemas[`.build/schema/${name}`] = [`content/${place}/*.md`];
  }
  plugins.push(frontmatter.default, [schema.default, { schemas }]);
}

export default { plugins };
