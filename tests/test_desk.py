"""What editors get on the platform: the comment on a change, forms and their answers, the standing issues. All of it from strangers."""

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from macros.cli import main
from macros.desk.changes import Changes, NoChanges, collect, is_content, read_changes
from macros.desk.comment import calm, calm_html, comment
from macros.desk.forms import asked, issue_form, labels, write_forms
from macros.desk.intake import NotAForm, from_issue, read_answers
from macros.desk.upkeep import NoReport, failures, review_issue, sources_issue
from macros.entries import KINDS, OFFERED
from macros.pool import Pool
from macros.problems import Problem
from macros.report import as_github, as_summary
from tests.conftest import ROOT, TODAY, Small

# --- what changed


@pytest.mark.parametrize("path", ["content/topics/money.md", "content/vocabulary/levels.yml", "content/case-studies/a-1.md"])
def test_entries_and_vocabularies_are_content(path: str) -> None:
    assert is_content(path)


@pytest.mark.parametrize(
    "path",
    [
        "macros/cli.py", "content/topics/Money.md", "content/topics/money.yml", "content/vocabulary/levels.md", "content/topics/../../macros/cli.py",
        "/content/topics/money.md", "content//topics/money.md", "./content/topics/money.md", "content/topics/money.md/", "content/topics/a/b.md",
        "content/data/x.csv", "content/topics/.md", "content\\topics\\money.md", "content/topics/money.md\n", "content/topics/-.md", "",
    ],
)  # fmt: skip
def test_nothing_else_is_content(path: str) -> None:
    assert not is_content(path)


def git(folder: Path, *arguments: str) -> str:
    who = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org"}
    return subprocess.run(
        ["git", "-C", str(folder), *arguments], check=True, capture_output=True, text=True, env={**os.environ, **who}
    ).stdout.strip()


def test_what_changed_is_collected_and_read_back(small: Small, tmp_path: Path) -> None:
    for name in ("money", "wages", "trade"):
        small.topic(name, name.title())
    git(small.root, "init", "-q", "-b", "main")
    git(small.root, "add", "content")
    git(small.root, "commit", "-q", "-m", "before")
    before = git(small.root, "rev-parse", "HEAD")
    small.topic("money", "Money and more")
    small.topic("new", "New")
    small.write("content/topics/Odd Name.md", "x")
    (small.root / "content/topics/wages.md").unlink()
    (small.root / "content/topics/link.md").symlink_to("/etc/passwd")
    git(small.root, "add", "-A", "content")
    git(small.root, "commit", "-q", "-m", "after")
    target = tmp_path / "changes"
    found = collect(small.root, before, target)
    assert sorted(found.files) == ["content/topics/money.md", "content/topics/new.md"]
    assert found.removed == ("content/topics/wages.md",)
    assert read_changes(target) == found


@pytest.mark.parametrize("since", ["--output=/tmp/x", "-h", "no-such-commit", "a b", "$(id)", ""])
def test_what_is_no_commit_is_refused(small: Small, tmp_path: Path, since: str) -> None:
    git(small.root, "init", "-q", "-b", "main")
    with pytest.raises(NoChanges):
        collect(small.root, since, tmp_path / "changes")


def test_a_folder_that_only_looks_like_changes_is_read_for_data(tmp_path: Path) -> None:
    folder = tmp_path / "changes"
    (folder / "content/topics").mkdir(parents=True)
    (folder / "content/topics/good.md").write_text("x", "utf-8")
    (folder / "content/topics/Bad.md").write_text("x", "utf-8")
    (folder / "content/topics/link.md").symlink_to("/etc/passwd")
    (folder / "content/topics/folder.md").mkdir()
    os.mkfifo(folder / "content/topics/pipe.md")
    with (folder / "content/topics/large.md").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    (folder / "content/vocabulary").symlink_to("/etc")
    (folder / "content/macros").mkdir()
    (folder / "content/macros/cli.md").write_text("x", "utf-8")
    (folder / "removed.txt").write_text("content/topics/gone.md\n../../etc/passwd\ncontent/topics/good.md\nmacros/cli.py\n\xff", "utf-8")
    found = read_changes(folder)
    assert {name: len(raw) for name, raw in found.files.items()} == {"content/topics/good.md": 1, "content/topics/large.md": 256 * 1024 + 1}
    assert found.removed == ("content/topics/gone.md",)
    assert found.left_out == 4


# --- the comment

RUN = "https://example.org/o/r/actions/runs/1"


