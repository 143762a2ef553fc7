"""Persons as the current actor may see them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from commonweal.foundation.access import current_actor
from commonweal.foundation.access.models import AccessStanding
from commonweal.foundation.database.prepared import ask
from commonweal.kernel.answers import Answered
from commonweal.people.models import SourceRecord
from commonweal.people.rules.births import Birth
from commonweal.people.rules.matching import Sketch
from commonweal.people.rules.names import Name
from commonweal.people.rules.survivorship import Heard, in_order, person_from
from commonweal.people.shapes import ContactShape, PersonShape
from commonweal.people.vocabulary import Channel, DatePrecision, Sex, Stand

NOBODY = UUID(int=0)
"""Holds nothing: stands for the partner of an actor who has none."""


def mine() -> UUID:
    """The acting partner, or nobody."""
    return current_actor().partner_id or NOBODY


def heard(record: SourceRecord, own_partner: UUID) -> Heard:
    """A record as the survivorship rules need it."""
    return Heard(
        record_id=record.id,
        person_id=record.person_id,
        holder_id=record.holder_id,
        own=record.holder_id == own_partner,
        updated_at=record.updated_at,
        given=record.given,
        family=record.family,
        suffix=record.suffix,
        birth_date=record.birth_date,
        birth_precision=DatePrecision(record.birth_precision),
        sex=Sex(record.sex),
        pronouns=record.pronouns,
        language=record.language,
        phone=record.phone,
        place=record.place,
        zip=record.zip,
    )


def names_of(record: SourceRecord) -> tuple[Name, ...]:
    """The usual name and all others on a record."""
    also = tuple(Name(other.get("given", ""), other.get("family", "")) for other in record.also)
    return (Name(record.given, record.family, record.suffix), *also)


def birth_of(record: SourceRecord) -> Birth:
    return Birth(record.birth_date, DatePrecision(record.birth_precision))


def sketch_of(record: SourceRecord) -> Sketch:
    """What of a record is compared with another."""
    usual, *also = names_of(record)
    return Sketch(
        name=usual,
        also=tuple(also),
        birth=birth_of(record),
        sex=Sex(record.sex),
        zip5=record.zip[:5],
        phone=record.phone,
        shared_phone=record.phone_is_shared,
    )


def records_of(person_id: UUID) -> list[SourceRecord]:
    """Every record of this person that the actor may see; one's own first. Empty: hidden or absent."""
    return _records([person_id]).get(person_id, [])


def _records(person_ids: Iterable[UUID]) -> dict[UUID, list[SourceRecord]]:
    here = mine()
    found: dict[UUID, list[SourceRecord]] = defaultdict(list)
    for record in SourceRecord.objects.filter(person_id__in=list(person_ids)):
        found[record.person_id].append(record)
    place = {person: _order(records, here) for person, records in found.items()}
    return {person: sorted(records, key=lambda r: place[person][r.id]) for person, records in found.items()}


def _order(records: list[SourceRecord], here: UUID) -> dict[UUID, int]:
    return {h.record_id: n for n, h in enumerate(in_order(heard(record, here) for record in records))}


def people(person_ids: Iterable[UUID]) -> dict[UUID, PersonShape]:
    """The persons among ``person_ids`` whom the actor may see."""
    wanted = list(dict.fromkeys(person_ids))
    if not wanted:
        return {}
    here = mine()
    standing = standings(wanted)
    return {
        person: person_from([heard(record, here) for record in records], standing.get(person, ()))
        for person, records in _records(wanted).items()
    }


_NAMES = (
    "select person_id, holder_id, given, family, suffix from people_source_record"
    " where person_id = any(%s) order by updated_at, id"
)


def names(person_ids: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    """First and whole name of those whom the actor may see, for long lists: one query, few columns.

    One's own record wins, else the most recently changed, as in ``people``.
    """
    mine = current_actor().partner_id
    rows = ask(_NAMES, [list(person_ids)])
    found: dict[UUID, tuple[str, str]] = {}
    own: set[UUID] = set()
    for person_id, holder_id, given, family, suffix in rows:
        if not (given or family) or (person_id in own and holder_id != mine):
            continue
        first = given.split(" ")[0] if given else family
        found[person_id] = (first, " ".join(part for part in (given, family, suffix) if part))
        if holder_id == mine:
            own.add(person_id)
    return found


def person(person_id: UUID) -> PersonShape | None:
    """The person as the actor may see them, or None: hidden and absent look alike."""
    return people([person_id]).get(person_id)


def standings(person_ids: Iterable[UUID]) -> Mapping[UUID, tuple[Stand, ...]]:
    """Who has died or may be mixed up, as far as the actor's partner knows the person."""
    found: dict[UUID, list[Stand]] = defaultdict(list)
    live = AccessStanding.objects.filter(
        person_id__in=list(person_ids), ended_at__isnull=True, kind__in=[Stand.DECEASED, Stand.DISPUTED]
    )
    for person_id, kind in live.values_list("person_id", "kind"):
        found[person_id].append(Stand(kind))
    return {person_id: tuple(kinds) for person_id, kinds in found.items()}


def contacts(person_ids: Iterable[UUID]) -> dict[UUID, ContactShape]:
    """How to reach each person, from one's own record, else the most recent that can be seen.

    What any visible record calls unsafe is unsafe, and where one prohibits contact none is made.
    """
    return {person: _contact(person, records) for person, records in _records(person_ids).items()}


def contact(person_id: UUID) -> ContactShape | None:
    """How to reach the person, or None: hidden and absent look alike."""
    return contacts([person_id]).get(person_id)


def _contact(person_id: UUID, records: list[SourceRecord]) -> ContactShape:
    first = next((r for r in records if r.phone or r.email or r.address), records[0])
    unsafe = {c for r in records for c, said in _channels(r).items() if said is Answered.NO}
    safe = {c for c, said in _channels(first).items() if said is Answered.YES} - unsafe
    named = next((r for r in records if r.given or r.family), first)
    return ContactShape(
        person_id=person_id,
        name=" ".join(part for part in (named.given, named.family, named.suffix) if part),
        language=next((r.language for r in records if r.language), "en"),
        phone=first.phone,
        email=first.email,
        address=first.address,
        city=first.city,
        zip=first.zip,
        place=first.place,
        safe=frozenset(safe),
        unsafe=frozenset(unsafe),
        best_time=first.best_time,
        prohibited=any(r.contact_prohibited for r in records),
    )


def _channels(record: SourceRecord) -> dict[Channel, Answered]:
    known = {channel.value for channel in Channel}
    return {Channel(name): Answered(said) for name, said in record.channels.items() if name in known}


def known_here(person_id: UUID) -> bool:
    """Whether the actor's own partner has a record of the person that the actor may see."""
    return SourceRecord.objects.filter(person_id=person_id, holder_id=mine()).exists()


def recent(page: int, size: int = 20) -> tuple[list[PersonShape], bool]:
    """The persons of the actor's own partner, latest change first, and whether there are more."""
    start = (page - 1) * size
    ids = list(
        SourceRecord.objects.filter(holder_id=mine())
        .order_by("-updated_at", "id")
        .values_list("person_id", flat=True)[start : start + size + 1]
    )
    found = people(ids[:size])
    return [found[i] for i in ids[:size] if i in found], len(ids) > size


def how_many_here() -> int:
    """How many persons the actor's own partner keeps a record of."""
    return SourceRecord.objects.filter(holder_id=mine()).count()
