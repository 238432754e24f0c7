// "Make the PDF": the worker that sets it, what it says on its way, and the finished file.

import { freshJson, isKept, keepPages, pagesKept } from "./kept.mjs";
import { count, fill, make } from "./words.mjs";
import { slug } from "./workshop-document.mjs";
import { neededFonts } from "./workshop-fonts.mjs";

const MB = 1_000_000;
// Milliseconds without a change after which a document is set ahead.
const PAUSE = 1000;
const CARD = /card-overflow\W+([a-z0-9-]+)\W+(front|back)/;

const mb = (bytes) => (bytes / MB).toFixed(bytes < 10 * MB ? 1 : 0);
/** A size as readers see it: 340 KB, 1.9 MB. */
export const size = (bytes, texts) => (bytes < MB ? fill(texts.kb, { n: Math.max(1, Math.round(bytes / 1000)) }) : fill(texts.mb, { n: mb(bytes) }));

export class Maker {
  /** `parts` are those of the page; `compose` gives the data of the document and the titles of its entries. */
  constructor(root, parts, words, compose) {
    Object.assign(this, { root: new URL(root, document.baseURI).href, parts, words, compose, turn: 0 });
    parts.make.addEventListener("click", () => this.make());
  }

  /** Say what a PDF takes here, or why there is none: `manifest` is `workshop/print.json`, or null. Gives whether it can be made. */
  async offer(manifest) {
    this.manifest = manifest;
    this.program = manifest?.compiler === false ? null : await freshJson(`${this.root}vendor/typst-compiler/program.json`).catch(() => null);
    const can = typeof WebAssembly === "object" && typeof Worker === "function" && typeof DecompressionStream === "function";
    const { js } = this.words;
    this.parts.make.hidden = !can || !this.program || !manifest;
    if (this.parts.make.hidden) this.parts.size.textContent = can ? js.no_compiler : js.no_browser;
    else await this.#tell();
    const plainFirst = this.parts.make.hidden || navigator.connection?.saveData === true;
    this.parts.plain.classList.toggle("c-button--main", plainFirst);
    this.parts.make.classList.toggle("c-button--main", !plainFirst);
    return !this.parts.make.hidden;
  }

  async #tell() {
    const { js } = this.words;
    const bytes = this.program.bytes + this.manifest.kept + neededFonts(this.manifest.fonts, "").reduce((sum, font) => sum + font.bytes, 0);
    const kept = await isKept(`${this.root}vendor/typst-compiler/${this.program.file}?v=${this.program.version}&bytes=${this.program.bytes}`);
    const whole = kept && this.manifest.kept && (await pagesKept(this.root));
    const text = whole ? js.ready_all : kept ? js.ready : navigator.connection?.saveData ? js.save_data : js.size;
    this.parts.size.textContent = fill(text, { size: mb(bytes) });
  }

  async make() {
    if (this.busy) return;
    const { js } = this.words;
    this.#busy(true);
    this.#stage(js.reading);
    const turn = (this.turn += 1);
    try {
      const data = await this.compose();
      if (!data) { this.#stage(js.nothing); return; }
      this.last = JSON.stringify(data);
      const { bytes, pages } = await this.#set({ root: this.root, data, program: this.program, turn });
      this.#show(bytes, pages, data);
      await this.#tell();
      // Only now, since nothing is kept unasked.
      keepPages(this.root).then((done) => done && this.#tell());
    } catch (error) {
      this.#stage(fill(js.failed, { reason: this.#reason(error) }));
    } finally { this.#busy(false); }
  }

  /** Set the document after a change, where the compiler is at hand already, so that the button has little left to do. */
  prepare() {
    clearTimeout(this.soon);
    if (this.worker && navigator.connection?.saveData !== true) this.soon = setTimeout(() => this.#ahead(), PAUSE);
  }

  async #ahead() {
    if (this.busy || document.hidden) return;
    if (this.setting) { this.again = true; return; }
    const data = await this.compose().catch(() => null);
    const text = data && JSON.stringify(data);
    if (!text || text === this.last || !this.worker || this.busy || this.setting) return;
    this.last = text;
    this.setting = true;
    this.worker.postMessage({ root: this.root, data, program: this.program, ahead: true });
  }

  /** One document at a time is set ahead; what has changed meanwhile comes next. */
  #wasAhead(full) {
    this.setting = false;
    if (full && !this.busy) this.#drop();
    if (this.again) { this.again = false; this.prepare(); }
  }

  /** Give the data to the worker, which gives the PDF and its number of pages; one that broke is replaced at the next try. */
  #set(asked) {
    this.worker ??= new Worker(`${this.root}workshop/worker.mjs`, { type: "module" });
    return new Promise((resolve, reject) => {
      this.worker.onmessage = ({ data }) => {
        if (data.type === "stage") this.#progress(data);
        else if (data.type === "ahead") this.#wasAhead(data.full);
        else if (data.type === "pdf") { if (data.full) this.#drop(); resolve(data); }
        else { if (!data.said) this.#drop(); reject(Object.assign(new Error(data.reason), { said: data.said })); }
      };
      this.worker.onerror = (event) => { this.#drop(); reject(new Error(event.message ?? "worker")); };
      this.worker.postMessage(asked);
    });
  }

  #drop() {
    this.worker?.terminate();
    Object.assign(this, { worker: null, setting: false });
  }

  #progress({ stage, done, all }) {
    const bar = this.parts.progress.querySelector("progress");
    if (all) Object.assign(bar, { max: all, value: done });
    else bar.removeAttribute("value");
    const text = fill(this.words.js[stage], { done: mb(done ?? 0), all: mb(all ?? 0) });
    // Politely: a screen reader hears of every tenth of the way, not of every packet.
    const step = all ? `${stage} ${Math.floor((10 * done) / all)}` : stage;
    if (step !== this.step) this.#stage(text);
    this.step = step;
  }

  #busy(on) {
    this.busy = on;
    this.parts.make.ariaDisabled = String(on);
    this.parts.progress.hidden = !on;
  }

  #stage(text) { this.parts.stage.textContent = text; }

  #reason(error) {
    const { js } = this.words;
    if (!error.said) return js.failed_connection;
    const found = CARD.exec(error.message);
    if (!found) return error.message.slice(0, 400);
    return fill(js.failed_card, { side: js.sides[found[2]], title: this.titles?.get(found[1]) ?? found[1] });
  }

  #show(bytes, pages, data) {
    const { js } = this.words;
    const name = `${slug(data.document.title)}-${data.edition}-${data.paper === "a4" ? "a4" : "letter"}.pdf`;
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = URL.createObjectURL(new File([bytes], name, { type: "application/pdf" }));
    this.parts.result.replaceChildren(
      make("a", { className: "c-button c-button--main", href: this.url, target: "_blank" }, fill(js.show, { name })), " ",
      make("a", { className: "c-button", href: this.url, download: name }, fill(js.keep, { name })),
    );
    this.parts.result.hidden = false;
    this.made = true;
    this.#stage(count(js.done, pages).replace("{size}", size(bytes.length, js)));
  }

  /** The selection is another one now than that of the finished PDF. */
  outdated() {
    if (!this.made) return;
    this.made = false;
    this.#stage(this.words.js.changed);
  }
}