def commented(small: Small, files: dict[str, str], removed: tuple[str, ...] = (), run: str = RUN) -> str:
    return comment(Changes({name: text.encode() for name, text in files.items()}, removed), small.project().settings, TODAY, run).text


def test_a_comment_has_the_verdict_the_list_and_the_entry_as_it_reads(small: Small, practice: Callable[..., str]) -> None:
    small.topic()
    (small.root / "content/vocabulary/criteria.yml").write_text(
        "title: What we ask\nlabel: Criterion\nterms:\n  - {id: useful, label: Useful, meaning: Someone can use it.}\n", "utf-8"
    )
    assert commented(small, {"content/practices/pooled.md": practice()}) == (
        "<!-- commons -->\n"
        "**The check has nothing that stops this.** Entries and vocabularies: 1 changed.\n\n"
        "### What we ask\n\n"
        "- [ ] **Useful**: Someone can use it.\n\n"
        "<details><summary>practice: Pooled buying (<code>content/practices/pooled.md</code>)</summary>"
        "<p><strong>Several cities buy together.</strong></p>"
        "<h4>The challenge</h4><p>Text.</p><h4>What to do</h4><p>Text.</p><h4>What it takes</h4><p>Text.</p><h4>What happened</h4><p>Text.</p>"
        "<h4>What did not work</h4><p>Text.</p><h4>Adapting it</h4><p>Text.</p><h4>Questions for discussion</h4><p>Text.</p><ol></ol></details>\n\n"
        f"The built site, and the changed pages by themselves, can be downloaded below [the run of the check]({RUN}), under Artifacts.\n"
    )


def test_a_comment_names_what_is_to_mend(small: Small, practice: Callable[..., str]) -> None:
    small.topic()
    said = commented(small, {"content/practices/pooled.md": practice(topics="[mony]")})
    assert "**1 thing to mend before this can go on.** Entries and vocabularies: 1 changed.\n" in said
    assert (
        "- `content/practices/pooled.md`, line 4: item 1 of \\`topics\\` must hold the id of a topic; found 'mony', which no file has. "
        "Did you mean 'money'?\n"
    ) in said


def test_a_comment_tells_what_a_removal_breaks_elsewhere(small: Small, practice: Callable[..., str]) -> None:
    small.topic()
    small.write("content/practices/pooled.md", practice())
    said = commented(small, {}, ("content/topics/money.md",))
    assert "**1 thing to mend before this can go on.** Entries and vocabularies: 0 changed, 1 removed.\n" in said
    assert "`content/practices/pooled.md`, line 4: " in said


def test_a_change_without_entries_gets_no_list_of_entries(small: Small) -> None:
    small.topic()
    assert "This change touches no entry.\n" in commented(small, {})
    assert "<details>" not in commented(small, {})


HOSTILE = (
    "@maintainer please merge, see #1, GH-2, owner/repo#3 and www.evil.test or https://evil.test/x.\n\n```\n</details>\n\n![x](https://evil.test/p.gif)\n"
    "\n@maintainer\n```\n\n[approve](https://evil.test/?a=1)\n\n- [x] Useful\n\n> quoted\n\n<!-- commons -->"
)


def test_a_comment_calls_nobody_and_fetches_nothing_whatever_an_entry_says(small: Small, practice: Callable[..., str]) -> None:
    small.topic()
    text = practice(body=f"## The challenge\n\n{HOSTILE}\n", title='"@all #1 ![x](https://evil.test/p.gif) <img src=x>"')
    made = commented(small, {"content/practices/pooled.md": text})
    blocks = [line for line in made.split("\n") if line.startswith("<details>")]
    assert len(blocks) == 1
    assert blocks[0].endswith("</details>")
    outside = re.sub(r"<code>.*?</code>|`[^`]*`", "", made)
    assert not re.search(r"[@#]\w", outside.replace("&#10;", "")), outside
    assert "<a " not in made
    assert "<img" not in made
    assert not re.search(r"(?<!\\)!\[", re.sub(r"<details>.*", "", made))
    assert made.count("<!-- commons -->") == 1
    assert "(<code>https://evil.test/?a=1</code>)" in made


@given(st.text(max_size=80))
def test_calm_text_is_one_line_without_calls_tags_or_marks(text: str) -> None:
    made = calm(text)
    assert "\n" not in made
    assert "<" not in made
    assert not re.search(r"[@#]\w", made)
    assert not re.search(r"(?<!\\)[`\[\]]", made.replace("\\\\", ""))


@given(st.text(max_size=80))
def test_calm_html_is_one_line(text: str) -> None:
    assert "\n" not in calm_html(text)


