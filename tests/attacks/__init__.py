"""The corpus of attacks: what each is, and the small pool that it stands in."""

import json
import re
import textwrap
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.conftest import TOPIC, Small

FOLDER = Path(__file__).resolve().parent
NAMES = sorted(path.stem for path in FOLDER.glob("*.yml"))


@dataclass(frozen=True)
class Attack:
    """One attack: in which corpus it stands, where it is put, and what it is."""

    corpus: str
    place: str
    what: str

    def entry(self) -> tuple[str, str]:
        """The path and the text of a topic that holds the attack."""
        front, body = TOPIC.format(title="Attack").lstrip("\n"), "## What it covers\n\nText.\n"
        if self.place == "path":
            return self.what, f"---\n{front}---\n\n{body}"
        if self.place == "text":
            return "content/topics/attack.md", f"---\n{front}---\n\n## What it covers\n\n{self.what}\n"
        fields = set(re.findall(r"^(\w+):", self.what, re.M))
        kept = "".join(f"{line}\n" for line in front.splitlines() if line.partition(":")[0] not in fields)
        return "content/topics/attack.md", f"---\n{kept}{self.what}\n---\n\n{body}"

    def answer(self, small: Small) -> str:
        """What the check says of the pool with the attack in it; the files that it adds are taken away again."""
        path, text = self.entry()
        target = small.root / path
        new = [folder for folder in target.parents if not folder.exists()]
        small.write(path, text.encode("utf-8", "surrogatepass"))
        said = "\n".join(
            f"{problem.path}:{problem.line}:{problem.column}: {problem.severity} [{problem.code}]: {problem.message}\n  {problem.hint}"
            for problem in small.check().problems
        )
        target.unlink()
        for folder in new:
            folder.rmdir()
        return said


def attacks(corpus: str) -> list[Attack]:
    """The attacks of a corpus, in order."""
    found = yaml.safe_load((FOLDER / f"{corpus}.yml").read_text("utf-8"))
    return [Attack(corpus, found["place"], attack["is"]) for attack in found["attacks"]]


def shown(attack: Attack, answer: str) -> str:
    """An attack on one line, and what is said of it below."""
    return f"{json.dumps(attack.what)}\n{textwrap.indent(answer or 'Nothing: it is only text, and changes no page.', '    ')}\n"
