"""The pool for programs that read text: `llms.txt` and, beside the page of every entry, the same as Markdown (`index.md`).

Source of the form of `llms.txt`: https://llmstxt.org/.
"""

import re
from collections.abc import Iterator

from ..body import CITE_KEY
from ..entries import KINDS
from ..links import entry_of_link, relative
from ..pool import Record
from ..text import link_of
from ..views.cite import in_one_line
from ..views.entry import figures, source_lines
from ..views.facts import facts
from ..views.shapes import Link
from ..views.site import Site

_TARGET = re.compile(r"\]\(<?([^()\s<>]+\.md(?:#[\w-]*)?)>?([^()\n]*)\)")
_CITED = re.compile(r"\[(@[^\[\]\n]*)\]")
_SIGNS = re.compile(r"([\\`*_\[\]<>#|])")


def texts(site: Site) -> Iterator[tuple[str, bytes]]:
    """`llms.txt`, then the Markdown of every entry that has a page."""
    yield "llms.txt", _overview(site).encode()
    for record in site.catalogue.records:
        yield f"{link_of(record)}index.md", entry_markdown(record, site).encode()


def _overview(site: Site) -> str:
    settings = site.settings
    lines = [f"# {settings.site_name}", "", f"> {settings.description or settings.site_name}", "", site.strings("data.llms"), ""]
    for name in ("entries.json", "bibliography.json", "vocabularies.jsonld", "datapackage.json"):
        lines.append(f"- [{name}]({settings.address(f'data/{name}')}): {site.strings.get('data.files')[name]}")
    for kind in KINDS:
        if records := site.catalogue.by_kind[kind]:
            lines += ["", f"## {site.strings(f'kinds.{kind}.many')}", ""]
            lines += [f"- [{_plain(r.entry.title)}]({settings.address(f'{link_of(r)}index.md')}): {_plain(r.entry.summary)}" for r in records]
    return "\n".join(lines) + "\n"


def entry_markdown(record: Record, site: Site) -> str:
    """An entry as Markdown: title, facts, figures, text with numbered sources, how to cite it."""
    entry, url = record.entry, link_of(record)
    words = {name: site.strings(f"entry.{name}") for name in ("facts", "figures", "sources", "cite", "licence")}
    lines = [f"# {_plain(entry.title)}", "", f"*{site.strings(f'kinds.{record.kind}.one')}.* {_plain(entry.summary)}", ""]
    if entry.status != "published":
        lines += [f"**{site.strings(f'status.{entry.status}')}.**", ""]
    lines += [f"## {words['facts']}", ""]
    lines += [f"- {_plain(fact.label)}: {', '.join(_link(item, url) for item in fact.items)}" for fact in facts(record, site)]
    if found := figures(record, site):
        lines += ["", f"## {words['figures']}", ""]
        for figure in found:
            note = f" {_plain(figure.note)}" if figure.note else ""
            lines.append(f"- {_plain(figure.claim)}: {_plain(figure.value)} ({figure.year}, {figure.kind_label.lower()}) [{figure.source}].{note}")
    numbers = {key: str(number) for number, key in enumerate(entry.sources, 1)}
    for section in record.body.sections:
        lines += ["", f"## {section.title}", "", _text(section.text, numbers, record)]
    if sources := source_lines(record, site):
        lines += ["", f"## {words['sources']}", ""]
        for source in sources:
            said = " ".join(filter(None, (f"{_plain(source.title)}.", f"{source.type}, {source.year}.", source.url, _plain(source.note))))
            lines.append(f"{source.number}. {_plain(source.publisher)}. {said}")
    lines += ["", f"## {words['cite']}", "", _plain(in_one_line(record, site))]
    if site.settings.licence_name:
        lines += ["", f"{words['licence']}: [{site.settings.licence_name}]({site.settings.licence_url})"]
    return "\n".join(lines) + "\n"


def _text(markdown: str, numbers: dict[str, str], record: Record) -> str:
    """The text of a section with links that hold where it stands now, and citations as numbers."""

    def link(match: re.Match[str]) -> str:
        target = entry_of_link(match.group(1))
        if not target:
            return match.group(0)
        return f"]({relative(f'{target[0] or record.entry.folder}/{target[1]}/', link_of(record))}{match.group(2)})"

    def cite(match: re.Match[str]) -> str:
        found = [numbers[key] for key in CITE_KEY.findall(match.group(1)) if key in numbers]
        return f"[{', '.join(found)}]" if found else match.group(0)

    return _CITED.sub(cite, _TARGET.sub(link, markdown))


def _link(item: Link, page: str) -> str:
    if not item.url:
        return _plain(item.text)
    return f"[{_plain(item.text)}]({item.url if item.external else relative(item.url, page)})"


def _plain(text: str) -> str:
    """Text in which Markdown sees no sign of its own."""
    return _SIGNS.sub(r"\\\1", text)