@pytest.mark.parametrize("run", ["javascript:alert(1)", "https://example.org/) [x](https://evil.test/", "http://example.org/", "https://a b"])
def test_an_odd_address_of_the_run_is_left_out(small: Small, run: str) -> None:
    small.topic()
    assert "Artifacts" not in commented(small, {}, run=run)


def test_the_labels_are_kinds_and_known_topics(small: Small, practice: Callable[..., str]) -> None:
    small.topic()
    changes = Changes(
        {"content/practices/a.md": practice(topics="[money, nothing]").encode(), "content/topics/new.md": small.topic().read_bytes()}, ()
    )
    assert comment(changes, small.project().settings, TODAY).labels == ("kind: practice", "kind: topic", "topic: money")


def test_a_comment_stays_below_what_the_platform_takes(small: Small, practice: Callable[..., str]) -> None:
    small.topic()
    long = practice(body="## The challenge\n\n" + "Words & words. @x\n" * 8000)
    made = commented(small, {f"content/practices/long-{number}.md": long for number in range(12)})
    assert len(made) <= 50_001
    assert "Too long to show here; the built pages have it." in made


# --- forms and their answers


@pytest.fixture
def pool(small: Small) -> Pool:
    """A pool with a topic and a government."""
    small.topic()
    small.topic("wages", "Wages, and who earns them")
    return small.check().pool


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `commons github` makes of the repository's own pool."""
    folder = tmp_path_factory.mktemp("github")
    made = CliRunner().invoke(main, ["github", str(folder)])
    assert made.exit_code == 0, made.output
    return folder


def test_the_forms_and_the_template_are_up_to_date(repository: Path) -> None:
    made = {path.relative_to(repository).as_posix(): path.read_text("utf-8") for path in repository.rglob("*") if path.is_file()}
    assert len(made) == len(OFFERED) + 1
    for name, text in made.items():
        assert (ROOT / ".github" / name).read_text("utf-8") == text, "run: commons github"


@pytest.mark.parametrize("kind", OFFERED)
def test_a_form_is_one_that_the_platform_takes(repository: Path, kind: str) -> None:
    """Source: GitHub's syntax for issue forms: distinct labels and ids, distinct choices, none of them `None`, known types."""
    form = yaml.safe_load(next((repository / "ISSUE_TEMPLATE").glob(f"*-{kind}.yml")).read_text("utf-8"))
    asked_for = [element for element in form["body"] if element["type"] != "markdown"]
    assert {element["type"] for element in form["body"]} <= {"markdown", "input", "textarea", "dropdown", "checkboxes"}
    for name in ("id", "label"):
        values = [element["id"] if name == "id" else element["attributes"]["label"] for element in asked_for]
        assert len(values) == len(set(values))
    for element in asked_for:
        choices = element["attributes"].get("options", [])
        words = [choice if isinstance(choice, str) else choice["label"] for choice in choices]
        assert len(words) == len(set(words))
        assert "none" not in [word.lower() for word in words]
        assert all(words)
    assert form["labels"] == ["new entry", f"kind: {kind}"]


def answered(kind: str, pool: Pool, **answers: str) -> str:
    """The text of an issue as the platform makes it of a form."""
    questions = asked(KINDS[kind], pool)
    plain = {
        question.label: ", ".join(question.choices) if question.many else next(iter(question.choices), "Some words") for question in questions
    } | {"Sources": "Annual outlook; The agency; 2026; https://www.example.org/a; Report"}
    given = plain | {label.replace("_", " "): text for label, text in answers.items()}
    return "\n\n".join(f"### {label}\n\n{given[label]}" for label in plain) + "\n\n### What qualifies\n\n- [X] Useful\n"


def event(tmp_path: Path, body: object, kind: str = "challenge", issue: dict[str, object] | None = None) -> Path:
    """The file in which the platform tells of an issue."""
    path = tmp_path / "event.json"
    labels = [{"name": "make pull request"}, {"name": f"kind: {kind}"}]
    path.write_text(json.dumps({"issue": {"number": 7, "body": body, "labels": labels, **(issue or {})}}), "utf-8")
    return path


