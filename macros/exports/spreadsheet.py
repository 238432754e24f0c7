"""The pool as tables: one a kind, one a relation, the key figures and the sources; and the data package that describes them.

CSV in UTF-8 with a byte order mark, as spreadsheet programs want it; no cell begins as a formula does (`cells.py`). The same
tables without the mark, as most other programs want them, stand in one file, `data/tables.zip`, with a description of their own.
The description follows Data Package 1.0 (Frictionless), so that a program can read types and keys.
"""

import codecs
import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from pydantic import BaseModel

from ..cells import safe_cell
from ..entries import KINDS
from ..pool import Record
from ..text import link_of
from ..views.site import Site
from .columns import Column, columns_of, value_of
from .json_api import newest
from .offline import add
from .relation_tables import relation_tables

FOLDER = "data/"
PACKAGE = "datapackage.json"


@dataclass(frozen=True)
class Table:
    """A table: its name (also that of its file), what it holds, its columns and rows."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Iterable[tuple[Any, ...]]
    key: str = ""
    foreign: tuple[tuple[str, str], ...] = field(default=())

    @property
    def file(self) -> str:
        """The file, relative to `data/`."""
        return f"{self.name}.csv"

    def bytes(self) -> bytes:
        """The file."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([column.name for column in self.columns])
        writer.writerows([safe_cell(value) for value in row] for row in self.rows)
        return text.getvalue().encode("utf-8-sig")


def tables(site: Site) -> Iterator[tuple[str, bytes]]:
    """Every table, `data/datapackage.json`, and all of it without byte order marks as `data/tables.zip`."""
    resources, plain = [], []
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for table in all_tables(site):
            content = table.bytes()
            resources.append(_resource(table, content))
            yield f"{FOLDER}{table.file}", content
            content = content.removeprefix(codecs.BOM_UTF8)
            plain.append(_resource(table, content, "utf-8"))
            add(file, table.file, content)
        add(file, PACKAGE, _described(site, plain))
    yield f"{FOLDER}{PACKAGE}", _described(site, resources)
    yield f"{FOLDER}tables.zip", packed.getvalue()


def _described(site: Site, resources: list[dict[str, Any]]) -> bytes:
    return (json.dumps(_package(site, resources), ensure_ascii=False, indent=2) + "\n").encode()


def all_tables(site: Site) -> Iterator[Table]:
    """The tables of a site, whether they have rows or not, so that a program finds the same files every time."""
    for kind, model in KINDS.items():
        columns = columns_of(model)
        yield Table(
            kind,
            site.strings(f"kinds.{kind}.many"),
            (Column("id"), Column("page"), *columns),
            tuple(_row(record, columns, site) for record in site.catalogue.by_kind[kind]),
            key="id",
        )
    yield _parts(site, "key-figures", "key_figures", ("claim", "value", "year", "kind", "source", "note"), {"year": "integer"})
    yield _sources(site)
    for found in relation_tables(site):
        name = f"relations/{found.name}"
        kinds = [("entry", found.kind), *([("target", found.target)] if found.target else [])]
        yield Table(name, found.title, found.columns, found.rows, foreign=tuple(kinds))


def _row(record: Record, columns: tuple[Column, ...], site: Site) -> tuple[Any, ...]:
    return (record.id, site.settings.address(link_of(record)), *(value_of(record.entry, column.name) for column in columns))


def _parts(site: Site, name: str, list_field: str, names: tuple[str, ...], types: dict[str, str]) -> Table:
    """A table of what stands in a list of groups of fields, of all kinds."""
    rows = [
        (record.id, record.kind, *(getattr(part, each) for each in names))
        for record in site.catalogue.listed()
        for part in _groups(record.entry, list_field)
    ]
    columns = (Column("entry"), Column("entry_kind"), *(Column(each, types.get(each, "string")) for each in names))
    return Table(name, site.strings(f"data.tables.{list_field}"), columns, tuple(rows))


def _groups(entry: BaseModel, list_field: str) -> Iterable[BaseModel]:
    found: Iterable[BaseModel] = getattr(entry, list_field)
    return found


def _sources(site: Site) -> Table:
    names = ("publisher", "title", "year", "type", "url", "note")
    rows = [
        (record.id, record.kind, key, *(getattr(source, name) for name in names))
        for record in site.catalogue.listed()
        for key, source in record.entry.sources.items()
    ]
    columns = (Column("entry"), Column("entry_kind"), Column("key"), *(Column(name, "integer" if name == "year" else "string") for name in names))
    return Table("sources", site.strings("data.tables.sources"), columns, tuple(rows))


def _resource(table: Table, content: bytes, encoding: str = "utf-8-sig") -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [column.described() for column in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = [table.key]
    if table.foreign:
        schema["foreignKeys"] = [{"fields": [name], "reference": {"resource": resource, "fields": ["id"]}} for name, resource in table.foreign]
    return {
        "name": table.name.replace("/", "-"),
        "title": table.title,
        "path": table.file,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": encoding,
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        "schema": schema,
    }


def _package(site: Site, resources: list[dict[str, Any]]) -> dict[str, Any]:
    settings = site.settings
    licence = {"name": settings.licence_name.replace(" ", "-"), "path": settings.licence_url, "title": settings.licence_name}
    return {
        "profile": "tabular-data-package",
        "name": "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in settings.site_name.lower()).strip("-") or "commons",
        "title": settings.site_name,
        **({"homepage": settings.address()} if settings.address() else {}),
        **({"version": newest(site.catalogue.listed())} if site.catalogue.by_id else {}),
        **({"licenses": [licence]} if settings.licence_name and settings.licence_url else {}),
        "resources": resources,
    }
