"""Where things are, and the site's name and addresses, from `mkdocs.yml` and the environment.

`mkdocs.yml` is the only place that names defaults; it takes SITE_NAME, SITE_URL and REPO_URL from the
environment with `!ENV`, which both engines and this module read in the same way.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml_env_tag import add_env_tag

CONFIG = "mkdocs.yml"


@dataclass(frozen=True)
class Settings:
    """A project: its folders (absolute) and what `mkdocs.yml` says about the site.

    `site_url` ends with a slash; `repo_url` has none at its end and is empty where there is no repository.
    """

    root: Path
    overrides: Path
    site_name: str
    site_url: str
    repo_url: str
    branch: str
    language: str
    licence_name: str
    licence_url: str
    citation_author: str
    description: str = ""
    email: str = ""

    @property
    def repo_middle(self) -> str:
        """What GitLab puts between the address of a repository and a page about it; nothing elsewhere."""
        return "-/" if "gitlab" in self.repo_url.split("//")[-1].split("/")[0] else ""

    def address(self, url: str = "") -> str:
        """The whole address of a page (`practices/some-id/`), of the site itself for none; as it stands where no site is named."""
        return f"{self.site_url}{url}" if self.site_url != "/" else url

    @property
    def content(self) -> Path:
        """What contributors edit."""
        return self.root / "content"

    @property
    def docs(self) -> Path:
        """Hand-written pages."""
        return self.root / "docs"

    @property
    def build(self) -> Path:
        """What is made and may be deleted."""
        return self.root / ".build"

    @property
    def staged(self) -> Path:
        """The pages as the engine takes them."""
        return self.build / "docs"


class NotAProject(Exception):
    """There is no usable `mkdocs.yml`; the message says what is wrong."""


def find_root(start: Path) -> Path:
    """The nearest folder from `start` upwards that holds `mkdocs.yml`; raises NotAProject if there is none."""
    for folder in (start, *start.parents):
        if (folder / CONFIG).is_file():
            return folder
    raise NotAProject(f"there is no {CONFIG} in {start} or above it; go to the folder of a project")


def read_settings(root: Path) -> Settings:
    """The settings of a project; what `mkdocs.yml` does not say has a plain default. Raises NotAProject."""
    path = root / CONFIG
    try:
        config: Any = yaml.load(path.read_text("utf-8"), Loader=_ConfigLoader) if path.is_file() else {}  # noqa: S506 - a safe loader
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise NotAProject(f"{path} cannot be read: {error}") from None
    config = config or {}
    if not isinstance(config, dict):
        raise NotAProject(f"{path} must hold settings such as `site_name: The name`; found something else")
    extra = config.get("extra")
    commons = (extra.get("commons") if isinstance(extra, dict) else None) or {}
    theme = config.get("theme")
    return Settings(
        root=root,
        overrides=root / str((theme.get("custom_dir") if isinstance(theme, dict) else None) or "overrides"),
        site_name=str(config.get("site_name") or "Commons"),
        site_url=str(config.get("site_url") or "").rstrip("/") + "/",
        repo_url=str(config.get("repo_url") or "").rstrip("/"),
        branch=str(commons.get("branch") or "main"),
        language=str(theme.get("language") or "en") if isinstance(theme, dict) else "en",
        licence_name=str(commons.get("licence_name") or ""),
        licence_url=str(commons.get("licence_url") or ""),
        citation_author=str(commons.get("citation_author") or config.get("site_name") or ""),
        description=str(config.get("site_description") or ""),
        email=str(commons.get("email") or ""),
    )


class _ConfigLoader(yaml.SafeLoader):
    """Reads the configuration; tags of engines other than !ENV are passed over."""


add_env_tag(_ConfigLoader)
_ConfigLoader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: None)
