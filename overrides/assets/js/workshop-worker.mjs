// Sets documents as PDF, away from the page. It holds our templates, fonts and the data of one document, and nothing else;
// the compiler stays for the next one.

import { freshJson, fresh, once } from "./kept.mjs";
import { addressesOf, drawn } from "./workshop-document.mjs";
import { neededFonts, settable } from "./workshop-fonts.mjs";
import { pack } from "./workshop-pack.mjs";

// Bytes.
const MOST = 2 ** 30;

let typst, compiler, program, held;
const fonts = new Set();

const say = (stage, part = {}) => postMessage({ type: "stage", stage, ...part });

async function unpacked(bytes) {
  // A server may have unpacked the file on its way.
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
}

async function fontBytes(wanted, root) {
  const all = wanted.reduce((sum, font) => sum + font.bytes, 0);
  let done = 0;
  const loaded = (n) => { done += n; say("fonts", { done, all }); };
  return Promise.all(wanted.map((font) => once(`${root}workshop/fonts/${font.file}?bytes=${font.bytes}`, loaded)));
}

/** The compiler with the fonts that a text needs; made anew only where a font is missing. */
async function ready(root, about, list, text) {
  const wanted = neededFonts(list, text);
  if (compiler && wanted.every((font) => fonts.has(font.file))) return;
  const folder = `${root}vendor/typst-compiler/`;
  let done = 0;
  const wasm = `${folder}${about.file}?v=${about.version}&bytes=${about.bytes}`;
  const packed = typst ? null : await once(wasm, (n) => { done += n; say("loading", { done, all: about.bytes }); });
  const bytes = await fontBytes(list.filter((font) => wanted.includes(font) || fonts.has(font.file)), root);
  say("starting");
  if (!typst) {
    // The script is kept too; where its own address does not answer, it comes from the device.
    const script = await (await fresh(`${folder}${about.script}`)).blob();
    const loaded = await import(`${folder}${about.script}`).catch(() => import(URL.createObjectURL(new Blob([script], { type: "text/javascript" }))));
    program = await loaded.default({ module_or_path: (await unpacked(packed)).buffer });
    typst = loaded;
  }
  const builder = new typst.TypstCompilerBuilder();
  builder.set_dummy_access_model();
  for (const font of bytes) await builder.add_raw_font(font);
  compiler = await builder.build();
  for (const font of wanted) fonts.add(font.file);
}

async function codes(data, root) {
  const addresses = addressesOf(data);
  if (!Object.keys(addresses).length) return {};
  const { correction, generate } = await import(`${root}vendor/lean-qr/index.mjs`);
  const draw = (address) => drawn(generate(address, { minCorrectionLevel: correction.M, maxCorrectionLevel: correction.M }));
  return Object.fromEntries(Object.entries(addresses).map(([id, address]) => [id, draw(address)]));
}

/** What every document is set from, as the site has it. */
async function paper(root) {
  const manifest = await freshJson(`${root}workshop/print.json`);
  const sources = await Promise.all(manifest.templates.map(async (name) => [name, await (await fresh(`${root}workshop/templates/${name}`)).text()]));
  const letters = await (await fresh(`${root}workshop/letters.txt`)).text();
  return { manifest, sources, letters };
}

/** A document as PDF. Set ahead of the wish for it, it is made of what is here, so that nothing is loaded unasked; null where that is too little. */
async function make({ root, data, program: about, ahead }) {
  if (!ahead) {
    say("reading");
    held = await paper(root);
  }
  if (!held || (ahead && !compiler)) return null;
  const { manifest, sources, letters } = held;
  data.codes = await codes(data, root);
  const text = settable(JSON.stringify(data), letters);
  if (!ahead) {
    await ready(root, about, manifest.fonts, text);
    say("setting");
  } else if (!neededFonts(manifest.fonts, text).every((font) => fonts.has(font.file))) return null;
  compiler.reset();
  compiler.reset_shadow();
  for (const [name, source] of sources) compiler.add_source(`/${name}`, source);
  compiler.map_shadow("/data.json", new TextEncoder().encode(text));
  const world = compiler.snapshot(null, "/main.typ", null);
  // 1 is PDF, 3 all that the compiler has to say.
  const { result, diagnostics } = world.get_artifact(1, 3);
  world.free();
  if (!result) throw Object.assign(new Error(JSON.stringify(diagnostics)), { said: true });
  return result;
}

if (typeof WorkerGlobalScope !== "undefined") {
  addEventListener("message", async ({ data: asked }) => {
    if (asked.ahead) {
      // What fails now fails again when it is asked for, and is told then.
      await make(asked).catch(() => null);
      postMessage({ type: "ahead", full: program?.memory.buffer.byteLength > MOST });
      return;
    }
    try {
      const { pdf, pages } = await pack(await make(asked));
      // What was set stays with the compiler, so that a second time is quick; one that has grown too large is given up.
      postMessage({ type: "pdf", bytes: pdf, pages, turn: asked.turn, full: program.memory.buffer.byteLength > MOST }, [pdf.buffer]);
    } catch (error) {
      postMessage({ type: "failed", reason: String(error?.message ?? error), said: Boolean(error?.said), turn: asked.turn });
    }
  });
}
