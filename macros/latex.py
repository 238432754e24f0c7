"""BibTeX that any program reads: text escaped, files written by pybtex."""

import io

from pybtex.database import BibliographyData, Entry
from pybtex.database.output.bibtex import Writer

_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
}  # fmt: skip
_ESCAPED = str.maketrans(_LATEX)


def escape(text: str) -> str:
    """Text in which nothing is a command of LaTeX; letters of all scripts stay, as the file is UTF-8."""
    return text.translate(_ESCAPED)


def braced(text: str) -> str:
    """Text that no program may take apart or put into lower case."""
    return f"{{{escape(text)}}}"


def bibtex(entries: dict[str, Entry]) -> str:
    """A BibTeX file."""
    text = io.StringIO()
    _Writer().write_stream(BibliographyData(entries), text)
    return text.getvalue()


class _Writer(Writer):  # type: ignore[misc]
    """pybtex's writer for text that is escaped already, so that addresses stay as they are."""

    def _encode(self, text: str) -> str:
        return text
