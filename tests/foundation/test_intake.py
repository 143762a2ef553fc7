"""The quarantine and the runs, whatever the format."""

import io

import pytest

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.intake import actions, queries
from commonweal.foundation.intake.actions import FaultyRow
from commonweal.foundation.intake.progress import Line
from commonweal.foundation.intake.report import Example, Report
from commonweal.kernel.errors import NotFound

KEEPER = Actor(Role.OPERATOR, Purpose.ADMIN, name="the keeper")
FAULT = {"field": "name", "reason": "missing", "value": "", "words": "name is empty."}


def _faulty(number: int, **cells: str) -> FaultyRow:
    return FaultyRow("service", str(number), "services.csv", number, {"id": str(number), **cells}, (FAULT,))


@pytest.fixture
def keeper(db):
    with acting(KEEPER):
        yield KEEPER


def test_a_row_is_held_whole_and_once(keeper):
    assert actions.hold("hsds", "alder", [_faulty(1, text="=1+1"), _faulty(1, text="=1+1")]) == {"service": 2}
    assert actions.hold("hsds", "alder", [_faulty(1, text="=1+1")]) == {}

    (row,) = queries.waiting("hsds")
    assert queries.held(row.id).cells == {"id": "1", "text": "=1+1"}
    assert row.reason == "name is empty."


def test_the_same_row_of_two_sources_is_two(keeper):
    actions.hold("hsds", "alder", [_faulty(1)])
    actions.hold("hsds", "mill", [_faulty(1)])

    assert [row.source for row in queries.waiting("hsds")] == ["alder", "mill"]


def test_text_that_a_database_cannot_keep_is_kept_as_near_as_can_be(keeper):
    actions.hold("hsds", "alder", [_faulty(1, text="a\x00b\ud800c", long="x" * 300_000)])

    (row,) = queries.waiting_whole("hsds")
    assert row.cells["text"] == "a␀b?c"
    assert row.cells["long"].endswith("(300,000 characters)")


def test_rows_that_no_longer_come_stop_waiting(keeper):
    actions.hold("hsds", "alder", [_faulty(1), _faulty(2), _faulty(3)])
    still = [("service", actions.key_of({"id": "1"}))]

    assert actions.settle_absent("hsds", "alder", ["service"], still, {("service", "2")}) == 2

    assert [row.record_id for row in queries.waiting("hsds")] == ["1"]
    states = {row[2]: row[8] for row in queries.fingerprints("hsds")}
    assert states == {"1": "waiting", "2": "released", "3": "gone"}


def test_a_row_that_comes_back_waits_again(keeper):
    actions.hold("hsds", "alder", [_faulty(1)])
    actions.settle_absent("hsds", "alder", ["service"], [], set())

    assert actions.hold("hsds", "alder", [_faulty(1)]) == {}
    assert len(list(queries.waiting("hsds"))) == 1


def test_what_a_steward_left_out_stays_left_out(keeper):
    actions.hold("hsds", "alder", [_faulty(1)])
    (row,) = queries.waiting("hsds")

    actions.dismiss(row.id, by=KEEPER, why="a test row of theirs")
    actions.hold("hsds", "alder", [_faulty(1)])

    assert not list(queries.waiting("hsds"))
    with pytest.raises(NotFound):
        actions.dismiss(row.id, by=KEEPER, why="again")


@pytest.mark.parametrize("row_id", ["", "x", "' or 1=1", "00000000-0000-4000-8000-000000000000"])
def test_an_unknown_row_is_not_found(keeper, row_id):
    with pytest.raises(NotFound):
        queries.held(row_id)


def test_a_run_that_was_killed_is_closed_as_broken(keeper):
    first = actions.begin_run("hsds", "alder", "one", ["a.csv"], "f1", by=KEEPER)
    second = actions.begin_run("hsds", "alder", "two", ["a.csv"], "f2", by=KEEPER)

    assert [run.id for run in actions.close_broken_runs("hsds", "alder", second.id)] == [first.id]
    assert [run.state for run in queries.last_runs("hsds")] == ["running", "broken"]


def test_a_report_adds_up_and_tells_its_exit_code():
    whole, part = Report("hsds"), Report("hsds", "alder", "one")
    part.of("service").read, part.of("service").created, part.of("service").quarantined = 3, 2, 1
    part.hold(Example("services.csv", 4, "service", "name", "name is empty."), "service: name is empty.")
    whole.join(part)

    told = whole.as_json()
    assert (told["read"], told["created"], told["quarantined"], whole.exit_code) == (3, 2, 1, 3)
    assert told["by_type"]["service"]["created"] == 2
    assert told["examples"][0]["row"] == 4
    assert any("1 rows wait in quarantine" in line for line in whole.lines())
    assert Report("hsds").exit_code == 0


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_one_line_on_a_terminal_and_few_elsewhere():
    terminal, pipe = _Terminal(), io.StringIO()
    for out in (terminal, pipe):
        line = Line(out)
        for done in range(1000):
            line(done, 1000, "Reading")
        line(1000, 1000, "Reading")
        line.end()

    assert terminal.getvalue().count("\n") == 1
    assert "100%" in terminal.getvalue()
    assert len(pipe.getvalue().splitlines()) <= 3
