"""The script for object storage: every file is copied once, with its type and how long browsers keep it, before anything is removed."""

import fnmatch
import itertools
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

FILES = (
    "index.html",
    "practices/one/index.md",
    "assets/js/commons.mjs",
    "assets/stylesheets/main.57a0d79d.min.css",
    "assets/javascripts/bundle.a5f9d56c.min.js",
    "assets/javascripts/lunr/min/lunr.ar.min.js",
    "pagefind/fragment/en_1.pf_fragment",
    "data/cases.csv",
    "sitemap.xml.gz",
)
# Stands for the tool: writes down what it is asked.
TOOL = f"""#!/bin/sh
"{sys.executable}" -c 'import json, sys; print(json.dumps(sys.argv[1:]))' "$@" >> "$ASKED"
"""


def publish(folder: Path, *arguments: str) -> tuple[subprocess.CompletedProcess[str], list[list[str]]]:
    """Run the script in a folder, and what it asked of the tool."""
    (folder / "bin").mkdir(exist_ok=True)
    (folder / "bin/aws").write_text(TOOL, "utf-8")
    (folder / "bin/aws").chmod(0o755)
    asked = folder / "asked"
    environment = {**os.environ, "PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "ASKED": str(asked)}
    done = subprocess.run(
        ("sh", str(ROOT / "deploy/storage.sh"), *arguments), cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return done, [json.loads(line) for line in asked.read_text("utf-8").splitlines()] if asked.exists() else []


def copied(call: list[str]) -> list[str]:
    """The files that a call copies, as the tool takes them: of the patterns that fit a file, the last one decides."""
    found = []
    for name in FILES:
        taken = True
        for option, pattern in itertools.pairwise(call):
            if option in ("--include", "--exclude") and fnmatch.fnmatchcase(name, pattern):
                taken = option == "--include"
        if taken:
            found.append(name)
    return found


@pytest.mark.skipif(os.name != "posix", reason="a script for a POSIX shell")
def test_every_file_is_copied_once_with_its_type_before_anything_is_removed(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).touch()
    done, calls = publish(tmp_path, "s3://pool/sub", "--endpoint-url", "https://storage.test")
    assert (done.returncode, done.stderr) == (0, "")
    assert all(call[:4] == ["s3", "sync", "site", "s3://pool/sub"] and call[-2:] == ["--endpoint-url", "https://storage.test"] for call in calls)
    *copies, last = calls
    assert ["--delete" in call for call in calls] == [False] * len(copies) + [True]
    assert "--size-only" in last
    set_to = {
        name: (call[call.index("--content-type") + 1] if "--content-type" in call else "", call[call.index("--cache-control") + 1])
        for call in copies
        for name in copied(call)
    }
    year = "public, max-age=31536000, immutable"
    assert set_to == {
        "index.html": ("", "no-cache"),
        "practices/one/index.md": ("text/markdown; charset=utf-8", "no-cache"),
        "assets/js/commons.mjs": ("text/javascript; charset=utf-8", "no-cache"),
        "assets/stylesheets/main.57a0d79d.min.css": ("", year),
        "assets/javascripts/bundle.a5f9d56c.min.js": ("", year),
        "assets/javascripts/lunr/min/lunr.ar.min.js": ("", "no-cache"),
        "pagefind/fragment/en_1.pf_fragment": ("", year),
        "data/cases.csv": ("text/csv; charset=utf-8", "no-cache"),
        "sitemap.xml.gz": ("application/gzip", "no-cache"),
    }
    assert sorted(name for call in copies for name in copied(call)) == sorted(FILES)


@pytest.mark.skipif(os.name != "posix", reason="a script for a POSIX shell")
def test_without_a_site_or_a_place_it_says_what_to_do(tmp_path: Path) -> None:
    done, calls = publish(tmp_path, "s3://pool")
    assert (done.returncode, calls) == (2, [])
    assert done.stderr == "There is no site/index.html here; run make site first, in the folder of the project.\n"
    done, calls = publish(tmp_path)
    assert (done.returncode != 0, calls) == (True, [])
    assert "sh deploy/storage.sh s3://BUCKET[/FOLDER] [OPTION ...]" in done.stderr
