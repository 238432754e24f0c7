"""What git knows of a project: the commit that stands, the versions of its files, the text of each version.

Everything is asked in one go for all files, because a call for each of ten thousand would take minutes. Where git does
not know the whole past (no git, no commit, a shallow clone, a zip), `head` is empty, and nobody asks further.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

# Nothing is fetched from elsewhere and nothing is locked, whatever the clone is set to.
_QUIET = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
_LOG = ("log", "-z", "--raw", "--no-abbrev", "--no-renames", "--no-show-signature", "--reverse", "-m", "--first-parent", "--relative")
# Marks where a commit begins; a path in a project never begins with it, and `:` begins what changed.
_COMMIT = "\x01"


@dataclass(frozen=True)
class Version:
    """What a file became with one commit; `blob` is the name that git gives to its text, empty if the file went away.

    `path` is POSIX and relative to the project; `day` (ISO 8601) is that of the commit, as the committer's clock had it.
    """

    day: str
    path: str
    blob: str


@dataclass(frozen=True)
class Repository:
    """The git repository that a folder lies in, if it does."""

    root: Path

    def head(self) -> str:
        """The commit that stands; empty where the whole past is not known."""
        said = self.ask("rev-parse", "--is-shallow-repository", "--verify", "HEAD").split()
        return said[1] if len(said) == 2 and said[0] == "false" else ""

    def versions(self, folder: str) -> tuple[Version, ...]:
        """All versions of the files below a folder on the main line, oldest first.

        The main line is that of first parents: what a merge brought counts on the day of the merge, when it was published.
        """
        return tuple(_versions(self.ask(*_LOG, f"--format={_COMMIT}%cs", "HEAD", "--", f"{folder}/")))

    def texts(self, blobs: Iterable[str], most: int) -> Iterator[str]:
        """The text of each blob, in their order; empty for one that is not there or has more than so many bytes."""
        command = (shutil.which("git") or "git", "cat-file", "--batch")
        with subprocess.Popen(command, cwd=self.root, env=os.environ | _QUIET, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
            assert running.stdin
            assert running.stdout
            for blob in blobs:
                running.stdin.write(f"{blob}\n".encode())
                running.stdin.flush()
                head = running.stdout.readline().split()
                if len(head) != 3:
                    yield ""
                    continue
                text = running.stdout.read(int(head[2]) + 1)
                yield text[:-1].decode("utf-8", "replace") if len(text) <= most + 1 else ""
            running.stdin.close()

    def ask(self, *arguments: str) -> str:
        """What git says, empty if it fails or is not installed."""
        try:
            done = subprocess.run(
                (shutil.which("git") or "git", *arguments), cwd=self.root, env=os.environ | _QUIET, capture_output=True, check=False
            )
        except OSError:
            return ""
        return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else ""


def _versions(log: str) -> Iterator[Version]:
    """The versions in what `git log -z --raw` printed."""
    day = ""
    parts = iter(log.split("\0"))
    for part in parts:
        # The first change of a commit stands on the line below the commit's own.
        for line in filter(None, part.split("\n")):
            if line.startswith(_COMMIT):
                day = line[1:]
            elif line.startswith(":"):
                new = line.split(" ")[3]
                yield Version(day, next(parts), new if new.strip("0") else "")
