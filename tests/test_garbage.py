"""Short runs look for no garbage in rings; whoever called them looks as before."""

import gc
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from macros import cli, garbage
from macros.plugin import CommonsPlugin


@pytest.fixture(autouse=True)
def looked_for() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_a_command_does_not_look_and_its_caller_does(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def check(*_: object) -> int:
        seen.append(gc.isenabled())
        return 0

    monkeypatch.setattr(cli, "_check", check)
    assert CliRunner().invoke(cli.main, ["check"]).exit_code == 0
    assert (seen, gc.isenabled()) == ([False], True)


def test_a_command_that_watches_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(cli, "watch", lambda *_: seen.append(gc.isenabled()))
    assert CliRunner().invoke(cli.main, ["check", "--watch"]).exit_code == 0
    assert (seen, gc.isenabled()) == ([True], True)


def test_who_did_not_look_before_does_not_look_after() -> None:
    gc.disable()
    with garbage.left():
        assert not gc.isenabled()
    assert not gc.isenabled()


@pytest.mark.parametrize("past", [True, False])
def test_who_looks_again_need_not_look_through_what_there_is(past: bool) -> None:
    garbage.leave()
    garbage.look_again(past)
    try:
        assert (gc.isenabled(), gc.get_freeze_count() == 0) == (True, past)
    finally:
        gc.unfreeze()


@pytest.mark.parametrize(("command", "looks"), [("build", False), ("serve", True)])
def test_a_build_does_not_look_and_a_preview_does(command: str, looks: bool) -> None:
    plugin = CommonsPlugin()
    plugin.on_startup(command=command, dirty=False)  # type: ignore[arg-type]
    assert gc.isenabled() == looks
    plugin.on_build_error(error=ValueError())
    assert gc.isenabled()
