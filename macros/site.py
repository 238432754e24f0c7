"""The whole build, top to bottom: check, stage, engine; and the swap.

The site is made beside the one that stands and takes its place only when it is whole.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from .project import load
from .stage import Staged, stage


class EngineFailed(Exception):
    """The engine stopped; its own words are on the terminal."""


def build(root: Path) -> Staged:
    """Build `site/`; raises ContentError for wrong content and EngineFailed if MkDocs stops."""
    project = load(root)
    staged = stage(project, project.settings.staged)
    made = project.settings.build / "site"
    shutil.rmtree(made, ignore_errors=True)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(made)]
    if subprocess.run(command, cwd=root, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, check=False).returncode:
        raise EngineFailed
    swap(made, root / "site")
    return staged


def swap(made: Path, site: Path) -> None:
    """Put a finished site where the old one stands."""
    old = made.parent / "site-before"
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    made.rename(site)
    shutil.rmtree(old, ignore_errors=True)
