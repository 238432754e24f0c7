// The HTML of our own texts as Markdown: only what macros/text.py lets through. Numbers of sources become citations where
// the keys of the sources are known, and are left out where not.

let keys = [];

const escaped = (text) => text.replace(/[\\`*_[\]]/g, "\\$&").replaceAll("<", "&lt;").replace(/\s+/g, " ");

function inline(node) {
  if (node.nodeType === Node.TEXT_NODE) return escaped(node.data);
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  const inner = () => [...node.childNodes].map(inline).join("");
  const address = node.getAttribute("href") ?? "";
  switch (node.localName) {
    case "strong": case "b": return `**${inner().trim()}**`;
    case "em": case "i": return `*${inner().trim()}*`;
    case "code": return `\`${node.textContent.replaceAll("`", "'")}\``;
    case "sup": return [...node.querySelectorAll('a[href^="#source-"]')].map((link) => keys[Number(link.hash.slice(8)) - 1]).filter(Boolean).map((key) => ` [@${key}]`).join("");
    case "br": return " ";
    // Only addresses of the web: what is relative on a page is another thing in a file.
    case "a": return /^https?:\/\/[^\s()]+$/.test(address) ? `[${inner()}](${address})` : inner();
    default: return inner();
  }
}

// A line that begins like a list, a heading or a quotation is none.
const line = (node) => inline(node).trim().replace(/^(\d+)([.)])(?=\s)/, "$1\\$2").replace(/^([-+#>|=~])/, "\\$1");

function list(node, indent) {
  return [...node.children].map((item, n) => {
    const mark = node.localName === "ol" ? `${n + 1}.` : "-";
    const nested = [...item.children].filter((child) => ["ul", "ol"].includes(child.localName));
    const own = item.cloneNode(true);
    own.querySelectorAll("ul, ol").forEach((child) => child.remove());
    return [`${indent}${mark} ${line(own)}`, ...nested.map((child) => list(child, `${indent}   `))].join("\n");
  }).join("\n");
}

function table(node) {
  const rows = [...node.querySelectorAll("tr")].map((row) => `| ${[...row.children].map((cell) => line(cell).replaceAll("|", "\\|")).join(" | ")} |`);
  const columns = node.querySelector("tr")?.children.length ?? 0;
  return [rows[0], `|${" --- |".repeat(columns)}`, ...rows.slice(1)].join("\n");
}

function block(node) {
  switch (node.localName) {
    case "ul": case "ol": return list(node, "");
    case "table": return table(node);
    case "h3": case "h4": case "h5": case "h6": return `${"#".repeat(Number(node.localName[1]))} ${line(node)}`;
    case "blockquote": return [...node.children].map((child) => `> ${line(child)}`).join("\n>\n");
    case "div": return [...node.children].map(block).join("\n\n");
    default: return line(node);
  }
}

/** The Markdown of a piece of HTML, blocks parted by empty lines; `cited` are the keys of its sources, in order. */
export function markdown(html, cited = []) {
  keys = cited;
  const parsed = new DOMParser().parseFromString(html, "text/html").body;
  return [...parsed.children].map(block).filter(Boolean).join("\n\n");
}
