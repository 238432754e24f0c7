"""What the site takes from npm, and what happens where it was not installed."""

import gzip
import json
from pathlib import Path

from macros.vendor import VENDORED, vendor
from tests.conftest import ROOT


def test_files_are_copied_to_where_pages_look_for_them(tmp_path: Path) -> None:
    for package, _ in VENDORED.values():
        (tmp_path / "node_modules" / package / "dist" / "esm").mkdir(parents=True)
    (tmp_path / "node_modules/lean-qr/index.mjs").write_text("export {}", "utf-8")
    missing = vendor(tmp_path / "site", tmp_path / "node_modules")
    assert (tmp_path / "site/vendor/lean-qr/index.mjs").read_text("utf-8") == "export {}"
    assert "lean-qr" not in missing


def test_what_was_not_installed_is_named(tmp_path: Path) -> None:
    assert vendor(tmp_path / "site", tmp_path / "node_modules") == tuple(VENDORED)
    assert not (tmp_path / "site").exists()


def test_every_package_is_locked_with_its_hash_and_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))["dependencies"]
    for package, _ in VENDORED.values():
        assert wanted[package] == lock[f"node_modules/{package}"]["version"]
    assert all("integrity" in entry and "resolved" not in entry for path, entry in lock.items() if path)


def test_a_program_is_packed_always_the_same_and_described(tmp_path: Path) -> None:
    package = tmp_path / "node_modules/@myriaddreamin/typst-ts-web-compiler"
    (package / "pkg").mkdir(parents=True)
    (package / "pkg/typst_ts_web_compiler_bg.wasm").write_bytes(b"\0asm" * 1000)
    (package / "pkg/typst_ts_web_compiler.mjs").write_text("export {}", "utf-8")
    (package / "package.json").write_text('{"version": "1.2.3"}', "utf-8")
    vendor(tmp_path / "one", tmp_path / "node_modules")
    vendor(tmp_path / "two", tmp_path / "node_modules")
    folders = [tmp_path / name / "vendor/typst-compiler" for name in ("one", "two")]
    packed = [(folder / "pkg/typst_ts_web_compiler_bg.wasm.gz").read_bytes() for folder in folders]
    assert packed[0] == packed[1]
    assert gzip.decompress(packed[0]) == b"\0asm" * 1000
    assert sorted(path.name for path in folders[0].rglob("*.*")) == ["program.json", "typst_ts_web_compiler.mjs", "typst_ts_web_compiler_bg.wasm.gz"]
    assert json.loads((folders[0] / "program.json").read_text("utf-8")) == {
        "file": "pkg/typst_ts_web_compiler_bg.wasm.gz",
        "script": "pkg/typst_ts_web_compiler.mjs",
        "bytes": len(packed[0]),
        "version": "1.2.3",
    }
