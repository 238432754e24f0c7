// A page inside another site (`?view=embed`): links open in a window of their own, the line at the foot leads to the whole
// page, and with `part=some-id` only that part is shown. The frame of the page is hidden by embed.css before it is painted.

const own = (link) => link.origin === location.origin && link.pathname === location.pathname;

/** The address of a page without what makes it bare. */
export function whole(address) {
  const url = new URL(address);
  const views = url.searchParams.getAll("view").filter((view) => view !== "embed");
  url.searchParams.delete("view");
  for (const view of views) url.searchParams.append("view", view);
  url.searchParams.delete("part");
  return url.href.replaceAll("%2C", ",").replaceAll("%2F", "/");
}

/** Hide all of the page but one part and what is around it; the title of the page stays for those who hear it. */
function only(part) {
  for (let here = part; here.parentElement && here !== document.body; here = here.parentElement) {
    for (const other of here.parentElement.children) {
      if (other === here || other.matches(".c-embedded, script, template, style")) continue;
      if (other.matches("h1")) other.classList.add("c-hidden");
      else other.hidden = true;
    }
  }
}

const part = document.getElementById(new URLSearchParams(location.search).get("part") ?? "");
if (part) only(part);
addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link) return;
  if (link.parentElement.matches(".c-embedded")) link.href = whole(location.href);
  else if (!own(link)) Object.assign(link, { target: "_blank", rel: "noopener" });
}, true);
