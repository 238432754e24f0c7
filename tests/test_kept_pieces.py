"""Pieces that say the same on many pages are made once, and anew wherever a page has another answer to what they ask."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest
from jinja2 import DictLoader, Environment
from markupsafe import Markup

from macros.kept_pieces import FORMS, Asked, keep_pieces
from macros.quick_templates import Code

BASE = """
{%- import "words" as words with context -%}
{%- set features = config.features -%}
{%- block tabs %}{% endblock -%}|{%- block content %}{{ page.title }}{% endblock -%}
"""


@dataclass
class Page:
    """As much of a page as templates ask for."""

    title: str
    folder: str | None = "a"
    meta: dict[str, Any] = field(default_factory=lambda: Asked({"commons": {"id": "x"}}))


def environment_of(tabs: str, **more: str) -> tuple[Environment, Counter[str]]:
    """An environment whose pages have these tabs, and how often each word was asked for."""
    templates = {
        "words": "{% macro t(key) %}{{ said(key) }}{% endmacro %}",
        "base": BASE,
        "page": '{% extends "base" %}{% block tabs %}' + tabs + "{% endblock %}",
        **more,
    }
    environment = Environment(loader=DictLoader(templates))
    asked: Counter[str] = Counter()

    def said(key: str) -> str:
        asked[key] += 1
        return f"<{key}>"

    environment.globals["said"] = said
    environment.code_generator_class = Code
    keep_pieces(environment, lambda page: page.folder)
    return environment, asked


def rendered(environment: Environment, *pages: Page, **names: Any) -> list[str]:
    config = {"features": ["tabs"]}
    return [environment.get_template("page").render(page=page, config=config, **names) for page in pages]


def test_a_piece_that_asks_nothing_of_a_page_is_made_once_for_a_folder() -> None:
    environment, asked = environment_of("{{ words.t('menu') }}{{ features }}")
    pages = [Page("One"), Page("Two"), Page("Three", "b"), Page("Four", "b")]
    assert rendered(environment, *pages) == [f"<menu>['tabs']|{page.title}" for page in pages]
    assert asked == {"menu": 2}


def test_a_page_that_is_like_no_other_has_all_pieces_made() -> None:
    environment, asked = environment_of("{{ words.t('menu') }}")
    assert rendered(environment, Page("One", None), Page("Two", None)) == ["<menu>|One", "<menu>|Two"]
    assert asked == {"menu": 2}


@pytest.mark.parametrize(
    "tabs",
    [
        "{{ page.title }}",
        "{{ page['title'] }}",
        "{{ page.meta.title }}",
        "{{ page.meta['title'] }}",
        "{{ page.meta.get('title') }}",
        "{{ page.meta.commons.title }}",
        "{% for key, value in page.meta.items() %}{{ value }}{% endfor %}",
        "{{ name }}",
        "{% if name %}{% set shown = name %}{{ shown }}{% endif %}",
        '{% include "partial" %}',
        '{% set kept = "x" %}{% include "partial" %}',
        "{{ name | upper }}",
        "{{ super() }}{{ name }}",
    ],
)
def test_a_piece_that_says_something_of_its_page_says_it_on_each(tabs: str) -> None:
    environment, _ = environment_of(tabs, partial="{{ kept }}{{ page.meta.title }}{{ name }}")
    plain = Environment(loader=environment.loader)
    plain.globals.update(environment.globals)
    for n in range(FORMS + 3):
        title = f"Title {n}"
        page = Page(title, meta=Asked({"title": title, "commons": {"title": title}}))
        [told] = rendered(environment, page, name=title)
        assert [told] == rendered(plain, page, name=title)
        assert title.lower() in told.partition("|")[0].lower()


def test_a_piece_with_a_few_forms_is_made_once_for_each() -> None:
    environment, asked = environment_of(
        "{% if page.meta.hide and 'tabs' in page.meta.hide %}{{ words.t('none') }}{% else %}{{ words.t('menu') }}{% endif %}"
    )
    hidden, other = Asked({"hide": ["tabs"]}), Asked({"hide": ["other"]})
    pages = [Page("One"), Page("Two", meta=hidden), Page("Three"), Page("Four", meta=Asked(hidden)), Page("Five", meta=other)]
    assert [text.partition("|")[0] for text in rendered(environment, *pages)] == ["<menu>", "<none>", "<menu>", "<none>", "<menu>"]
    assert asked == {"menu": 2, "none": 1}


def test_no_piece_is_kept_where_what_is_asked_of_a_page_cannot_be_noted() -> None:
    environment, asked = environment_of("{{ words.t('menu') }}{{ page.meta.title }}")
    pages = [Page("One", meta={"title": "first"}), Page("Two", meta={"title": "second"})]
    assert rendered(environment, *pages) == ["<menu>first|One", "<menu>second|Two"]
    assert asked == {"menu": 2}


def test_a_partial_that_is_kept_is_made_once_and_what_stands_around_it_on_each_page() -> None:
    nav = {"partials/nav.html": "{% set class = 'nav' %}{{ class }}{{ words.t('menu') }}{% include 'logo' %}", "logo": "{{ said('logo') }}"}
    content = "{% block content %}{{ page.title }}: {% set other = page.title %}{% include 'partials/nav.html' %}{% endblock %}"
    environment, asked = environment_of("{% endblock %}" + content + "{% block more %}", **nav)
    assert rendered(environment, Page("One"), Page("Two")) == ["|One: nav<menu><logo>", "|Two: nav<menu><logo>"]
    assert asked == {"menu": 1, "logo": 1}


def test_after_an_error_in_a_piece_nothing_is_noted_any_more() -> None:
    environment, asked = environment_of("{{ words.t('menu') }}{{ 1 // name }}")
    before = (environment.getattr, environment.getitem, environment.context_class)
    with pytest.raises(ZeroDivisionError):
        rendered(environment, Page("One"), name=0)
    assert (environment.getattr, environment.getitem, environment.context_class) == before
    assert rendered(environment, Page("One"), Page("Two"), name=1) == ["<menu>1|One", "<menu>1|Two"]
    assert asked == {"menu": 2}


def test_text_that_is_safe_is_another_answer_than_text_that_is_not() -> None:
    environment, _ = environment_of("{{ name | e }}")
    assert rendered(environment, Page("One"), name="<")[0] == "&lt;|One"
    assert rendered(environment, Page("One"), name=Markup("<"))[0] == "<|One"
