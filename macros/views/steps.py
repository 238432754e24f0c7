"""The numbered steps of an entry, for programs that know instructions (schema.org's HowTo)."""

from dataclasses import dataclass
from xml.etree import ElementTree

from ..pool import Record
from .site import Site


@dataclass(frozen=True)
class Step:
    """A step: what it is called, empty if its words do not begin in bold, and all its words."""

    name: str
    text: str


def steps_of(record: Record, site: Site) -> tuple[Step, ...]:
    """The longest numbered list in the section of the steps; none where the kind has no such section, or the entry no such list."""
    titles = {section.title for section in record.entry.sections if section.steps}
    if not titles:
        return ()
    found = [list_ for section in site.texts.sections(record) if section.title in titles for list_ in _lists(section.html)]
    return max(found, key=len, default=())


def _lists(html: str) -> list[tuple[Step, ...]]:
    try:
        root = ElementTree.fromstring(f"<x>{html.replace('<br>', '<br/>').replace('<hr>', '<hr/>').replace('&nbsp;', ' ')}</x>")  # noqa: S314 - ours
    except ElementTree.ParseError:
        return []
    return [tuple(_step(item) for item in list_.findall("li")) for list_ in root.findall("ol") if len(list_.findall("li")) > 1]


def _step(item: ElementTree.Element) -> Step:
    first = item.find("p") if item.find("p") is not None and not (item.text or "").strip() else item
    assert first is not None
    begins_bold = len(first) and first[0].tag == "strong" and not (first.text or "").strip()
    return Step(_words(first[0]).rstrip(".:") if begins_bold else "", _words(item))


def _words(element: ElementTree.Element) -> str:
    """The words of an element without the numbers of sources; list items and paragraphs apart."""
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: ElementTree.Element) -> list[str]:
    if element.tag == "sup" and element.get("class") == "c-cite":
        return []
    found = [element.text or ""]
    for inner in element:
        found += [*([" "] if inner.tag in ("p", "ul", "ol", "li", "br") else []), *_pieces(inner), inner.tail or ""]
    return found
