"""What the workflows may do, read from their files: the rules that keep a fork from anything that it could harm."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

FILES = {path.name: path for path in sorted((ROOT / ".github/workflows").glob("*.yml"))}


def workflow(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(FILES[name].read_text("utf-8"), Loader=yaml.BaseLoader)
    return found


JOBS = [(name, job) for name in FILES for job in workflow(name)["jobs"]]


def steps(name: str, job: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = workflow(name)["jobs"][job]["steps"]
    return found


def writes(name: str, job: str) -> list[str]:
    return [what for what, how in workflow(name)["jobs"][job]["permissions"].items() if how == "write"]


@pytest.mark.parametrize("name", FILES)
def test_every_action_is_pinned_by_commit_with_its_version_beside_it(name: str) -> None:
    used = [line for line in FILES[name].read_text("utf-8").split("\n") if re.search(r"\buses:", line)]
    assert [line for line in used if not re.search(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line)] == []


def test_owners_are_teams_and_every_folder_that_they_own_is_there() -> None:
    """Source: GitHub's syntax of CODEOWNERS; a line that it cannot read, or a team that is not there, owns nothing."""
    lines = [line for line in (ROOT / ".github/CODEOWNERS").read_text("utf-8").split("\n") if line and not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"(\*|/[a-z./-]+/) +@[a-z0-9-]+/[a-z0-9-]+( @[a-z0-9-]+/[a-z0-9-]+)*", line)] == []
    paths, owners = zip(*(line.split(maxsplit=1) for line in lines), strict=True)
    assert paths[0] == "*"  # what no other line names is looked at too
    assert [path for path in paths[1:] if not (ROOT / path.strip("/")).is_dir()] == []
    assert len({owner.partition("/")[0] for names in owners for owner in names.split()}) == 1


def test_an_action_has_one_version_everywhere() -> None:
    found = {use for path in FILES.values() for use in re.findall(r"uses: (\S+)@(\S+) # (\S+)", path.read_text("utf-8"))}
    assert len({action for action, _, _ in found}) == len(found)


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_allowed_unless_a_job_asks_for_it(name: str) -> None:
    assert workflow(name)["permissions"] == {}
    assert all("permissions" in job and "timeout-minutes" in job for job in workflow(name)["jobs"].values())


@pytest.mark.parametrize("name", FILES)
def test_no_secret_is_used_and_no_trigger_gives_a_fork_rights(name: str) -> None:
    text = FILES[name].read_text("utf-8")
    assert "secrets." not in text
    assert "pull_request_target" not in text
    assert "issue_comment" not in text


