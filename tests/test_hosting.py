"""The configuration for nginx, in nginx: types, compression, keeping, headers, and the page for what is not found."""

import gzip
import http.client
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator

import pytest

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
}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Answer]]:
    """Ask nginx, run with our file, for a path."""
    if not NGINX:
        pytest.skip("nginx is not installed (Debian: nginx-light); nothing heavy is installed for a test")
    folder = tmp_path_factory.mktemp("nginx")
    for name, text in FILES.items():
        (folder / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site" / name).write_text(text, "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ours = (ROOT / "deploy/nginx.conf").read_text("utf-8").replace("listen 80;", f"listen 127.0.0.1:{port};")
    ours = ours.replace("/srv/commons/site", str(folder / "site"))
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

    def asked(path: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()

    yield asked
    running.terminate()
    running.wait(10)


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
