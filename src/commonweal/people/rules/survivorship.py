"""Which of several records speaks for a field: never stored, computed at each reading (DOMAIN §5.4)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from commonweal.people.shapes import PersonShape
from commonweal.people.vocabulary import DatePrecision, Sex, Stand

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Heard:
    """One partner's record of the person, as the actor may see it. ``own``: the actor's partner holds it."""

    record_id: UUID
    person_id: UUID
    holder_id: UUID
    own: bool
    updated_at: datetime
    given: str
    family: str
    suffix: str
    birth_date: date | None
    birth_precision: DatePrecision
    sex: Sex
    pronouns: str
    language: str
    phone: str
    place: str
    zip: str


def in_order(records: Iterable[Heard]) -> list[Heard]:
    """One's own record first, then the most recent; ties by id, so that the order never wavers."""
    return sorted(records, key=lambda r: (not r.own, -r.updated_at.timestamp(), str(r.record_id)))


def person_from(records: Sequence[Heard], standing: Iterable[Stand] = ()) -> PersonShape:
    """One view of a person from at least one record. A name comes whole from one record, and so does a
    birth date; any other field from the first record that has it."""
    ordered = in_order(records)
    named = next((r for r in ordered if r.given or r.family), ordered[0])
    born = next((r for r in ordered if r.birth_date), ordered[0])
    return PersonShape(
        id=ordered[0].person_id,
        given=named.given,
        family=named.family,
        suffix=named.suffix,
        birth_date=born.birth_date,
        birth_precision=born.birth_precision,
        sex=next((r.sex for r in ordered if r.sex is not Sex.UNKNOWN), Sex.UNKNOWN),
        pronouns=_first(ordered, lambda r: r.pronouns),
        language=_first(ordered, lambda r: r.language) or "en",
        phone=_first(ordered, lambda r: r.phone),
        place=_first(ordered, lambda r: r.place),
        zip=_first(ordered, lambda r: r.zip),
        holder_ids=tuple(r.holder_id for r in ordered),
        standing=tuple(standing),
    )


def _first(records: Sequence[Heard], field: Callable[[Heard], str]) -> str:
    return next((value for r in records if (value := field(r))), "")
