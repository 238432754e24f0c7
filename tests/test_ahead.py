"""Work done ahead on all processors, and generated pages read back without a YAML parser."""

import multiprocessing
import os
import signal
import threading
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from macros import ahead as module
from macros.ahead import FEWEST, Gate, ahead, beside
from macros.page import Page, compact, front_matter_of
from macros.views import pages
from tests.conftest import Small


@pytest.fixture(params=[1, 2])
def processors(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(module, "processors", lambda: request.param)
    return int(request.param)


@pytest.mark.parametrize("number", [0, 1, FEWEST - 1, FEWEST, 5 * FEWEST + 3])
def test_results_come_in_the_order_of_the_things(processors: int, number: int) -> None:
    assert list(ahead(lambda thing: thing * 2, list(range(number)))) == [2 * thing for thing in range(number)]


def test_other_processes_do_the_work_where_there_are_enough_things_and_processors(processors: int) -> None:
    found = set(ahead(lambda _: os.getpid(), range(8 * FEWEST)))
    assert (os.getpid() in found) == (processors == 1)
    assert set(ahead(lambda _: os.getpid(), range(FEWEST - 1))) == {os.getpid()}


def test_the_processes_have_what_this_one_held_when_they_were_asked_for(processors: int) -> None:
    held = {"word": "then"}
    found = ahead(lambda _: held["word"], range(FEWEST))
    held["word"] = "now" if processors > 1 else "then"
    assert set(found) == {"then"}


def test_what_an_act_raises_is_raised_to_the_reader(processors: int) -> None:
    def act(thing: int) -> int:
        if thing == 70:
            raise ValueError("seventy")
        return thing

    read: list[int] = []
    with pytest.raises(ValueError, match="seventy"):
        read.extend(ahead(act, range(2 * FEWEST)))
    assert read == list(range(len(read)))
    assert len(read) <= 70


def test_the_processes_end_with_the_last_result(processors: int) -> None:
    results = ahead(lambda thing: thing, range(FEWEST))
    assert [next(results) for _ in range(FEWEST)] == list(range(FEWEST))
    assert multiprocessing.active_children() == []


def test_a_process_that_is_ended_from_outside_is_told_to_the_reader(processors: int) -> None:
    if processors == 1:
        pytest.skip("there is no other process")
    own = os.getpid()

    def act(thing: int) -> int:
        if thing == 70 and os.getpid() != own:
            os.kill(os.getpid(), signal.SIGKILL)
        return thing

    with pytest.raises(ChildProcessError, match="ended from outside"):
        list(ahead(act, range(2 * FEWEST)))
    assert multiprocessing.active_children() == []


def test_what_is_done_beside_is_done_by_another_process_where_there_are_processors(processors: int) -> None:
    waited = beside(os.getpid)
    assert (waited() == os.getpid()) == (processors == 1)
    assert multiprocessing.active_children() == []


def test_what_is_done_beside_leaves_no_thread_and_does_its_own_work_alone(processors: int) -> None:
    """A process may be forked beside it, and it forks none itself."""
    threads = threading.active_count()
    waited = beside(lambda: [*ahead(lambda _: os.getpid(), range(2 * FEWEST))])
    assert threading.active_count() == threads
    found = waited()
    assert len(set(found)) == 1
    assert (os.getpid() in found) == (processors == 1)


def test_what_is_done_beside_waits_at_a_gate_until_that_is_open(processors: int, tmp_path: Path) -> None:
    gate = Gate()

    def act() -> list[str]:
        gate.wait()
        return sorted(path.name for path in tmp_path.iterdir())

    waited = beside(act)
    (tmp_path / "written before").touch()
    gate.open()
    assert waited() == ["written before"]
    assert multiprocessing.active_children() == []


def test_what_is_done_beside_raises_where_it_is_waited_for(processors: int) -> None:
    def act() -> None:
        raise ValueError("beside")

    waited = beside(act)
    with pytest.raises(ValueError, match="beside"):
        waited()
    assert multiprocessing.active_children() == []


def test_a_process_beside_that_is_ended_from_outside_is_told(processors: int) -> None:
    if processors == 1:
        pytest.skip("there is no other process")
    waited = beside(lambda: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(ChildProcessError, match="ended from outside"):
        waited()
    assert multiprocessing.active_children() == []


DATA = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc_-", min_size=1, max_size=5), inner, max_size=3),
    max_leaves=12,
)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.dictionaries(st.text("abc", min_size=1), DATA, max_size=4), st.booleans())
def test_a_generated_page_reads_the_same_as_yaml_and_in_the_quick_way(title: str, data: dict[str, object], hidden: bool) -> None:
    text = Page("a/index.md", title, "entry.html", title[::-1], data, ("toc",) if hidden else ()).text()
    found = front_matter_of(text)
    assert found == yaml.safe_load(text[4:-4])
    assert found is not None
    assert found["commons"] == compact(data)
    assert front_matter_of(text, with_data=False) == {key: value for key, value in found.items() if key != "commons"}


def test_every_page_of_a_project_is_read_in_the_quick_way(small: Small) -> None:
    small.topic("money", "Money <50% & {{ more }} --- ü")
    made = list(pages(small.project().site()))
    assert len(made) > 10
    assert [page.src_uri for page in made if front_matter_of(page.text()) != yaml.safe_load(page.text()[4:-4])] == []


@pytest.mark.parametrize("text", ["", "# Title\n", "---\n---\n", "---\ntitle: Plain words\n---\n", '---\ntitle: "x"\n---\n\nText.\n', "---\n"])
def test_a_page_that_people_wrote_is_left_to_the_engine(text: str) -> None:
    assert front_matter_of(text) is None


@pytest.mark.parametrize(
    "text", ['---\ntitle: "x"\ncommons: {a: 1}\n---\n', "---\nrender_macros: false\ncommons: words\n---\n\nText.\n", "---\ncommons: 1\n"]
)
def test_a_page_that_only_looks_generated_is_left_to_the_engine_too(text: str) -> None:
    assert front_matter_of(text, with_data=False) is None


def test_a_page_that_has_no_more_than_the_name_of_data_is_read_whole() -> None:
    text = '---\ntitle: "x"\ncommons: {"a": 1}\n---\n'
    assert front_matter_of(text, with_data=False) == {"title": "x", "commons": {"a": 1}}
