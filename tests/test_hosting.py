"""The configurations for nginx, in nginx: types, compression, keeping, headers, and the page for what is not found; and what it asks storage."""

import gzip
import hashlib
import http.client
import http.server
import re
import shutil
import socket
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from macros.vendor import VENDORED
from tests.conftest import ROOT

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
Answer = tuple[int, dict[str, str], bytes]
FILES = {
    "index.html": "<h1>Start</h1>" * 60,
    "404.html": "<h1>Not here</h1>",
    "practices/one/index.html": "<h1>One</h1>",
    "practices/one/index.md": "# One é",
    "assets/js/commons.mjs": "export {};" * 100,
    "assets/stylesheets/main.57a0d79d.min.css": "a{}" * 300,
    "vendor/typst/compiler.wasm": "\0asm",
    "pagefind/fragment/en_1.pf_fragment": "x",
    "data/entries.json": "{}",
    "data/vocabularies.jsonld": "{}",
    "data/SHA256SUMS": "0  entries.json",
    **{f"vendor/{name}/{file}": "Free" for name, (_, files) in VENDORED.items() for file in files if "." not in file},
}
# As deploy/storage.sh sets them.
TYPES = {"html": "text/html", "md": "text/markdown; charset=utf-8", "css": "text/css", "mjs": "text/javascript; charset=utf-8"}
KEPT = "public, max-age=31536000, immutable"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def nginx(folder: Path, ours: str) -> Iterator[Callable[..., Answer]]:
    """Ask nginx, run with one of our files, for a path."""
    if not NGINX:
        pytest.skip("nginx is not installed (Debian: nginx-light); nothing heavy is installed for a test")
    port = free_port()
    ours = ours.replace("listen 80;", f"listen 127.0.0.1:{port};")
    paths = "".join(f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    main = f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log; events {{}} http {{ access_log off; {paths}\n{ours}\n}}"
    (folder / "nginx.conf").write_text(main, "utf-8")
    running = subprocess.Popen([NGINX, "-c", str(folder / "nginx.conf"), "-e", str(folder / "start.log")], stderr=subprocess.PIPE)
    for _ in range(100):
        with socket.socket() as found:
            if found.connect_ex(("127.0.0.1", port)) == 0:
                break
        assert running.poll() is None, running.stderr and running.stderr.read()
        time.sleep(0.1)
    said = (folder / "start.log").read_text("utf-8") + (folder / "error.log").read_text("utf-8")
    assert "duplicate MIME type" not in said, said

    def asked(path: str, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"} | {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        connection.close()
        return found

    try:
        yield asked
    finally:
        running.terminate()
        running.wait(10)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Answer]]:
    """Ask nginx with a built site."""
    folder = tmp_path_factory.mktemp("nginx")
    for name, text in FILES.items():
        (folder / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site" / name).write_text(text, "utf-8")
    with nginx(folder, (ROOT / "deploy/nginx.conf").read_text("utf-8").replace("/srv/commons/site", str(folder / "site"))) as asked:
        yield asked


@pytest.mark.parametrize(
    ("path", "type"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/practices/one/", "text/html; charset=utf-8"),
        ("/practices/one/index.md", "text/markdown; charset=utf-8"),
        ("/assets/js/commons.mjs", "text/javascript; charset=utf-8"),
        ("/vendor/typst/compiler.wasm", "application/wasm"),
        ("/data/entries.json", "application/json; charset=utf-8"),
        ("/data/vocabularies.jsonld", "application/ld+json"),
    ],
)
def test_files_have_their_types(ask: Callable[[str], Answer], path: str, type: str) -> None:
    status, headers, _ = ask(path)
    assert (status, headers["content-type"]) == (200, type)


def test_text_is_compressed(ask: Callable[[str], Answer]) -> None:
    for path in ("/", "/assets/js/commons.mjs", "/assets/stylesheets/main.57a0d79d.min.css"):
        _, headers, body = ask(path)
        assert (headers["content-encoding"], headers["vary"]) == ("gzip", "Accept-Encoding")
        assert gzip.decompress(body).decode() == FILES[path.lstrip("/") or "index.html"]


def test_files_with_a_hash_are_kept_and_others_asked_for_again(ask: Callable[[str], Answer]) -> None:
    kept = [ask(path)[1]["cache-control"] for path in ("/assets/stylesheets/main.57a0d79d.min.css", "/pagefind/fragment/en_1.pf_fragment")]
    assert kept == ["public, max-age=31536000, immutable"] * 2
    assert [ask(path)[1]["cache-control"] for path in ("/", "/assets/js/commons.mjs", "/data/entries.json")] == ["no-cache"] * 3


def test_what_is_not_there_has_our_page_and_the_headers(ask: Callable[[str], Answer]) -> None:
    status, headers, body = ask("/nothing/")
    assert (status, body) == (404, b"<h1>Not here</h1>")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "frame-ancestors 'self'"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["server"] == "nginx"


class Storage(http.server.ThreadingHTTPServer):
    """Storage that speaks S3, as far as readers see it: no folders, XML for what is not there, a tag for each file."""

    def __init__(self) -> None:
        self.files = {f"/commons-example/{name}": text.encode() for name, text in FILES.items()}
        self.forbids, self.fails = False, False
        self.given: Counter[tuple[str, int]] = Counter()
        self.asked_with: list[Mapping[str, str]] = []
        super().__init__(("127.0.0.1", 0), Given)


class Given(http.server.BaseHTTPRequestHandler):
    """What the storage gives."""

    server: Storage
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """One file, or that it is still the same."""
        self.server.asked_with.append({name.lower(): value for name, value in self.headers.items()})
        content = self.server.files.get(self.path)
        if self.server.fails:
            return self.give(503, b"<Error/>", {"Content-Type": "application/xml"})
        if content is None:
            return self.give(403 if self.server.forbids else 404, b"<Error/>", {"Content-Type": "application/xml"})
        tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        keep = KEPT if re.search(r"/pagefind/|\.min\.", self.path) else "no-cache"
        headers = {"ETag": tag, "Cache-Control": keep, "Content-Type": TYPES.get(self.path.rpartition(".")[2], "application/octet-stream")}
        headers |= {"x-amz-request-id": "1", "Accept-Ranges": "bytes"}
        if self.headers.get("If-None-Match") == tag:
            return self.give(304, b"", headers)
        return self.give(200, content, headers)

    def give(self, status: int, content: bytes, headers: Mapping[str, str]) -> None:
        """Answer, and count it."""
        self.server.given[self.path.removeprefix("/commons-example"), status] += 1
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def storage() -> Iterator[Storage]:
    with Storage() as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield found
        found.shutdown()


@pytest.fixture
def ask_before(tmp_path: Path, storage: Storage) -> Iterator[Callable[..., Answer]]:
    """Ask nginx before storage."""
    ours = (ROOT / "deploy/nginx-storage.conf").read_text("utf-8").replace("/var/cache/nginx/commons", str(tmp_path / "cache"))
    place = f"http://127.0.0.1:{storage.server_port}/commons-example/"
    with nginx(tmp_path, ours.replace("https://storage.example.org/commons-example/", place)) as asked:
        yield asked


def test_storage_is_asked_for_a_file_once_whatever_the_number_of_readers(ask_before: Callable[..., Answer], storage: Storage) -> None:
    pages = [ask_before("/practices/one/") for _ in range(50)]
    assert {(status, gzip.decompress(body) if "content-encoding" in headers else body) for status, headers, body in pages} == {(200, b"<h1>One</h1>")}
    assert storage.given["/practices/one/index.html", 200] == 1
    _, headers, body = ask_before("/")
    assert (headers["content-type"], headers["content-encoding"], headers["cache-control"]) == ("text/html; charset=utf-8", "gzip", "no-cache")
    assert gzip.decompress(body).decode() == FILES["index.html"]
    assert ask_before("/", If_None_Match=headers["etag"])[0] == 304
    assert ask_before("/assets/stylesheets/main.57a0d79d.min.css")[1]["cache-control"] == KEPT


def test_a_file_whose_name_has_no_end_is_no_folder(ask_before: Callable[..., Answer]) -> None:
    names = [name for name in FILES if "." not in name]
    assert len(names) > 1
    assert {name: ask_before(f"/{name}")[2].decode() for name in names} == {name: FILES[name] for name in names}


def test_what_changes_in_storage_is_shown(ask_before: Callable[..., Answer], storage: Storage) -> None:
    assert ask_before("/practices/one/")[2] == b"<h1>One</h1>"
    storage.files["/commons-example/practices/one/index.html"] = b"<h1>New</h1>"
    ends = time.monotonic() + 30
    while ask_before("/practices/one/")[2] != b"<h1>New</h1>":
        assert time.monotonic() < ends
        time.sleep(0.1)
    assert storage.given["/practices/one/index.html", 200] == 2


def test_readers_have_what_there_was_while_storage_fails(ask_before: Callable[..., Answer], storage: Storage) -> None:
    assert ask_before("/practices/one/")[0] == 200
    storage.fails = True
    ends = time.monotonic() + 30
    while not storage.given["/practices/one/index.html", 503]:  # until it is asked again
        assert ask_before("/practices/one/")[::2] == (200, b"<h1>One</h1>")
        assert time.monotonic() < ends
        time.sleep(0.1)
    assert ask_before("/practices/one/")[::2] == (200, b"<h1>One</h1>")


@pytest.mark.parametrize("forbids", [False, True])
def test_what_storage_has_not_or_does_not_tell_of_has_our_page(ask_before: Callable[..., Answer], storage: Storage, forbids: bool) -> None:
    storage.forbids = forbids
    for path in ("/nothing/", "/nothing.html", "/data/nothing.json"):
        status, headers, body = ask_before(path)
        assert (status, body) == (404, b"<h1>Not here</h1>")
        assert headers["content-security-policy"] == "frame-ancestors 'self'"


def test_an_address_without_its_last_stroke_leads_to_the_page(ask_before: Callable[..., Answer]) -> None:
    assert ask_before("/practices/one?kind=case")[1]["location"] == "/practices/one/?kind=case"
    status, headers, _ = ask_before("/practices/one%0d%0aSet-Cookie:%20a=b")
    assert (status, "set-cookie" in headers) == (404, False)


def test_storage_learns_nothing_of_readers_nor_they_of_it(ask_before: Callable[..., Answer], storage: Storage) -> None:
    _, headers, _ = ask_before("/", Cookie="a=b", Authorization="Basic eA==")
    assert storage.asked_with
    assert not {"cookie", "authorization"} & {name for asked in storage.asked_with for name in asked}
    assert "x-amz-request-id" not in headers
    assert headers["server"] == "nginx"


def test_both_configurations_say_the_same_of_compression_and_headers() -> None:
    one, two = (
        re.findall(r"^ *(?:charset|gzip|add_header)\w* [^;]*;", (ROOT / "deploy" / name).read_text("utf-8"), re.MULTILINE)
        for name in ("nginx.conf", "nginx-storage.conf")
    )
    assert len(two) == 13
    assert [line for line in one if "Cache-Control" not in line] == two
