"""Problems as text for people, JSON, GitHub annotations, SARIF or a summary in Markdown; a review of entries as text."""

import html
import json
import re
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import quote

from .catalogue import Catalogue
from .problems import CODES, WARNINGS, Problem, as_line
from .review import FEWEST, Review, balance, islands


def as_text(problems: Sequence[Problem], files: int) -> str:
    """One problem after another, then the count."""
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    if not problems:
        return f"{_count(files, 'file')} checked, no problems."
    return "\n".join([*map(as_line, problems), "", f"{_count(files, 'file')} checked: {_count(errors, 'error')}, {_count(warnings, 'warning')}."])


def as_json(problems: Sequence[Problem], files: int) -> str:
    """An object with `files`, `errors`, `warnings` and `problems`."""
    errors = sum(problem.severity == "error" for problem in problems)
    rows = [
        {
            "path": p.path, "line": p.line, "column": p.column, "severity": p.severity, "code": p.code, "message": p.message, "hint": p.hint,
        }
        for p in problems
    ]  # fmt: skip
    return json.dumps({"files": files, "errors": errors, "warnings": len(problems) - errors, "problems": rows}, ensure_ascii=False, indent=2)


def as_github(problems: Sequence[Problem], files: int) -> str:
    """Workflow commands that GitHub shows beside the lines of a pull request.

    Source: GitHub's "Workflow commands for GitHub Actions"; data escapes %, CR and LF, properties also : and ,. The runner
    also knows an old form of command, `##[name]`, anywhere in a line: what an entry says must not be taken for one.
    """

    def data(text: str) -> str:
        return text.replace("##[", "## [").replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def prop(text: str) -> str:
        return data(text).replace(":", "%3A").replace(",", "%2C")

    return "\n".join(
        f"::{p.severity} file={prop(p.path)},line={p.line},col={p.column},title={prop(p.code)}::"
        + data(f"{p.message}\n{p.hint}" if p.hint else p.message)
        for p in problems
    )


def as_sarif(problems: Sequence[Problem], files: int) -> str:
    """SARIF 2.1.0 (OASIS), which code-scanning tools read."""
    index = {code: number for number, code in enumerate(CODES)}
    rules = [
        {"id": code, "shortDescription": {"text": text}, "defaultConfiguration": {"level": "warning" if code in WARNINGS else "error"}}
        for code, text in CODES.items()
    ]
    results = [
        {
            "ruleId": p.code,
            "ruleIndex": index[p.code],
            "level": p.severity,
            "message": {"text": f"{p.message}. {p.hint}" if p.hint else p.message},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": quote(p.path)},
                        "region": {"startLine": p.line, "startColumn": p.column},
                    }
                }
            ],
        }
        for p in problems
    ]
    run = {"tool": {"driver": {"name": "commons", "rules": rules}}, "results": results, "columnKind": "unicodeCodePoints"}
    schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


MOST_IN_SUMMARY = 50


def as_summary(problems: Sequence[Problem], files: int) -> str:
    """Markdown for someone who sees a check for the first time: how it stands, what to mend where, and what to do then."""

    def cell(text: str) -> str:
        plain = html.escape(" ".join(text.split()), quote=False)
        return re.sub(r"([\\`*_{}\[\]()#+!|~>@:-])", lambda sign: f"&#{ord(sign.group())};", plain)

    errors = [problem for problem in problems if problem.severity == "error"]
    warnings = [problem for problem in problems if problem.severity != "error"]
    if not problems:
        return f"## The check is content\n\n{_count(files, 'file')} checked, nothing to mend.\n"
    said = f"## {_count(len(errors), 'thing')} to mend" if errors else "## Nothing stops this"
    lines = [said, "", f"{_count(files, 'file')} checked: {_count(len(errors), 'error')}, {_count(len(warnings), 'warning')}."]
    if errors:
        lines += ["Errors must be mended before the entry can appear: open the file, go to the line, and do what stands in the last column."]
        lines += ["When you save, the check runs again by itself."]
    for title, some in (("Errors", errors), ("Warnings, which stop nothing", warnings)):
        if some:
            lines += ["", f"### {title}", "", "| File and line | What must hold, and what was found | What to do |", "| --- | --- | --- |"]
            lines += [f"| {cell(p.path)}, line {p.line} | {cell(p.message)} | {cell(p.hint)} |" for p in some[:MOST_IN_SUMMARY]]
            if len(some) > MOST_IN_SUMMARY:
                lines += ["", f"and {len(some) - MOST_IN_SUMMARY} more; `commons check` on your own machine has them all."]
    return "\n".join(lines) + "\n"


FORMATS: dict[str, Callable[[Sequence[Problem], int], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
    "summary": as_summary,
}


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def as_review(reviews: Sequence[Review], catalogue: Catalogue | None = None) -> Iterator[str]:
    """The lines of a review: remarks by file and line, a line an entry, and for a whole pool its balance and islands."""
    for found in reviews:
        yield from (f"{remark.path}:{remark.line}: {remark.about}: {remark.text}" for remark in found.remarks)
    yield f"{'entry':52} {'words':>5} {'grade':>5} {'w/sent':>6} {'figures':>7} {'primary':>9}"
    for found in reviews:
        grade = f"{found.reading.grade:.1f}" if found.reading.grade is not None else "-"
        sources = f"{found.primary} of {found.sources}"
        name = f"{found.record.entry.folder}/{found.record.id}"
        yield f"{name:52} {found.reading.words:>5} {grade:>5} {found.reading.words_in_sentence:>6.1f} {found.figures:>7} {sources:>9}"
    if catalogue:
        yield f"{'topic':40} practices cases challenges help"
        for topic, number in balance(catalogue):
            thin = [kind for kind, least in FEWEST.items() if number[kind] < least]
            told = f"  few: {', '.join(thin)}" if thin else ""
            practices, cases, challenges, offers = number.values()
            yield f"{topic:40} {practices:>9} {cases:>5} {challenges:>10} {offers:>4}{told}"
        yield from (f"island: {record.entry.folder}/{record.id}" for record in islands(catalogue))
