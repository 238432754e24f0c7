"""Whatever stands in a file, reader, check and staging end in an entry or in a named problem, and a page is always HTML."""

import html5lib
import jinja2
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from macros import strict_yaml
from macros.check import check
from macros.entries import KINDS
from macros.page import Page
from macros.problems import CODES
from macros.project import Project, load
from macros.report import FORMATS
from macros.text import render, render_each
from macros.views.entry import entry_pages
from tests.conftest import CONFIG, ROOT, TODAY, TOPIC
from tests.test_attack_pages import KEPT
from tests.test_attacks import dangers

SIGNS = (
    "#", "##", "###", "*", "**", "_", "`", "```", "~~~", ">", "- ", "1. ", "|", "| --- |", "[", "]", "(", ")", "![", "[@", "<", "</", "<!--", "-->",
    "&", "&lt;", "&#60;", "{{", "}}", "{%", "%}", "{:", "\\", "\n", "\n\n", "    ", "\t", "https://example.org/", "javascript:", "onclick=",
    "../topics/money.md", "[a]: ", "<script>", "<b>", "'", '"', "=", "===", "---", "!!!", "--8<--", "klzzwxh:0000", "\u200d", "\u0939\u093f",
    "\u05d0", "😀", "a", "b c", "1", "http:", "<a href=", "<http://a.b>", "www.example.org", "@", "^", "~", "$", "[TOC]", "*[a]: b",
)  # fmt: skip
# Characters that nobody sees are refused before anything else looks at a text; `test_any_bytes` has them.
SEEN = st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp", "Cn"])
MARKDOWN = st.lists(st.sampled_from(SIGNS) | st.text(SEEN, max_size=8), max_size=40).map("".join)
WORDS = st.lists(st.sampled_from([*SIGNS, " "]) | st.text(SEEN, max_size=6), max_size=12).map("".join)
FIELDS = sorted({name for model in KINDS.values() for name in model.model_fields})
VALUES = st.recursive(
    WORDS | st.integers() | st.dates().map(str) | st.booleans() | st.none() | st.sampled_from(["money", "2026-01-01", "national", "topics/money"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.sampled_from(FIELDS), inner, max_size=4),
    max_leaves=8,
)
GOOD = yaml.safe_load(TOPIC.format(title="Title"))
TEXT_FIELDS = ("title", "summary", "owner", "other_names")

FRAME = "<!DOCTYPE html><html><head><title>{{ page.meta.title }}</title></head><body>{% block content %}{% endblock %}</body>"
TEMPLATES = jinja2.Environment(
    loader=jinja2.ChoiceLoader(
        [
            jinja2.DictLoader({"main.html": FRAME}),
            jinja2.FileSystemLoader(ROOT / "overrides"),
        ]
    )
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with one good topic and the vocabularies that a topic needs; its words are read once."""
    root = tmp_path_factory.mktemp("anything")
    (root / "mkdocs.yml").write_text(CONFIG, "utf-8")
    (root / "overrides").symlink_to(ROOT / "overrides")
    (root / "content/vocabulary").mkdir(parents=True)
    (root / "content/topics").mkdir()
    for name in ("levels", "source-types", "figure-kinds"):
        (root / f"content/vocabulary/{name}.yml").write_bytes((ROOT / f"content/vocabulary/{name}.yml").read_bytes())
    (root / "content/topics/money.md").write_text(f"---\n{TOPIC.format(title='Money')}---\n\n## What it covers\n\nText.\n", "utf-8")
    return load(root, TODAY)


def ends_well(project: Project, raw: bytes) -> bool:
    """Whether a file became an entry; fails if it ended in anything but an entry or a named problem."""
    root = project.settings.root
    (root / "content/topics/anything.md").write_bytes(raw)
    loaded = Project(project.settings, project.strings, check(root / "content", root, TODAY))
    assert {problem.code for problem in loaded.checked.problems} <= set(CODES)
    for form in FORMATS.values():
        form(loaded.checked.problems, 1).encode("utf-8")
    if loaded.checked.errors:
        return False
    for page in entry_pages(loaded.site()):
        is_html(page)
    return True


def is_html(page: Page) -> None:
    """Fails if the page, as an engine reads it and the theme prints it, is no HTML to a strict parser."""
    meta = yaml.safe_load(page.text().split("\n---\n")[0])
    assert meta["render_macros"] is False
    values = {"page": {"meta": meta}, "config": {"theme": {"language": "en"}}}
    parsed = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(TEMPLATES.get_template(page.template).render(values))
    for element in parsed.iter():
        names = set(map(str, element.attrib))
        assert not any(name.startswith("on") or name in ("style", "srcdoc", "formaction") for name in names), names
        assert element.tag != "script" or element.get("type") == "application/json"
        for name in names & {"href", "src", "action"}:
            target = element.get(name, "")
            kept = element.get("download") is not None and target.startswith(KEPT)
            assert kept or target.startswith(("https://", "http://", "#", "../", "./")) or ":" not in target, target


@given(st.binary(max_size=300), st.sampled_from([b"", b"---\n", b"---\ntitle: a\n---\n"]))
@settings(max_examples=40)
def test_any_bytes(project: Project, raw: bytes, before: bytes) -> None:
    ends_well(project, before + raw)


@given(st.dictionaries(st.sampled_from(FIELDS) | WORDS, VALUES, max_size=6), MARKDOWN)
@settings(max_examples=40)
def test_any_fields_and_any_text(project: Project, fields: dict[str, object], body: str) -> None:
    front = yaml.safe_dump({**GOOD, **fields}, allow_unicode=True, sort_keys=False)
    ends_well(project, f"---\n{front}---\n{body}\n".encode("utf-8", "surrogatepass"))


@given(
    st.lists(st.sampled_from(SIGNS) | WORDS | st.sampled_from(["\n- ", ": ", "\ntitle: ", "&a ", "*a", "!x ", "? ", "<<: "]), max_size=20).map(
        "".join
    )
)
@settings(max_examples=40)
def test_any_front_matter(project: Project, front: str) -> None:
    ends_well(project, f"---\ntitle: a\n{front}\n---\n\n## What it covers\n\nText.\n".encode("utf-8", "surrogatepass"))


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(TEXT_FIELDS, WORDS)), MARKDOWN)
@settings(max_examples=80)
def test_any_words_in_the_right_places(project: Project, words: dict[str, str], body: str) -> None:
    fields = {**GOOD, **{name: [text] if name == "other_names" else text for name, text in words.items()}}
    front = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=10_000)
    ends_well(project, f"---\n{front}---\n\n## What it covers\n\n{body}\n".encode("utf-8", "surrogatepass"))


def test_words_in_the_right_places_become_a_page(project: Project) -> None:
    assert ends_well(
        project,
        f"---\n{TOPIC.format(title='<b> & {{ x }}')}---\n\n## What it covers\n\nText & `<b>`.\n".replace("<b> &", '"<b> &')
        .replace("}}\n", '}}"\n', 1)
        .encode(),
    )


@pytest.mark.parametrize(
    "texts",
    [
        ["Text [a].", "[a]: https://example.org/"],
        ["Text [a].", "> [a]: https://example.org/"],
        ["Text [a].", "- > 1. [a]: https://example.org/"],
        ["```\nnot closed", "Text."],
        ["- item", "    code", "- item"],
        ["| a | b |\n| - | - |\n| 1 | 2 |", "| 3 | 4 |", ""],
        ["\ue000section\ue000", "Text."],
        ["Text", "---", "==="],
        [],
        [""],
    ],
)
def test_no_section_changes_another(texts: list[str]) -> None:
    assert render_each(texts, "topics", {}) == [render(text, "topics", {}) for text in texts]


@given(st.lists(MARKDOWN.map(str.strip), max_size=5))
def test_sections_that_are_made_together_are_as_each_alone(texts: list[str]) -> None:
    numbers = {"a": 1, "b": 2}
    assert render_each(texts, "topics", numbers) == [render(text, "topics", numbers) for text in texts]


@given(MARKDOWN)
@settings(max_examples=250)
def test_any_text_is_rendered_to_html_of_the_allowed_kind(text: str) -> None:
    dangers(render(text, "topics", {"key": 1}))


@given(st.text(max_size=60) | WORDS)
@settings(max_examples=250)
def test_any_yaml_is_read_or_complained_of(text: str) -> None:
    document = strict_yaml.read(text)
    assert all(complaint.place.line >= 1 and complaint.hint for complaint in document.complaints)
