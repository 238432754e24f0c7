"""Whether a build would give the site that stands: nothing it is made from has changed, and nothing in it either.

What a site is made from are the files of the project, the generator, the packages, what the environment says, the commit and the
day. All of them together are one sum, kept under the build folder with a sum of the site; a build that finds both the
same has nothing to do. A sum too many is no harm (a build is made that was not needed); one too few would leave an old site.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import distributions
from pathlib import Path

from .clock import build_day
from .git import Repository
from .kept import write_whole
from .settings import Settings

FILE = "site.json"
STANDS = "site/ stands as it would be built: nothing has changed."
ENVIRONMENT = ("SITE_NAME", "SITE_URL", "REPO_URL", "COMMONS_DRAFTS", "SOURCE_DATE_EPOCH")


def sum_of_sources(settings: Settings) -> str:
    """The sum of all that a site is made from."""
    root = settings.root
    folders = (settings.content, settings.docs, settings.overrides, Path(__file__).resolve().parent)
    files = [*(path for folder in folders for path in _files(folder)), root / "mkdocs.yml", root / "node_modules" / ".package-lock.json"]
    parts: list[str] = [sys.version, build_day().isoformat(), _past(root)]
    parts += (f"{name}={os.environ.get(name, '')}" for name in ENVIRONMENT)
    parts += sorted(f"{found.name} {found.version}" for found in distributions())
    parts += (f"{os.path.relpath(path, root)} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files if path.is_file())
    return _sum(parts)


def sum_of_site(site: Path) -> str:
    """The sum of a built site, by the names, sizes and times of its files, so that ten thousands of them take no time."""
    found = ((path, path.stat()) for path in _files(site))
    return _sum(f"{path.relative_to(site)} {about.st_size} {about.st_mtime_ns}" for path, about in found)


def is_unchanged(settings: Settings, site: Path, sources: str) -> bool:
    """Whether the site that stands is the one that was built from these sources."""
    try:
        known = json.loads((settings.build / FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return bool(site.is_dir() and known == {"sources": sources, "site": sum_of_site(site)})


def remember(settings: Settings, site: Path, sources: str) -> None:
    """Keep that a site was built from these sources, as they were before the build."""
    write_whole(settings.build / FILE, json.dumps({"sources": sources, "site": sum_of_site(site)}).encode())


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (Path(place, name) for name in sorted(names))


def _past(root: Path) -> str:
    """The commit that stands, and whether all before it is known: what changed when is told on the pages."""
    return Repository(root).ask("rev-parse", "--is-shallow-repository", "HEAD")


def _sum(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
