// What is printed, as plain data: the same that macros/print/document.py puts together for the build and the command line.
// All that can be derived from them is derived by the templates.

export const PAPER_NAMES = { a4: "a4", letter: "us-letter" };
// A longer address makes a code that no phone reads from paper; macros/print/document.py has the same bound.
const LONGEST_CODE = 300;

/** Whether the steps of a bundle are an agenda that someone wrote, rather than one step an entry. */
export const hasAgenda = (bundle) => Boolean(bundle?.document.objectives?.length);

/** The steps of a workshop before anyone changes their minutes; `titles` has a title for each id. */
export function stepsOf(ids, bundle, frame, titles) {
  if (hasAgenda(bundle)) {
    const printed = new Set(ids);
    return bundle.document.steps.map((step) => ({ ...step, entries: step.entries.filter((id) => printed.has(id)) }));
  }
  return ids.map((id) => ({ title: titles.get(id) ?? id, ...frame.reading, entries: [id] }));
}

/** The data of a document. `chosen` has ids, state, bundle (its file or null), facets (their labels), and whether the
 *  ids are those of the bundle or the facets as they stand; `fragments` are those of the ids, in order. */
export function compose(chosen, frame, fragments) {
  const { state, bundle, ids, whole } = chosen;
  const titles = new Map(fragments.map((entry) => [entry.id, entry.title]));
  const steps = stepsOf(ids, bundle, frame, titles).map((step, n) => ({ ...step, minutes: state.minutes[n] ?? step.minutes }));
  const own = bundle?.document ?? { id: "", title: chosen.label || frame.words.selection, summary: "", coalition: "", "edition-name": "", audience: "", objectives: [], sections: [], sources: [] };
  const newest = [...fragments.map((entry) => entry.day), ...(bundle ? [bundle.document.day] : [])].reduce((a, b) => (a > b ? a : b), "");
  const said = {
    ...own,
    title: state.title || own.title,
    day: state.date || (bundle && whole ? bundle.document.day : newest),
    url: frame.site && (bundle && whole ? own.url : `${frame.site}${chosen.address}`),
    start: state.start,
    steps,
  };
  return { edition: state.edition, paper: PAPER_NAMES[state.paper], frame, document: said, entries: fragments, codes: {} };
}

/** The addresses that get a code, by the id that the templates know them by; the document's own has none. */
export function addressesOf(data) {
  const { frame, document } = data;
  if (!frame.site) return {};
  const found = { "": document.url };
  for (const { id } of data.entries) found[id] = `${frame.site}e/${id}/?d=${document.day}`;
  return Object.fromEntries(Object.entries(found).filter(([, address]) => address && address.length <= LONGEST_CODE));
}

/** A QR code as SVG: one path of dark squares with a border of one. */
export function drawn(code) {
  const side = code.size + 2;
  let path = "";
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) {
      let run = 0;
      while (code.get(x + run, y)) run += 1;
      if (run) path += `M${x + 1} ${y + 1}h${run}v1h-${run}z`;
      x += run;
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${side * 4}" height="${side * 4}" viewBox="0 0 ${side} ${side}"><path fill="#fff" d="M0 0h${side}v${side}h-${side}z"/><path fill="#000" d="${path}"/></svg>`;
}

/** The name of a file: letters, digits and hyphens of a title, as an id has them. */
export function slug(title) {
  const plain = title.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return plain.slice(0, 60).replace(/^-+|-+$/g, "") || "workshop";
}