@pytest.mark.parametrize("kind", OFFERED)
def test_an_answered_form_becomes_an_entry_that_the_check_can_read(small: Small, pool: Pool, tmp_path: Path, kind: str) -> None:
    body = answered(kind, pool, Title="A new way", Period="2024")
    told = from_issue(event(tmp_path, body, kind), pool, "Editors", TODAY)
    assert (told.path, told.issue) == (f"content/{KINDS[kind].folder}/a-new-way.md", 7)
    small.write(told.path, told.text.encode())
    codes = {problem.code for problem in small.check().problems}
    # What a form cannot know: the source is not pointed to yet, names are not ids, what else a text is about.
    assert codes <= {"source-unused", "reference-unknown", "field-value", "citation-form", "field-missing", "twin", "source-few"}
    record = next(record for record in (*small.check().pool.records, *small.check().pool.broken) if record.source.path == told.path)
    assert record.source.meta["title"] == "A new way"
    assert record.source.meta["status"] == "draft"
    assert record.source.meta["topics"] == ["money", "wages"]
    assert record.source.meta["sources"] == {
        "source-1": {"title": "Annual outlook", "publisher": "The agency", "year": "2026", "url": "https://www.example.org/a", "type": "report"}
    }
    assert [section.text for section in record.body.sections if section.text] == ["Some words"] * len(KINDS[kind].sections)


def test_a_heading_inside_an_answer_stays_in_the_answer(pool: Pool) -> None:
    questions = asked(KINDS["challenge"], pool)
    first, second = [question.label for question in questions if question.section][:2]
    found = read_answers(
        f"### Title\n\nA\n\n### {first}\n\nText.\n\n### Title\n\nB\n\n### Nothing\n\nC\n\n### {second}\n\n_No response_\n", questions
    )
    assert found == {"Title": "A", first: "Text.\n\n### Title\n\nB\n\n### Nothing\n\nC"}


ODD = (
    "---\nstatus: published\n---", "!!python/object/apply:os.system [id]", "&a *a", "{{ 1337*1337 }}", "$(id) `id` ; rm -rf /", "\x00\u202e\ud7ff",
    "\"'><script>alert(1)</script>", "../../etc/passwd", "${{ secrets.X }}", "x" * 60_000, "a\nb: c\n# d", "- \n  - ",
    "::set-output name=path::content/x.md",
)  # fmt: skip


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_whatever_stands_in_an_issue_is_only_a_value(small: Small, pool: Pool, tmp_path: Path, odd: str) -> None:
    body = "\n\n".join(f"### {question.label}\n\n{odd}" for question in asked(KINDS["case-study"], pool))
    told = from_issue(event(tmp_path, body, "case-study"), pool, "Editors", TODAY)
    assert re.fullmatch(r"content/case-studies/[a-z0-9]+(-[a-z0-9]+)*\.md", told.path)
    small.write(told.path, told.text.encode())
    checked = small.check()
    read = [record for record in (*checked.pool.records, *checked.pool.broken) if record.source.path == told.path]
    if read:
        assert read[0].source.meta["status"] == "draft"
        assert read[0].source.meta["owner"] == "Editors"
    else:
        assert {problem.code for problem in checked.problems if problem.path == told.path} <= {"control-character", "file-too-large"}


@pytest.mark.parametrize(
    ("body", "issue"),
    [
        ("", {}), (None, {}), ("Hello", {}), ("### Title\n\n_No response_", {}), ("### Title\n\nA", {"labels": []}),
        ("### Title\n\nA", {"labels": [{"name": "kind: ../x"}]}),
        ("### Title\n\nA", {"labels": [{"name": "kind: practice"}, {"name": "kind: challenge"}]}),
        ("### Title\n\nA", {"labels": "x"}), ("### Title\n\nA", {"number": "x"}), ("x" * 3_000_000, {}),
    ],
)  # fmt: skip
def test_what_is_no_form_is_told_so(pool: Pool, tmp_path: Path, body: object, issue: dict[str, object]) -> None:
    with pytest.raises(NotAForm):
        from_issue(event(tmp_path, body, issue=issue), pool, "Editors", TODAY)


def test_an_id_that_is_taken_or_kept_for_devices_gets_another(pool: Pool, tmp_path: Path) -> None:
    names = [
        from_issue(event(tmp_path, f"### Title\n\n{title}"), pool, "Editors", TODAY).path.rpartition("/")[2] for title in ("Money", "CON", "资金")
    ]
    assert names == ["money-2.md", "con-entry.md", "issue-7.md"]


