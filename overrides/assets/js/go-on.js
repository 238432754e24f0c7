// Leads on to the page named in `data-to`, with the query and the place of this address: the address on paper has the date
// of the print in it. A plain script that comes before the page's own way on, so that it runs first, and from a folder too.
{
  const to = new URL(document.currentScript.dataset.to, location.href);
  if (to.protocol === "file:" && to.pathname.endsWith("/")) to.pathname += "index.html";
  to.search = location.search;
  to.hash = location.hash;
  location.replace(to);
}
