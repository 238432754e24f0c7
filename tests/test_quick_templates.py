"""Templates with their partials in place print what they printed before, byte for byte."""

import os
import signal
from dataclasses import dataclass
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader, TemplateNotFound, TemplateSyntaxError, UndefinedError
from markupsafe import Markup

from macros import ahead
from macros.kept_pieces import Asked
from macros.quick_templates import LONGEST, compile_beside, quicken
from macros.strings import read_strings
from macros.template_store import store_of

PARTIALS = {
    "item": "{#- Takes `item`. -#}\n{{ item.text }}{% set seen = 1 %}\n",
    "edges": "\n  {%- if item.text %} {{ item.text }} {% endif -%}  \n",
    "nested": '[{% include "item" %}|{% for item in item["items"] %}{% include "edges" %}{% endfor %}]',
    "empty": "",
    "own": '{% extends "frame" %}{% block text %}own{% endblock %}',
    "frame": "<{% block text %}{% endblock %}>",
    "itself": '{{ depth }}{% if depth < 3 %}{% set depth = depth + 1 %}{% include "itself" %}{% endif %}',
    "long": "x" * (LONGEST + 1),
    "words": "{% macro word(n) %}{{ n }}!{% endmacro %}",
    "says": '{% import "words" as words %}{{ words.word(item.text) }}',
    "ends": "two lines\n\n",
}


@dataclass(frozen=True)
class Page:
    """A thing with attributes, not keys."""

    title: str


DATA = {
    "depth": 0,
    "deep": Asked({"one": {"two": {"three": "<3>", "items": 2}}, "page": Page("'a'"), "safe": Markup("<b>")}),
    "items": [{"text": "a <b>", "items": [{"text": "x"}, {"text": ""}]}, {"text": "", "items": []}, {"text": "c", "items": [{"text": "y"}]}],
}
TEMPLATES = {
    "a partial in a loop": 'a {% for item in items %} {% include "item" %} {% endfor %} z',
    "spaces at its edges": 'a {% for item in items %} {%- include "edges" -%} \n {% endfor %} z',
    "partials in partials": '{% for item in items %}{% include "nested" %}\n{% endfor %}',
    "what it sets stays inside": '{% for item in items %}{% include "item" %}{{ seen is defined }}{% endfor %}',
    "nothing in it": '<{% include "empty" %}>',
    "one with a parent": '({% include "own" %})',
    "one with blocks": '({% include "frame" %})',
    "one that includes itself": '{% include "itself" %}',
    "a long one": '{% include "long" %}',
    "macros of its own": '{% for item in items %}{% include "says" %}{% endfor %}',
    "its last line end": 'a{% include "ends" %}b',
    "in a comment": 'a{# as {% include "item" %} does #}b{#- {% include "nothing" %} -#} c',
    "in raw text": 'a{% raw %}{% include "item" %}{% endraw %}b{% set item = items[0] %}{% include "item" %}',
    "a name that is worked out": '{% set item = items[0] %}{% include "it" ~ "em" %}',
    "one of several": '{% set item = items[0] %}{% include ["nothing", "item"] %}',
    "one that may be missing": 'a{% include "nothing" ignore missing %}b',
    "one that is missing where nobody goes": 'a{% if not items %}{% include "nothing" %}{% endif %}b',
    "in a block": '{% extends "frame" %}{% block text %}{% for item in items %}{% include "item" %}{% endfor %}{% endblock %}',
    "keys and methods of data": '{{ items[0].text }}{{ items[0]["items"] | length }}{{ items[0].missing }}{{ items[0].get("text") }}',
    "keys of keys": "{{ deep.one.two.three }}{{ deep.one.two.items }}{{ deep.one.missing }}{{ deep.items is mapping }}{{ deep.page.title }}",
    "keys where a loop asks": "{% for item in items if item.text %}{{ loop.index }}{{ item.text }}{{ loop.last }}{% endfor %}",
    "keys in a macro": "{% macro say(of, more=deep.one.two.three) %}{{ of.text }}{{ more }}{% endmacro %}{{ say(items[0]) }}{{ say(items[2]) }}",
    "keys in what is worked out": "{{ [items[0].text, deep.one.two.three] | join(items[2].text ~ deep.one.two.three) }}",
    "keys that a filter asks for": '{{ items | map(attribute="text") | list }}',
    "keys of what a call gives": "{{ items.copy()[0].text }}{{ deep.copy().one.two.three }}",
    "text that is escaped": "{% for item in items %}{{ item.text | e }}{{ item.text | e | e }}{{ item.text | escape | upper }}{% endfor %}",
    "values that are no text": "{{ 3 | e }}{{ none | e }}{{ items | e }}{{ nothing | e }}{{ deep.page | e }}{{ deep.safe | e }}{{ true | e }}",
    "what is not there": "{{ items[0].missing is defined }}{{ items[0].missing or 1 }}{{ nothing }}",
}


