"""The data of the form in the browser: what a new entry is compared with."""

from collections.abc import Callable

from macros.form import form_data
from tests.conftest import Small


def test_the_form_knows_the_entries_that_no_list_has_and_the_ids_that_entries_had(small: Small, practice: Callable[..., str]) -> None:
    small.topic()
    small.write("content/practices/open.md", practice(aliases="[once]"))
    small.write("content/practices/idea.md", practice(title="An idea", status="draft", aliases="[first-idea]"))
    small.write("content/practices/past.md", practice(title="A past", status="retired"))
    project = small.project(drafts=False)
    form = form_data(project.site(), project.checked.pool)
    summary = "Several cities buy together."
    assert form["unlisted"] == [
        {"id": "idea", "kind": "practice", "title": "An idea", "summary": summary, "status": "draft"},
        {"id": "past", "kind": "practice", "title": "A past", "summary": summary, "status": "retired"},
    ]
    assert form["taken"] == {"first-idea": "content/practices/idea.md", "once": "content/practices/open.md"}
    assert form["aliases"] == {"first-idea": "idea", "once": "open"}
