"""Chromium, and built sites served as a web server would: under a sub-path, compressed, every byte counted."""

import functools
import gzip
import http.server
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import ROOT
from tests.engines import mkdocs
from tests.synthetic import write_project

SUB_PATH = "/commons/"
_COMPRESSED = (".html", ".css", ".js", ".mjs", ".json", ".svg", ".txt", ".xml")


@functools.lru_cache(maxsize=4096)
def _body(path: Path, changed: float) -> tuple[bytes, bool]:
    """What a server sends for a file, and whether it is compressed."""
    found = path.read_bytes()
    return (gzip.compress(found, 6), True) if path.suffix in _COMPRESSED else (found, False)


@dataclass
class Served:
    """A site on loopback; `log` has (path below the site, bytes sent) of every answer, `broken` paths that fail.

    With `cut` it answers nothing, as where there is no connection.
    """

    site: Path
    under: str = SUB_PATH
    address: str = ""
    cut: bool = False
    log: list[tuple[str, int]] = field(default_factory=list)
    broken: dict[str, bytes | None] = field(default_factory=dict)

    def bytes(self, *, without: tuple[str, ...] = ()) -> int:
        """The bytes sent since the log was last cleared."""
        return sum(size for path, size in self.log if not path.startswith(without or ("\0",)))


_TYPES = {
    ".mjs": "text/javascript",
    ".js": "text/javascript",
    ".css": "text/css",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".xml": "application/xml",
}


class _Handler(http.server.BaseHTTPRequestHandler):
    def __init__(self, served: Served, *arguments: object) -> None:
        self.served = served
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        if self.served.cut:
            self.close_connection = True
            return
        path = self.path.partition("?")[0]
        name = path.removeprefix(self.served.under) if path.startswith(self.served.under) else "\0"
        target = self.served.site / (f"{name}index.html" if not name or name.endswith("/") else name)
        if name in self.served.broken:
            replaced = self.served.broken[name]
            self._send(200 if replaced is not None else 404, replaced or b"", "application/json", False, name)
        elif name == "\0" or not target.is_file():
            self._send(404, b"", "text/html", False, path)
        else:
            body, compressed = _body(target, target.stat().st_mtime)
            self._send(200, body, _TYPES.get(target.suffix, "application/octet-stream"), compressed, name)

    def _send(self, status: int, body: bytes, type: str, compressed: bool, name: str) -> None:
        self.served.log.append((name, len(body)))
        self.send_response(status)
        self.send_header("Content-Type", type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        if compressed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


# The files that take longest, longest first: begun last, one of them would keep one process busy when the other has no more to do.
_LONGEST = ("test_weight", "test_workshop", "test_site", "test_contribute")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files come first, and in each the tests that need ten thousand entries last, whatever else the order is."""
    items.sort(key=lambda item: (_LONGEST.index(item.path.stem) if item.path.stem in _LONGEST else len(_LONGEST), "ten_thousand" in item.name))


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., Served]]:
    """Serve a built site; the address has no slash at its end."""
    servers = []

    def start(site: Path, under: str = SUB_PATH) -> Served:
        served = Served(site, under)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, served))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        served.address = f"http://127.0.0.1:{server.server_port}{under.rstrip('/')}"
        return served

    yield start
    for server in servers:
        server.shutdown()


@pytest.fixture(scope="session")
def own(serve: Callable[..., Served]) -> Served:
    """The repository's own site, built before the tests."""
    assert (ROOT / "site" / "index.html").is_file(), "build the site first: make site"
    return serve(ROOT / "site")


@pytest.fixture(scope="session")
def address(own: Served) -> str:
    """Where the repository's own site is served."""
    return own.address


@pytest.fixture(scope="session")
def whole(own: Served, serve: Callable[..., Served]) -> Callable[[str], str]:
    """The whole address of a page; the page for what is not there knows only the address for which a site is built."""
    root = serve(own.site, "/")
    return lambda path: (root if path == "/404.html" else own).address + path


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, serve: Callable[..., Served]) -> Callable[[int], Served]:
    """A site of about so many entries that nobody wrote; built once a session. The project is the parent of `site`."""

    @functools.cache
    def build(size: int) -> Served:
        project = write_project(tmp_path_factory.mktemp("made") / str(size), size)
        done = mkdocs(project)
        assert not done.returncode, done.stderr[-2000:]
        return serve(project / "site-mkdocs")

    return build


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it; nothing is downloaded."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    assert found, "Chromium is missing; see tools/chromium.sh"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open an address in a browser of its own; an error on the page fails the test unless `errors` says that it may."""
    opened: list[tuple[Page, list[str], bool]] = []

    def go(url: str, width: int = 1280, palette: str = "light", scripts: bool = True, errors: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900 if width > 500 else 844},
            color_scheme="dark" if palette == "dark" else "light",
            java_script_enabled=scripts,
            permissions=["clipboard-read", "clipboard-write"],
        )
        page = context.new_page()
        said: list[str] = []
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        opened.append((page, said, errors))
        page.goto(url, wait_until="networkidle")
        # The scripts have come; on a busy machine they run a little later. Tests that hold one back go on without it.
        # (The policy of the pages keeps Playwright's own `wait_for_function` from running there.)
        for _ in range(20 if scripts else 0):
            if page.evaluate("!document.querySelector(':not(:defined)')"):
                break
            page.wait_for_timeout(200)
        return page

    yield go
    complaints = [message for _, said, allowed in opened if not allowed for message in said]
    for page, _, _ in opened:
        page.context.close()
    assert complaints == []
