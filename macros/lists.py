"""Lists in the text of an entry, written as contributors write them."""

import re

from markdown.preprocessors import Preprocessor

_ITEM = re.compile(r"([-*+]|\d{1,9}\.)[ \t]+(?=\S)")


class Lists(Preprocessor):
    """Lists as CommonMark and GitHub take them, in the form that Python-Markdown wants.

    A list may follow a line of text at once, and an inner list is indented as far as the text of its item, two
    spaces or three; Python-Markdown wants an empty line before a list, and four spaces a level.
    """

    def run(self, lines: list[str]) -> list[str]:
        """The lines as Python-Markdown wants them."""
        self.found: list[str] = []
        self.levels: list[tuple[int, int]] = []  # where the marker and where the text of each open item begin
        blank = loose = False
        for line in lines:
            text = line.strip()
            indent = len(line) - len(line.lstrip())
            if not text:
                self.found.append("")
                blank, loose = True, loose or bool(self.levels)
                continue
            item = _ITEM.match(text) if indent < 4 or self.levels else None
            if not self.levels:
                loose = False
            if item and (self.levels or blank or not self.found or item.group(1) in ("-", "*", "+", "1.")):
                self._item(text, item, indent, blank, loose)
            else:
                self._other(line, text, indent, blank)
            blank = False
        return self.found

    def _item(self, text: str, item: re.Match[str], indent: int, blank: bool, loose: bool) -> None:
        begins = not self.levels
        while self.levels and indent < self.levels[-1][1]:
            self.levels.pop()
        above = self.found[-1] if self.found else ""
        after_inner_block = loose and above.startswith("    " * (len(self.levels) + 1))
        if not blank and above and (begins or after_inner_block):
            self.found.append("")
        self.found.append("    " * len(self.levels) + text)
        self.levels.append((indent, indent + item.end()))

    def _other(self, line: str, text: str, indent: int, blank: bool) -> None:
        if blank or text.startswith(("#", ">")):
            while self.levels and indent < self.levels[-1][1]:
                self.levels.pop()
        if not self.levels:
            self.found.append(line)
        elif blank:
            self.found.append("    " * len(self.levels) + " " * (indent - self.levels[-1][1]) + text)
        else:
            self.found.append("    " * (len(self.levels) - 1) + text)