def environments() -> tuple[Environment, Environment]:
    plain, quick = (Environment(loader=DictLoader(PARTIALS | TEMPLATES)) for _ in range(2))
    quick.get_template("item")  # one that was compiled before is no hindrance
    quicken(quick, lambda _: "folder")
    return plain, quick


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_prints_the_same(name: str) -> None:
    plain, quick = environments()
    said = plain.get_template(name).render(DATA)
    assert said
    assert quick.get_template(name).render(DATA) == said


def test_a_small_partial_stands_where_it_is_included() -> None:
    _, quick = environments()
    assert quick.loader
    assert quick.loader.get_source(quick, "its last line end")[0] == "a{% with %}two lines\n{% endwith %}b"
    assert sorted(quick.loader.list_templates()) == sorted(PARTIALS | TEMPLATES)


@pytest.mark.parametrize(("text", "error"), [('{% include "nothing" %}', TemplateNotFound), ("{{ items[0].missing.more }}", UndefinedError)])
def test_what_was_an_error_is_the_same_error(text: str, error: type[Exception]) -> None:
    said = []
    for environment in environments():
        with pytest.raises(error) as caught:
            environment.from_string(text).render(DATA)
        said.append(str(caught.value))
    assert said[0] == said[1]


def theme(build: Path, texts: dict[str, str]) -> Environment:
    """An environment as an engine makes it, with the project's store."""
    environment = Environment(loader=DictLoader(texts), bytecode_cache=store_of(build))
    quicken(environment, lambda _: None)
    return environment


THEME = {
    "page.html": '{% extends "frame" %}{% block text %}{% include "long" %}{{ item.text }}{% endblock %}',
    "frame": '{% import "words" as words %}<{% block text %}{% endblock %}>{{ words.word(1) }}{% include item.text %}',
    "404.html": "nothing",
    "torn.html": '{% include "nothing" %}{% include "frame" %}{% if %}',
    "names.html": '{% include "no such template" ignore missing %}',
    **{name: PARTIALS[name] for name in ("long", "words")},
}


@pytest.mark.parametrize("several", [True, False])
def test_templates_are_compiled_with_all_that_they_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, several: bool) -> None:
    monkeypatch.setattr(ahead, "processors", lambda: 1 + several)
    folder = tmp_path / "overrides"
    folder.mkdir()
    for name in ("page.html", "torn.html", "names.html"):
        (folder / name).write_text(THEME[name], "utf-8")
    compile_beside(Environment(loader=DictLoader(THEME)), store_of(tmp_path), folder, ["404.html"])()
    compiled = []
    monkeypatch.setattr(Environment, "compile", lambda self, source, name=None, *more, **options: compiled.append(name))
    for name in ("page.html", "frame", "long", "words", "404.html", "names.html"):
        if several:
            theme(tmp_path, THEME).get_template(name)
    assert not compiled
    assert (tmp_path / "templates").exists() == several


def test_what_cannot_be_compiled_fails_where_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "torn.html").write_text(THEME["torn.html"], "utf-8")
    compile_beside(Environment(loader=DictLoader(THEME)), store_of(tmp_path), tmp_path, ())()
    with pytest.raises(TemplateSyntaxError):
        theme(tmp_path, THEME).get_template("torn.html")


def test_a_process_that_is_ended_from_outside_is_no_loss(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "page.html").write_text(THEME["page.html"], "utf-8")
    monkeypatch.setattr(ahead, "processors", lambda: 2)
    asked = os.getpid()

    def compile_or_die(*_: object, **__: object) -> None:
        assert os.getpid() != asked
        os.kill(os.getpid(), signal.SIGKILL)

    with monkeypatch.context() as during:
        during.setattr(Environment, "compile", compile_or_die)
        compile_beside(Environment(loader=DictLoader(THEME)), store_of(tmp_path), tmp_path, ())()
    assert theme(tmp_path, THEME).get_template("page.html")


def test_the_words_of_the_interface_are_compiled_once_for_pages_and_theme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    overrides = Path(__file__).resolve().parent.parent / "overrides"
    words = read_strings(overrides, "en", store_of(tmp_path))
    monkeypatch.setattr(Environment, "compile", None)
    environment = Environment(loader=FileSystemLoader([overrides]), bytecode_cache=store_of(tmp_path), autoescape=True)
    quicken(environment, lambda _: None)
    assert environment.get_template("strings/en.html").module.strings == words.tree  # type: ignore[attr-defined]
    assert read_strings(overrides, "en", store_of(tmp_path)) == words
