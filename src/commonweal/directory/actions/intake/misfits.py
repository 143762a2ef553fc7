"""Staged rows that cannot go in."""

from dataclasses import dataclass
from typing import Any

from commonweal.directory.actions.intake.statements import Parts, put, run, stage_of
from commonweal.directory.vocabulary import RecordType as T


@dataclass(frozen=True, slots=True)
class Misfit:
    """A staged row that cannot go in: where it stood and why. ``value`` is the id in question."""

    kind: T
    file: int
    row: int
    field: str
    reason: str
    value: str = ""


def remove(kind: T, chosen: Parts, values: dict[str, Any] | None = None) -> None:
    """Remove staged rows by their place, and remember their ids as spared."""
    run(
        put(
            "with gone as (delete from {stage} s where s.place in ({chosen}) returning s.id)"
            " insert into directory_stage_misfit select id from gone",
            stage=stage_of(kind),
            chosen=chosen,
        ),
        values,
    )
