"""A pool of any size that nobody wrote, the same every time: to count bytes, to compare counts, and to time.

    python -m tests.synthetic 1000 FOLDER      # a whole project, ready to be built

Words are drawn by Zipf's law from made-up syllables, so that titles, texts and the index have the sizes of real ones.
"""

import random
import shutil
import sys
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml

from macros.entries import KINDS

ROOT = Path(__file__).resolve().parent.parent
SYLLABLES = ["ka", "ro", "mi", "ten", "sol", "dra", "vel", "pu", "lin", "gor", "sha", "be", "tir", "no", "fal", "che", "mur", "si", "zan", "ole"]
# Of each kind, so many parts; topics, coalitions, governments, organisations and actions do not grow with the pool.
SHARES = {"practice": 250, "case-study": 500, "technical-assistance": 120, "challenge": 80}
TOPICS, COALITIONS, GOVERNMENTS, ORGANISATIONS, ACTIONS = 18, 8, 60, 4, 12
# One practice in so many is a draft, and one is retired: they have pages and stand in no list.
UNLISTED = 40


class Writer:
    """Writes entries of one random sequence under `content`."""

    def __init__(self, content: Path, seed: int = 7) -> None:
        self.content = content
        self.random = random.Random(seed)
        self.words = ["".join(self.random.choices(SYLLABLES, k=self.random.choice((1, 2, 2, 3, 3, 4)))) for _ in range(9_000)]
        self.weights = list(accumulate(1 / (rank + 2) for rank in range(len(self.words))))
        self.terms: dict[str, list[str]] = {
            path.stem: [t["id"] for t in yaml.safe_load(path.read_text("utf-8"))["terms"]] for path in (content / "vocabulary").glob("*.yml")
        }

    def text(self, words: int) -> str:
        return " ".join(self.random.choices(self.words, cum_weights=self.weights, k=words))

    def some(self, values: Sequence[str], most: int, least: int = 1) -> list[str]:
        return self.random.sample(values, self.random.randint(least, min(most, len(values))))

    def term(self, vocabulary: str) -> str:
        return self.random.choice(self.terms[vocabulary])

    def entry(self, kind: str, id: str, title: str = "", words: int = 60, **fields: object) -> None:
        day = f"{self.random.randint(2024, 2026)}-{self.random.randint(1, 10):02}-{self.random.randint(1, 28):02}"
        meta = {
            "title": title or self.text(7).capitalize(),
            "summary": self.text(17).capitalize() + ".",
            **fields,
            "published": "2024-01-01",
            "reviewed": day,
            "owner": "Editors",
        }
        required = [section for section in KINDS[kind].sections if section.required] or list(KINDS[kind].sections[:1])
        body = "\n\n".join(f"## {s.title}\n\n{self.text(words).capitalize()}." for s in required)
        target = self.content / KINDS[kind].folder / f"{id}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"---\n{yaml.safe_dump(meta, allow_unicode=True, sort_keys=False)}---\n\n{body}\n", "utf-8")


