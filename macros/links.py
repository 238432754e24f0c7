"""Addresses: of entries on the site, of files in the repository, and from one page to another."""

import posixpath
import re

from .entries import FOLDERS, KINDS

_ENTRY_LINK = re.compile(r"^(?:(?:\.\./)?([a-z-]+)/|\./)?([a-z0-9]+(?:-[a-z0-9]+)*)\.md(?:#[A-Za-z0-9_-]*)?$")


def entry_url(kind: str, id: str) -> str:
    """The address of an entry, relative to the root of the site: `practices/some-id/`."""
    return f"{KINDS[kind].folder}/{id}/"


def relative(target: str, page: str) -> str:
    """The address of `target` as seen from `page`, both relative to the root of the site."""
    path, sep, fragment = target.partition("#")
    if not path:
        return target or "./"
    there, here = _parts(path), _parts(page)
    if {".", ".."} & {*there, *here} or target[:1] == "/" or page[:1] == "/":
        found = posixpath.relpath(path or ".", page or ".")
    else:  # the same, without asking the system where this program stands, some ten times for each entry
        shared = next((n for n, (one, other) in enumerate(zip(there, here, strict=False)) if one != other), min(len(there), len(here)))
        found = "/".join([*[".."] * (len(here) - shared), *there[shared:]]) or "."
    if (path.endswith("/") or not path) and not found.endswith("/"):
        found += "/"
    return found + sep + fragment


def _parts(path: str) -> list[str]:
    return [part for part in path.split("/") if part]


def root_of(page: str) -> str:
    """The way from a page to the root of the site: `../../`, or `./` at the root itself."""
    return "../" * page.count("/") or "./"


def entry_of_link(href: str) -> tuple[str | None, str] | None:
    """The folder (None for the own one) and id that a link in an entry's text names, or None if it names no entry."""
    match = _ENTRY_LINK.match(href)
    if not match or (match.group(1) and match.group(1) not in FOLDERS):
        return None
    return match.group(1), match.group(2)


def anchor(text: str) -> str:
    """An id for a heading: letters of any script, digits and hyphens; empty if nothing is left."""
    return re.sub(r"[^\w]+", "-", text.lower()).strip("-_")
