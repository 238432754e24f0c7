// A line a place over the years, drawn like the charts of the build (macros/figures/charts.py): a dash of its own for each line, its
// name and last value at its end, the colours of the page. A year without a value breaks the line, a value alone is a dot.

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [380, 190, 40, 116, 8, 22];
const LINE_HEIGHT = 13;
const DASHES = ["", "5 3", "1.5 2.5", "8 3 2 3", "12 4", "3 6"];
const COLOURS = ["var(--c-f1)", "var(--c-f2)", "var(--c-f4)", "var(--c-ink)", "var(--c-f1)", "var(--c-f2)"];
const [INK, SOFT, LINE] = ["var(--c-ink)", "var(--c-ink-soft)", "var(--c-line)"];

function draw(tag, properties, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(properties)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A round number that is not below any value. */
export function topOf(most, percent) {
  if (!(most > 0)) return 1;
  const step = 10 ** Math.floor(Math.log10(most));
  const top = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((part) => step * part >= most * 0.9999) * step;
  return Number((percent && most <= 100 ? Math.min(top, 100) : top).toPrecision(6));
}

/** The years with a value, cut where one is missing. */
export function runsOf(values) {
  const runs = [];
  for (const year of Object.keys(values).map(Number).sort((a, b) => a - b)) {
    if (runs.at(-1)?.at(-1) === year - 1) runs.at(-1).push(year);
    else runs.push([year]);
  }
  return runs;
}

/** Heights of labels of so many lines each, in the order of their values, pushed apart where they would touch. */
export function apart(wanted, sizes, low, high) {
  const placed = [];
  wanted.forEach((height, number) => placed.push(Math.max(height, number ? placed[number - 1] + sizes[number - 1] : low)));
  for (let number = placed.length - 1, floor = high; number >= 0; number -= 1) {
    placed[number] = Math.min(placed[number], floor - sizes[number]);
    floor = placed[number];
  }
  return placed;
}

function wrapped(text, most) {
  const lines = [""];
  for (const word of text.split(" ")) {
    if (lines.at(-1) && `${lines.at(-1)} ${word}`.length > most) lines.push(word);
    else lines[lines.length - 1] = `${lines.at(-1)} ${word}`.trim();
  }
  return lines;
}

/** The drawing of lines `{ label, values, quiet }` over the years; `axis` says a number of the axis. Labels stand at the ends, but for quiet lines. */
export function lineChart(lines, since, until, percent, axis) {
  const most = topOf(Math.max(...lines.flatMap((line) => Object.values(line.values))), percent);
  const x = (year) => LEFT + ((year - since) / (until - since || 1)) * (WIDTH - LEFT - RIGHT);
  const y = (value) => HEIGHT - BOTTOM - (value / most) * (HEIGHT - TOP - BOTTOM);
  const chart = draw("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true", "font-size": 11, fill: "none" });
  for (const part of [0, 0.25, 0.5, 0.75, 1]) {
    const height = y(most * part);
    chart.append(draw("path", { d: `M${LEFT} ${height}H${WIDTH - RIGHT}`, stroke: part ? LINE : SOFT }));
    if (part !== 0.25 && part !== 0.75) chart.append(draw("text", { x: LEFT - 6, y: height + 4, fill: SOFT, "text-anchor": "end" }, axis(most * part)));
  }
  for (let year = Math.ceil(since / 5) * 5; year <= until; year += 5) {
    chart.append(draw("path", { d: `M${x(year)} ${HEIGHT - BOTTOM}v4`, stroke: SOFT }));
    chart.append(draw("text", { x: x(year), y: HEIGHT - 5, fill: SOFT, "text-anchor": "middle" }, String(year)));
  }
  const ends = [];
  let number = 0;
  for (const line of lines) {
    const place = line.quiet ? -1 : number++ % DASHES.length;
    const [stroke, dash, width] = line.quiet ? [SOFT, "", 0.75] : [COLOURS[place], DASHES[place], place ? 1.75 : 2.5];
    for (const run of runsOf(line.values)) {
      const points = run.map((year) => `${x(year).toFixed(1)} ${y(line.values[year]).toFixed(1)}`);
      if (run.length > 1) chart.append(draw("path", { d: `M${points.join("L")}`, stroke, "stroke-width": width, "stroke-dasharray": dash, "stroke-linejoin": "round" }));
      else chart.append(draw("circle", { cx: x(run[0]), cy: y(line.values[run[0]]), r: 2.5, fill: stroke }));
    }
    const last = Math.max(...Object.keys(line.values).map(Number));
    if (!line.quiet && last > 0) ends.push({ height: y(line.values[last]), said: wrapped(line.label, 16), stroke, dash, width });
  }
  ends.sort((one, other) => one.height - other.height);
  const heights = apart(ends.map((end) => end.height - 6), ends.map((end) => end.said.length * LINE_HEIGHT), -2, HEIGHT - BOTTOM + 8);
  ends.forEach(({ said, stroke, dash, width }, place) => {
    const [left, height] = [WIDTH - RIGHT + 4, heights[place] + 6];
    chart.append(draw("path", { d: `M${left} ${height}h14`, stroke, "stroke-width": width, "stroke-dasharray": dash }));
    said.forEach((text, line) => chart.append(draw("text", { x: left + 18, y: height + 4 + line * LINE_HEIGHT, fill: INK }, text)));
  });
  return chart;
}