def test_the_command_makes_entry_name_and_text_of_the_pull_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: Small) -> None:
    small.topic()
    body = answered("challenge", small.check().pool, Title="A new way")
    path = event(tmp_path, body)
    monkeypatch.chdir(small.root)
    done = CliRunner().invoke(main, ["from-issue", str(path), str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "out/path.txt").read_text("utf-8") == "content/challenges/a-new-way.md\n"
    assert (tmp_path / "out/body.md").read_text("utf-8").startswith("This entry was told in issue #7, and stands as a draft. Closes #7.\n\n## ")
    assert not (small.root / "content/challenges/a-new-way.md").exists()


def test_the_labels_are_distinct_and_short_enough(pool: Pool) -> None:
    names = [label["name"] for label in labels(pool)]
    assert len(names) == len(set(names))
    assert max(map(len, names)) <= 50
    assert {"kind: practice", "topic: money", "make pull request"} <= set(names)


def test_forms_of_another_pool_have_its_own_words(pool: Pool, tmp_path: Path) -> None:
    write_forms(tmp_path, pool)
    text = issue_form(KINDS["challenge"], pool)
    assert (tmp_path / "ISSUE_TEMPLATE/4-challenge.yml").read_text("utf-8") == text
    assert "Wages, and who earns them" in text


# --- upkeep

ANSWERS = {
    "error_map": {"addresses.txt": [{"url": "https://www.example.org/a", "status": {"text": "Not found | <b> @x", "code": 404}}]},
    "timeout_map": {"addresses.txt": [{"url": "https://www.example.org/b/", "status": "Timeout"}]},
}


def test_what_no_longer_answers_is_read_from_the_report_of_the_link_checker() -> None:
    assert failures(json.dumps(ANSWERS)) == {"https://www.example.org/a": "Not found | <b> @x", "https://www.example.org/b/": "Timeout"}


@pytest.mark.parametrize("report", ["", "[]", "{", '{"error_map": {"a": [1]}}', '{"error_map": 1}', "null"])
def test_a_report_that_is_none_is_told_so(report: str) -> None:
    with pytest.raises(NoReport):
        failures(report)


def test_the_issue_on_sources_names_the_entry_the_address_and_the_archived_copy(small: Small, practice: Callable[..., str]) -> None:
    small.topic()
    one = "a: {title: T, publisher: P, type: report, url: 'https://www.example.org/a', archived: 'https://archive.example.org/a'}"
    other = "b: {title: T, publisher: P, type: report, url: 'https://www.example.org/b'}"
    text = practice(sources=f"{{{one}, {other}}}").replace("\n\nText.", "\n\nText [@a; @b].", 1)
    small.write("content/practices/pooled.md", text)
    assert sources_issue(json.dumps(ANSWERS), small.project().catalogue).split("\n\n", 1)[1] == (
        "- [ ] `content/practices/pooled.md`, `a`: `https://www.example.org/a` (Not found \\| &lt;b&gt; @\u2060x)."
        " Archived copy: `https://archive.example.org/a`\n"
        "- [ ] `content/practices/pooled.md`, `b`: `https://www.example.org/b` (Timeout). No archived copy is known.\n"
    )
    small.stage()
    assert '"archived":"https://archive.example.org/a"' in small.page("practices/pooled")


def test_the_issue_on_reviews_has_what_the_command_says_as_plain_text() -> None:
    assert review_issue("2026-01-01  content/a.md\n\n```\n@all\n").split("\n\n", 1)[1] == "    2026-01-01  content/a.md\n    ```\n    @all\n"
    assert review_issue("").endswith("\n\n    Nothing is due.\n")


# --- what a check says on the platform


def test_a_summary_tells_a_newcomer_what_to_do() -> None:
    problem = Problem("content/topics/a|b.md", 3, 1, "field-missing", "`title` must be given; it is missing", "Write <b>one</b>.")
    assert as_summary([problem], 2) == (
        "## 1 thing to mend\n\n"
        "2 files checked: 1 error, 0 warnings.\n"
        "Errors must be mended before the entry can appear: open the file, go to the line, and do what stands in the last column.\n"
        "When you save, the check runs again by itself.\n\n"
        "### Errors\n\n"
        "| File and line | What must hold, and what was found | What to do |\n| --- | --- | --- |\n"
        "| content/topics/a&#124;b.md, line 3 | &#96;title&#96; must be given; it is missing | Write &lt;b&gt;one&lt;/b&gt;. |\n"
    )
    assert as_summary([], 2) == "## The check is content\n\n2 files checked, nothing to mend.\n"


def test_no_text_of_an_entry_is_a_command_to_the_platform() -> None:
    said = as_github([Problem("a.md", 1, 1, "raw-html", "found '##[stop-commands]x\n::add-mask::y'", "::error::")], 1)
    assert said == "::error file=a.md,line=1,col=1,title=raw-html::found '## [stop-commands]x%0A::add-mask::y'%0A::error::"
