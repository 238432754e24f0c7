"""Hand-written pages call macros and nothing else; what lies beside them is a picture or a table and nothing else."""

import struct
import zlib
from pathlib import Path

import pytest

from macros.stage import problems
from tests.conftest import Small

REACHES = {
    "{{ ''.__class__ }}": "'.__class__'",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}": "a call of something other than a macro",
    "{{ config['plugins'] }}": "square brackets",
    "{{ config.plugins }}": "'.plugins'",
    "{{ config.hooks }}": "'.hooks'",
    "{{ page['_' ~ '_class__'] }}": "square brackets",
    "{{ count.__globals__ }}": "'.__globals__'",
    "{{ count['__globals__'] }}": "square brackets",
    "{{ ''|attr('__class__') }}": "the filter 'attr'",
    "{{ ['']|map(attribute='__class__')|list }}": "the filter 'list'",
    "{{ ['']|groupby('__class__') }}": "the filter 'groupby'",
    "{{ '{0.__class__}'.format(1) }}": "a call of something other than a macro",
    "{{ self._TemplateReference__context }}": "'._TemplateReference__context'",
    "{{ lipsum.__globals__ }}": "'.__globals__'",
    "{{ joiner().x }}": "'.x'",
    "{{ page('x') }}": "a call of something other than a macro",
    "{{ count(*[1]) }}": "a call of something other than a macro",
    "{{ count(**config) }}": "a call of something other than a macro",
    "{% set x = ''.__class__ %}": "'.__class__'",
    "{% import 'main.html' as x %}": "a template tag of the kind 'import'",
    "{% from 'x.md' import y %}": "a template tag of the kind 'fromimport'",
    "{% extends 'x.md' %}": "a template tag of the kind 'extends'",
    "{% macro x() %}{% endmacro %}": "a template tag of the kind 'macro'",
    "{% include 'secret.txt' %}": "an included file that is no page",
    "{% include '../mkdocs.md' %}": "an included file that is no page",
    "{% include page.title %}": "an included file that is no page",
    "{% filter upper %}{% endfilter %}": "a template tag of the kind 'filterblock'",
    "{% if false %}{{ ''.__class__ }}{% endif %}": "'.__class__'",
    "{% if page %}{{ environment.globals.x() }}{% endif %}": "a call of something other than a macro",
    "{{ 9 ** 9 ** 9 }}": "a template tag of the kind 'pow'",
    "{{ 'x' * 999999999 }}": "a template tag of the kind 'mul'",
}


@pytest.mark.parametrize("page", REACHES)
def test_what_reaches_behind_a_macro_is_refused_before_it_is_run(small: Small, page: str) -> None:
    small.topic()
    small.write("docs/page.md", f"---\ntitle: A\n---\n\n# A\n\n{page}\n")
    found = [(problem.line, problem.code, problem.message) for problem in problems(small.project())]
    assert found == [(7, "macro-syntax", f"a page may call macros with plain words, and nothing else; found {REACHES[page]}")]


@pytest.mark.parametrize(
    "page",
    [
        "{{ count() }}", "{{ count('topic') + 1 }}",
        "{{ link('money', 'a ' ~ 'b') }}", "{{ page.title }} {{ config.site_name|upper }}", "{{ page.meta.title }}",
        "{% for id in ['money'] %}{{ loop.index }} {{ link(id) }}{% endfor %}", "{% if count('topic') > 0 %}some{% else %}none{% endif %}",
        "{% set n = count() %}{{ n }}", "{% raw %}{{ ''.__class__ }}{% endraw %}", "{# {{ ''.__class__ }} #}", "{% include 'part.md' %}",
    ],
)  # fmt: skip
def test_what_a_page_has_a_use_for_is_let_through(small: Small, page: str) -> None:
    small.topic()
    small.write("docs/part.md", "Part.\n")
    small.write("docs/page.md", f"---\ntitle: A\n---\n\n{page}\n")
    assert [problem.message for problem in problems(small.project())] == []


def png(wide: int, high: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00" * 100)) + chunk(b"IEND", b"")


JPEG = b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">%s</svg>'
UNSAFE = {
    "page.png": (b"<script>alert(1)</script>", "its beginning is not that of a PNG"),
    "text.jpg": (b"GIF89a", "its beginning is not that of a JPG"),
    "bomb.png": (png(60_000, 60_000), "it is a picture of 60000 by 60000 dots, more than anyone can see"),
    "bomb.jpg": (JPEG, "it is a picture of 65535 by 65535 dots, more than anyone can see"),
    "bomb.gif": (b"GIF89a\xff\xff\xff\xff", "it is a picture of 65535 by 65535 dots, more than anyone can see"),
    "cut.png": (b"\x89PNG\r\n\x1a\n\x00", "it is a picture of 40000000 by 40000000 dots, more than anyone can see"),
    "script.svg": (SVG % b"<script>alert(1)</script>", "found '<script', which does more than draw"),
    "handler.svg": (SVG % b'<path onload="alert(1)"/>', "found 'onload=', which does more than draw"),
    "link.svg": (SVG % b'<a href="javascript:alert(1)"><text>x</text></a>', "found '<a', which does more than draw"),
    "foreign.svg": (SVG % b"<foreignObject/>", "found '<foreignObject', which does more than draw"),
    "prefixed.svg": (SVG % b'<x:script xmlns:x="http://www.w3.org/2000/svg"/>', "found '<x:script', which does more than draw"),
    "fetch.svg": (SVG % b'<path fill="url(https://evil.test/x)"/>', "found 'url(', which does more than draw"),
    "entity.svg": (b'<!DOCTYPE svg [<!ENTITY a "x">]>' + SVG % b"&a;", "its beginning is not that of an SVG"),
    "late.svg": (SVG % b'<!ENTITY a "x">', "found '<!ENTITY', which does more than draw"),
    "page.svg": (b"<html><svg></svg></html>", "its beginning is not that of an SVG"),
    "bytes.csv": (b"a,\xff", "found bytes that are no text in UTF-8"),
    "zero.json": (b"\x00", "found bytes that are no text"),
}


@pytest.mark.parametrize("name", UNSAFE)
def test_a_file_that_is_not_what_its_name_says_is_refused(small: Small, name: str) -> None:
    small.topic()
    raw, said = UNSAFE[name]
    small.write(f"docs/{name}", raw)
    assert [(problem.path, problem.code, problem.message) for problem in problems(small.project())] == [
        (f"docs/{name}", "file-unsafe", f"the file must be what its name says and nothing else; {said}")
    ]


def test_pictures_and_tables_are_let_through(small: Small) -> None:
    small.topic()
    small.write("docs/a.png", png(800, 600))
    small.write("docs/a.svg", SVG % b'<path d="M0 0h9" fill="url(#b)"/>')
    small.write("docs/a.csv", b"a,b\n1,2\n")
    assert [problem.message for problem in problems(small.project())] == []


@pytest.mark.parametrize("name", ["page.html", "run.js", "old.swf", "x.exe", "paged"])
def test_files_of_other_kinds_do_not_reach_the_site(small: Small, name: str) -> None:
    small.topic()
    small.write(f"docs/{name}", b"x")
    assert [problem.code for problem in problems(small.project())] == ["file-unknown"]


def test_a_large_file_is_refused(small: Small, tmp_path: Path) -> None:
    small.topic()
    with small.write("docs/a.png", png(8, 8)).open("r+b") as file:
        file.truncate(50 * 1024 * 1024)
    assert [problem.code for problem in problems(small.project())] == ["file-too-large"]