@pytest.mark.parametrize(("name", "job"), JOBS)
def test_no_expression_stands_in_a_script(name: str, job: str) -> None:
    assert [step["run"] for step in steps(name, job) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize(("name", "job"), JOBS)
def test_a_checkout_leaves_no_token_behind(name: str, job: str) -> None:
    checkouts = [step for step in steps(name, job) if step.get("uses", "").startswith("actions/checkout@")]
    assert all(step["with"]["persist-credentials"] == "false" for step in checkouts)


@pytest.mark.parametrize(("name", "job"), [pair for pair in JOBS if writes(*pair)])
def test_a_job_that_can_write_has_no_code_and_runs_none_of_ours(name: str, job: str) -> None:
    used = [step.get("uses", "").partition("@")[0] for step in steps(name, job)]
    assert set(used) <= {"", "actions/download-artifact", "actions/deploy-pages"}
    assert not [step for step in steps(name, job) if re.search(r"\b(make|commons|python3?|pip|npm|node|source|eval|git)\b", _commands(step))]


def _commands(step: dict[str, Any]) -> str:
    """The script of a step without texts in quotes, notes and addresses of the interface."""
    return re.sub(r"'[^']*'|\"[^\"]*\"|#.*|/git/refs?\S*", "", step.get("run", ""))


def test_what_runs_a_pull_request_can_only_read_the_code() -> None:
    found = workflow("pull-request.yml")
    assert list(found["on"]) == ["pull_request", "workflow_dispatch"]
    assert [job["permissions"] for job in found["jobs"].values()] == [{"contents": "read"}] * 2
    assert "github.token" not in FILES["pull-request.yml"].read_text("utf-8")


def test_the_comment_is_written_by_the_code_of_main_and_posted_by_another_job() -> None:
    found = workflow("comment.yml")
    assert found["on"] == {"workflow_run": {"workflows": ["Pull request"], "types": ["completed"]}}
    assert workflow("pull-request.yml")["name"] == "Pull request"
    write, post = found["jobs"].values()
    assert write["permissions"] == {"actions": "read", "contents": "read"}
    assert write["steps"][0]["with"]["ref"] == "${{ github.event.repository.default_branch }}"
    assert post["permissions"] == {"pull-requests": "write"}
    assert "workflow_run.head" not in str(write["steps"])


def test_an_issue_becomes_a_pull_request_only_by_the_label_of_someone_who_may_write() -> None:
    entry = workflow("issue.yml")["jobs"]["entry"]
    assert workflow("issue.yml")["on"] == {"issues": {"types": ["labeled"]}}
    assert entry["if"] == "github.event.label.name == 'make pull request'"
    assert not re.search(r"issue\.(body|title|user)", FILES["issue.yml"].read_text("utf-8"))


def test_every_scheduled_or_shared_run_waits_for_the_one_before_it() -> None:
    assert all("concurrency" in workflow(name) for name in FILES)


# --- the scripts that write, run with a `gh` that only notes what it is asked

GH = """#!/bin/sh
printf '%s\\n' "$*" >> "$NOTES"
case "$*" in
  *"/pulls -f state=open"*) cat "$ANSWERS/pulls.json" ;;
  *"/comments"*) case "$*" in *POST*) ;; *) cat "$ANSWERS/comments.json" ;; esac ;;
  *"/labels --jq"*) cat "$ANSWERS/labels.txt" ;;
  *"git/ref/heads/"*) echo 1111111111111111111111111111111111111111 ;;
  *"POST repos/o/r/pulls"*) echo 12 ;;
esac
prev=""
for word in "$@"; do [ "$prev" = --input ] && [ "$word" != - ] && cp "$word" "$NOTES.$(basename "$word")"; prev=$word; done
exit 0
"""

needs_jq = pytest.mark.skipif(not shutil.which("jq"), reason="the machines that GitHub lends have jq")


def run_script(
    folder: Path, name: str, job: str, answers: dict[str, str], files: dict[str, str], **environment: str
) -> subprocess.CompletedProcess[str]:
    """The last script of a job, in a folder with files, as the runner starts it."""
    script = steps(name, job)[-1]["run"]
    (folder / "bin").mkdir()
    (folder / "bin/gh").write_text(GH, "utf-8")
    (folder / "bin/gh").chmod(0o755)
    for at, texts in (("answers", answers), ("work", files)):
        for path, text in texts.items():
            (folder / at / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / at / path).write_text(text, "utf-8")
    places = {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "NOTES": str(folder / "notes"), "ANSWERS": str(folder / "answers")}
    given = {**places, "REPOSITORY": "o/r", **environment}
    return subprocess.run(["bash", "-e", "-c", script], cwd=folder / "work", env=given, capture_output=True, text=True, check=False)


PULLS = json.dumps([{"number": 3, "head": {"sha": "other"}}, {"number": 5, "head": {"sha": "abc"}}])
EVENT = {"HEAD": "abc", "BRANCH": "x';rm -rf /;'", "OWNER": "someone"}
COMMENT = {"comment/comment.md": "<!-- commons -->\nText $(id) `id`\n", "comment/labels.json": '["kind: practice", "topic: unknown"]'}


@needs_jq
@pytest.mark.parametrize("renew", [False, True])
def test_the_comment_goes_to_the_pull_request_of_the_commit_and_is_renewed(tmp_path: Path, renew: bool) -> None:
    mine = [{"id": 9, "user": {"login": "github-actions[bot]"}, "body": "<!-- commons -->\nold"}]
    theirs = [{"id": 8, "user": {"login": "stranger"}, "body": "<!-- commons -->\nfalse"}]
    answers = {"pulls.json": PULLS, "comments.json": json.dumps(theirs + (mine if renew else [])), "labels.txt": "kind: practice\nbug\n"}
    done = run_script(tmp_path, "comment.yml", "post", answers, COMMENT, **EVENT)
    assert done.returncode == 0, done.stderr
    notes = (tmp_path / "notes").read_text("utf-8")
    assert f"-f head=someone:{EVENT['BRANCH']}" in notes
    expected = "PATCH repos/o/r/issues/comments/9 --input body.json" if renew else "POST repos/o/r/issues/5/comments --input body.json"
    assert expected in notes
    assert json.loads((tmp_path / "notes.body.json").read_text("utf-8")) == {"body": COMMENT["comment/comment.md"]}
    assert json.loads((tmp_path / "notes.labels.json").read_text("utf-8")) == {"labels": ["kind: practice"]}


@needs_jq
def test_nothing_is_posted_for_a_commit_that_no_open_pull_request_has(tmp_path: Path) -> None:
    answers = {"pulls.json": PULLS, "comments.json": "[]", "labels.txt": ""}
    done = run_script(tmp_path, "comment.yml", "post", answers, COMMENT, **{**EVENT, "HEAD": "gone"})
    assert (done.returncode, "POST" in (tmp_path / "notes").read_text("utf-8")) == (0, False)


ENTRY = {"entry/entry.md": "---\ntitle: A\n---\n", "entry/body.md": "Closes #7.\n"}


@needs_jq
def test_an_entry_of_an_issue_gets_a_branch_a_file_and_a_pull_request(tmp_path: Path) -> None:
    done = run_script(tmp_path, "issue.yml", "pull-request", {}, ENTRY, NUMBER="7", MAIN="main", ENTRY="content/topics/a-new-way.md")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "notes").read_text("utf-8").split("\n")[:-1] == [
        "api repos/o/r/git/ref/heads/main --jq .object.sha",
        "api --silent --method POST repos/o/r/git/refs -f ref=refs/heads/issue-7 -f sha=1111111111111111111111111111111111111111",
        "api --silent --method PUT repos/o/r/contents/content/topics/a-new-way.md --input file.json",
        "api --method POST repos/o/r/pulls --input pull.json --jq .number",
        "workflow run pull-request.yml --repo o/r --ref issue-7",
        "api --silent --method POST repos/o/r/issues/7/comments --input answer.json",
    ]
    assert json.loads((tmp_path / "notes.file.json").read_text("utf-8"))["content"] == "LS0tCnRpdGxlOiBBCi0tLQo="
    answer = json.loads((tmp_path / "notes.answer.json").read_text("utf-8"))
    assert answer == {"body": "Thank you. Pull request #12 has your entry; an editor takes it from there."}