def write_pool(content: Path, size: int) -> None:
    """About `size` entries under `content`, whose vocabularies must be there."""
    pool = Writer(content)
    topics = [f"topic-{n}" for n in range(TOPICS)]
    # Labels that would break an address, a query or a page that takes them for ids.
    odd = ['Städte & "Häfen"', "नगर परिवहन", "ขนส่ง, สะอาด", "城市 <交通>", "Côte d'Ivoire + more", "a=b&c=d"]
    for n, topic in enumerate(topics):
        pool.entry("topic", topic, title=odd[n] if n < len(odd) else f"Topic {pool.text(2)}")
    coalitions = [f"coalition-{n}" for n in range(COALITIONS)]
    for coalition in coalitions:
        own = [{"id": f"term-{n}", "label": f"Own {pool.text(2)}", "topics": pool.some(topics, 3)} for n in range(5)]
        name = f"{pool.text(1).upper()} {coalition[-1]}"
        pool.entry(
            "coalition",
            coalition,
            title=f"Coalition {pool.text(2)}",
            short_name=name,
            form=pool.term("coalition-forms"),
            members={"completeness": "not-found"},
            crosswalk=own,
        )
    governments = [f"place-{n}" for n in range(GOVERNMENTS)]
    source = {"one": {"title": "A list", "publisher": "An agency", "year": 2025, "url": "https://agency.test/list", "type": "dataset"}}
    for n, government in enumerate(governments):
        known = {name.removeprefix("context-"): {"value": pool.term(name), "source": "one"} for name in pool.terms if name.startswith("context-")}
        context = {name: fact for name, fact in known.items() if pool.random.random() < 0.6}
        facts: dict[str, Any] = {"context": context, "sources": source} if context else {}
        parent: dict[str, Any] = {"parent": governments[n - 40]} if n >= 40 else {}
        level = "city" if n >= 40 else "national"
        pool.entry("government", government, title=f"Place {pool.text(1)} {n}", level=level, region=pool.term("regions"), **parent, **facts)
    for n in range(ORGANISATIONS):
        pool.entry("organisation", f"body-{n}", form=pool.term("organisation-forms"))
    actions = [f"action-{n}" for n in range(ACTIONS)]
    for n, action in enumerate(actions):
        pool.entry(
            "action", action, topics=pool.some(topics, 2), coalition=coalitions[n % COALITIONS], code=f"A{n}", form=pool.term("action-forms"),
            theme=pool.text(1).capitalize(), period={"start": "2023"}, governments=pool.some(governments, 20, 5),
        )  # fmt: skip
    rest = max(0, size - TOPICS - COALITIONS - GOVERNMENTS - ORGANISATIONS - ACTIONS)
    numbers = {kind: max(2, rest * share // sum(SHARES.values())) for kind, share in SHARES.items()}
    challenges = [f"challenge-{n}" for n in range(numbers["challenge"])]
    practices = [f"practice-{n}" for n in range(numbers["practice"])]

    def shared() -> dict[str, Any]:
        return {"topics": pool.some(topics, 3), "coalitions": pool.some(coalitions, 2, 0)}

    for challenge in challenges:
        pool.entry("challenge", challenge, **shared())
    for n, practice in enumerate(practices):
        status: dict[str, Any] = {1: {"status": "draft"}, 2: {"status": "retired", "replaced_by": practices[0]}}.get(n % UNLISTED, {})
        pool.entry(
            "practice", practice, **shared(), **status, actions=pool.some(actions, 2, 0),
            evidence=pool.term("evidence"), instruments=pool.some(pool.terms["instruments"], 2), levels=pool.some(pool.terms["levels"], 2),
            segments=pool.some(pool.terms["segments"], 2, 0), challenges=pool.some(challenges, 2),
        )  # fmt: skip
    for n in range(numbers["case-study"]):
        pool.entry(
            "case-study", f"case-{n}", **shared(), governments=pool.some(governments, 2), period={"start": "2020"}, state=pool.term("case-states"),
            state_checked="2026-01-01", evidence=pool.term("evidence"),
            applies=[{"practice": practice, "changed": f"{pool.text(6).capitalize()}."} for practice in pool.some(practices, 2)],
            instruments=pool.some(pool.terms["instruments"], 2), levels=pool.some(pool.terms["levels"], 1),
            segments=pool.some(pool.terms["segments"], 2, 0), challenges=pool.some(challenges, 2), words=75,
        )  # fmt: skip
    for n in range(numbers["technical-assistance"]):
        pool.entry(
            "technical-assistance", f"help-{n}", **shared(), providers=[f"body-{n % ORGANISATIONS}"],
            help_forms=pool.some(pool.terms["help-forms"], 2), availability=pool.term("availability"), challenges=pool.some(challenges, 3), words=120,
        )  # fmt: skip


def write_project(folder: Path, size: int) -> Path:
    """A whole project with the repository's generator, theme, words and configuration, and a pool of about `size` entries."""
    vocabularies = folder / "content" / "vocabulary"
    vocabularies.mkdir(parents=True)
    for path in (ROOT / "content" / "vocabulary").glob("*.yml"):
        shutil.copy(path, vocabularies)
    for name in ("overrides", "macros"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "docs").mkdir()
    (folder / "docs" / "index.md").write_text("---\ntitle: Start\nunsearched: true\n---\n\n# Start\n\n[Explore](explore/index.md)\n", "utf-8")
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    start, _, rest = config.partition("\nnav:\n")
    _, mark, end = rest.partition("\n# Entries stay out")
    (folder / "mkdocs.yml").write_text(
        f"{start}\nnav:\n  - Home: index.md\n  - Explore: explore/index.md\n  - Practices: practices/index.md\n{mark}{end}", "utf-8"
    )
    write_pool(folder / "content", size)
    return folder


if __name__ == "__main__":
    write_project(Path(sys.argv[2]), int(sys.argv[1]))
