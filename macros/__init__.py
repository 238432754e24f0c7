"""The generator of a commons: content in, pages out. See docs/architecture.md for the flow.

mkdocs-macros (in either engine) imports this package and calls `define_env`; it gives the engine the
macros of `embeds.py` and does nothing else.
"""

from pathlib import Path
from typing import Any


def define_env(env: Any) -> None:
    """Register the macros; `env` is the environment that mkdocs-macros or Zensical hands over."""
    from .embeds import Embeds
    from .project import current

    root = Path(env.project_dir).resolve()

    def page_url() -> str:
        page = getattr(env, "page", None)
        source = getattr(page, "path", None)
        if source is not None:
            # Zensical takes links in raw HTML as seen from the source file, MkDocs as seen from the page.
            folder = source.rpartition("/")[0]
            return f"{folder}/" if folder else ""
        return (page.url or "").removeprefix("./") if page is not None else ""

    for name, macro in Embeds(current(root).site(), page_url).macros().items():
        env.macro(macro, name)
