"""Templates with their partials in place print what they printed before, byte for byte."""

from dataclasses import dataclass

import pytest
from jinja2 import DictLoader, Environment, TemplateNotFound, UndefinedError
from markupsafe import Markup

from macros.kept_pieces import Asked
from macros.quick_templates import LONGEST, quicken

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
