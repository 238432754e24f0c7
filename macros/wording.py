"""The sentences of the check that the form in the browser says too: what must hold, what was found, and the fix.

They stand here once. The check fills them in with `say`; the site carries them to the form (`contribute/form.json`),
which fills them in the same way, and a test compares the two word for word.
"""

from typing import Final

# By the code of the problem, or the code and what tells two messages of one code apart: what must hold, and the fix.
WORDING: Final[dict[str, tuple[str, str]]] = {
    "field-missing": ("{name} must be given; it is missing", "{meaning} {example}"),
    "field-too-long": ("{name} must have at most {most} characters; it has {has}", "Shorten it by {over}."),
    "field-empty": ("{name} must have a value; it is empty", "Write a value. {example}"),
    "field-value": ("{name} must be {must}; found {found}", "{example}"),
    "field-value.id": ("{name} must be {must}; found {found}", "Write '{better}'."),
    "field-too-long.key": ("a key in {name} must have at most {most} characters; it has {has}", "Shorten it by {over}."),
    "field-value.key": (
        "a key in {name} must be of lower-case letters, digits and single hyphens; found '{found}'",
        "Write '{better}'.",
    ),
    "field-value.key-none": (
        "a key in {name} must be of lower-case letters, digits and single hyphens; found '{found}'",
        "Give it a short English name.",
    ),
    "term-unknown": ("{name} must be one of {terms}; found '{found}'", "What each word means stands in content/vocabulary/{vocabulary}.yml."),
    "reference-unknown": (
        "{name} must hold the id of {kinds}; found '{found}', which no file has",
        "Check the file name of the entry that you mean.",
    ),
    "reference-old": ("", "That is an old id; write '{id}'."),
    "reference-kind": (
        "{name} must hold the id of {kinds}; '{found}' is {kind}",
        "Move it to the field that is made for this kind, or to `related`.",
    ),
    "reference-twice": ("a list must name each thing once; '{found}' stands twice", "Remove one of the two."),
    "source-unknown": ("{name} must be a key in `sources`; found '{found}'", "The keys are {keys}."),
    "source-unknown.text": ("a citation must name a key in `sources`; found '{found}'", "The keys are {keys}."),
    "source-unknown.none": ("", "This entry has no `sources` yet; add the source there."),
    "source-unused": ("a source must back something; nothing points to '{key}'", "Cite it in the text as [@{key}], or remove it."),
    "source-few": (
        "{kind} should rest on sources of at least {least} publishers; this one has {has}",
        "Add one that does not depend on the others. {criterion}",
    ),
    "date-order": ("`end` must not be before `start` ({start}); found {end}", "Exchange the two, or correct one."),
    "date-future": ("`{name}` must not lie in the future; found {found}", "Check the year, the month and the day."),
    "summary-long": ("a summary should have at most {most} characters, to fit a printed card; it has {has}", "Shorten it by {over}."),
    "text-hard": (
        "a text should read at grade {hardest} or below; this one reads at {grade}, with {words} words a sentence",
        "Cut long sentences in two, and take shorter words.",
    ),
    "twin": (
        "{kind} should tell what no other one does; the {field} is much like that of {path}, '{title}'",
        "Read that one first: add to it what you know, or say in the title and in the summary what is different here. {criterion}",
    ),
    "section-missing": ("the text must have a section '{title}'; it is missing", "Add a line `## {title}`, and below it: {purpose}"),
    "section-empty": ("'{title}' must have text below it; found none", "Write {purpose}"),
    "section-later": (
        "the text must have a section '{title}' before it is published; the draft has none yet",
        "Add a line `## {title}`, and below it: {purpose}",
    ),
    "section-order": ("'{title}' must stand above '{above}'; it stands below it", "The order is {titles}."),
    "section-unknown": ("a section of {kind} must be one of {titles}; found '{found}'", "Make it a heading with three hashes inside one of them."),
    "section-twice": ("a section must stand once; '{title}' stands on line {line} already", "Join the two."),
    "text-too-much.line": ("a line may have {most} characters; this one has {has}", "Begin a new line after each sentence."),
    "text-too-much.indent": ("a line may be indented by {most} spaces; this one has {has}", "Nest lists less deeply."),
    "text-too-much.brackets": (
        "a text may have {most} opening brackets; this one has more",
        "Remove what is not needed, or split the entry.",
    ),
    "citation-form": (
        "a citation must be keys alone; found '[{found}]'",
        "Write [@key], or [@one; @two]; say the page in the `note` of the source.",
    ),
    "citation-form.note": (
        "a source must be cited with [@key]; found '{found}'",
        "List the source in `sources` under a key, and write the key in place of the note.",
    ),
    "raw-html": ("the text must be free of HTML; found '{found}'", "Use Markdown, or put it between backticks (`) to show it as it is."),
    "image": ("the text must have no pictures; found one of '{found}'", "Describe in words what it shows, and link to its page."),
    "heading-level": (
        "a heading must begin with two hashes or more; found '{found}'",
        "Write `{right}`, or a backslash before the hash if it is no heading.",
    ),
    "heading-level.row": (
        "a heading must begin with two hashes or more; found '{found}', which the row of signs below it makes a heading",
        "Write `{right}`, or put an empty line between the two if it is no heading.",
    ),
    "link-unsafe": (
        "a link must begin with https:// or http://, or lead to an entry like ../topics/some-id.md; found {found}",
        "Write the whole web address, or the way to the file of the entry.",
    ),
    "link-unsafe.host": (
        "a web address must name its host in plain letters, with nothing before it, as in https://www.example.org/; found '{found}'",
        "Open the page, and copy the address out of the browser's address line.",
    ),
    "link-unknown": ("a link must lead to an entry that exists; found '{found}'", "Check the file name of the entry that you mean."),
    "link-unknown.folder": (
        "a link must name the folder of the entry; '{id}' lies in {folder}, found '{found}'",
        "Write ../{folder}/{id}.md.",
    ),
    "link-draft": (
        "a link should lead to an entry that has a page; '{id}' is a draft",
        "Publish it first, or name it without a link.",
    ),
    "id-form": (
        "a file name must be an id of at most {most} lower-case letters, digits and single hyphens; found '{found}'",
        "Rename it to {better}.md.",
    ),
    "id-form.reserved": (
        "a file name must be one that Windows does not keep for devices; found '{found}'",
        "Give it a name that says what the entry is about.",
    ),
    "id-duplicate": (
        "an id must belong to one file; '{id}' also belongs to {others}",
        "Rename one of them; an id that was published is never given to another entry.",
    ),
}

# What a value must be, by the form of its field.
FORMS: Final[dict[str, str]] = {
    "date": "a date as YYYY-MM-DD",
    "day": "a date that exists, as YYYY-MM-DD",
    "whole": "a whole number in plain digits",
    "partial-date": "a date that exists, as YYYY, YYYY-MM or YYYY-MM-DD",
    "reserved-id": "a name that Windows does not keep for devices",
    "web-address": "a web address that begins with https:// or http://",
    "id": "an id of lower-case letters, digits and single hyphens",
    "line": "on one line",
    "number": "a number",
    "least": "at least {bound}",
    "most": "at most {bound}",
    "other": "written like the example",
}
# What an editor asks of an entry, from the vocabulary of criteria; the messages that try one of them say it.
CRITERIA: Final = "criteria"
CRITERION: Final = "{label}: {meaning}"
EXAMPLE: Final = "For example: `{name}: {text}`."
MEANT: Final = "Did you mean '{near}'?"


def say(key: str, /, **values: object) -> tuple[str, str]:
    """What must hold and was found, and the fix, of a message."""
    message, hint = WORDING[key]
    return message.format(**values), hint.format(**values).strip()
