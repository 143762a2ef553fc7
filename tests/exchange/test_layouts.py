"""What it means that a kind of row gets another column: nothing, as long as nobody says anything in it."""

import pytest

from commonweal.directory.shapes_intake import RecordType as T
from commonweal.exchange.hsds import records


class Kept:
    def __init__(self) -> None:
        self.lines: list[str] = []

    def stage(self, kind: T, line: str) -> None:
        self.lines.append(line)

    def hold(self, held: records.Held) -> None:
        raise AssertionError(held)


def _staged(kind: T, original: str, **said: str) -> tuple[str, str]:
    """The id and the content hash of a row."""
    kept = Kept()
    records.Preparer("alder", kept).emit(kind, said, original, records.Origin(1, 2))
    cells = kept.lines[0].split("\t")
    return cells[0], cells[5]


@pytest.mark.parametrize(("kind", "original"), [(T.REQUIRED_DOCUMENT, ""), (T.SERVICE, "s1")])
def test_a_column_added_at_the_end_changes_no_row_and_no_id(
    kind: T, original: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {"document": "Photo ID", "name": "Food box"}
    before = _staged(kind, original, **said)
    monkeypatch.setitem(records._COLUMNS, kind, (*records._COLUMNS[kind], "added"))
    assert _staged(kind, original, **said) == before
    assert _staged(kind, original, **said, added="new words")[1] != before[1]