@needs_jq
@pytest.mark.parametrize(
    "path",
    ["macros/cli.py", "content/topics/../../x.md", "content/topics/$(id).md", "content//topics/a.md", "content/a.md", "", "content/topics/a.yml"],
)
def test_a_file_of_an_odd_name_gets_no_branch(tmp_path: Path, path: str) -> None:
    done = run_script(tmp_path, "issue.yml", "pull-request", {}, ENTRY, NUMBER="7", MAIN="main", ENTRY=path)
    assert (done.returncode, done.stdout, (tmp_path / "notes").exists()) == (1, "The name of the entry has an odd form.\n", False)


@needs_jq
def test_the_standing_issues_are_opened_and_missing_labels_made(tmp_path: Path) -> None:
    files = {
        "upkeep/stale.md": "Due.\n", "upkeep/sources.md": "Gone.\n",
        "upkeep/labels.jsonl": '{"name": "kind: practice"}\n{"name": "topic: new"}\n',
    }  # fmt: skip
    done = run_script(tmp_path, "upkeep.yml", "tell", {"labels.txt": "kind: practice\n"}, files)
    assert done.returncode == 0, done.stderr
    notes = (tmp_path / "notes").read_text("utf-8").split("\n")
    assert [line for line in notes if "POST" in line] == [
        "api --silent --method POST repos/o/r/labels --input -",
        "api --silent --method POST repos/o/r/issues --input issue.json",
        "api --silent --method POST repos/o/r/issues --input issue.json",
    ]
    assert json.loads((tmp_path / "notes.issue.json").read_text("utf-8")) == {
        "title": "Sources whose address no longer answers", "labels": ["upkeep: sources"], "body": "Gone.\n",
    }  # fmt: skip
