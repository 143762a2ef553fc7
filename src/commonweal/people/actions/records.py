"""Writing down who a person is."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.forms.models import model_to_dict

from commonweal.foundation import audit, bus
from commonweal.foundation.access import Actor
from commonweal.foundation.access.facts import relate, relate_many
from commonweal.kernel.clock import now, today
from commonweal.kernel.errors import Conflict, NotFound, Refused
from commonweal.kernel.ids import new_id
from commonweal.kernel.verdict import deny
from commonweal.kernel.words import N_
from commonweal.people import access
from commonweal.people.actions.common import act, ensure
from commonweal.people.events import PersonRegistered
from commonweal.people.models import KeptApart, Person, RecordVersion, SearchKey, SourceRecord
from commonweal.people.queries.persons import NOBODY, birth_of, names_of, people
from commonweal.people.rules.drafts import settled
from commonweal.people.rules.keys import record_keys
from commonweal.people.shapes import RecordDraft

REGISTERED = N_("Wrote down your name and how to reach you.")
UPDATED = N_("Changed your name or how to reach you.")


def home_area() -> str:
    """The area code that completes a number of seven digits here; empty: none."""
    return str(getattr(settings, "HOME_AREA_CODE", ""))


@act
def register(
    draft: RecordDraft,
    *,
    by: Actor,
    same_as: UUID | None = None,
    apart_from: Iterable[UUID] = (),
    occurred_at: datetime | None = None,
) -> UUID:
    """Make the acting partner's record of a person; returns the person's id.

    ``same_as``: a person whom the actor sees and says is this one; without it a new person begins,
    whoever may be known elsewhere. ``apart_from``: visible persons of whom the actor says that they
    are someone else. Raises BadInput by field, Conflict when the partner has a record already,
    NotFound for a ``same_as`` that is hidden or absent.
    """
    ensure(access.may_register(by))
    clean = settled(draft, today(), area=home_area())
    moment = occurred_at or now()
    _check_own_number(clean.own_number, by)
    person_id = _join(same_as, by) if same_as else _begin(by, moment)
    record = _new_record(clean, person_id, by, moment, linked=same_as is not None)
    record.save(force_insert=True)
    _write_keys([record])
    for other in people(apart_from):
        _apart(person_id, other, by)
    _tell(record, by, is_new=same_as is None)
    return person_id


@act
def register_many(
    drafts: Sequence[RecordDraft], *, by: Actor, occurred_at: datetime | None = None
) -> list[UUID]:
    """``register`` for a batch of new persons in a few statements: for imports and seeds. Ids in order.

    Each person has their own audit entry and event, as one by one. ``occurred_at`` is the same for all.
    """
    ensure(access.may_register(by))
    moment, day = occurred_at or now(), today()
    clean = [settled(draft, day, area=home_area()) for draft in drafts]
    anchors = [Person(id=new_id(), origin_id=access.acting_partner(by), occurred_at=moment) for _ in clean]
    Person.objects.bulk_create(anchors, batch_size=1000)
    relate_many(anchor.id for anchor in anchors)
    pairs = zip(clean, anchors, strict=True)
    records = [_new_record(draft, anchor.id, by, moment, linked=False) for draft, anchor in pairs]
    SourceRecord.objects.bulk_create(records, batch_size=1000)
    _write_keys(records)
    audit.record_many((_entry(record, is_new=True) for record in records), by=by)
    for record in records:
        _publish(record, is_new=True)
    return [anchor.id for anchor in anchors]


def _begin(by: Actor, moment: datetime) -> UUID:
    person_id = new_id()
    Person(id=person_id, origin_id=access.acting_partner(by), occurred_at=moment).save(force_insert=True)
    relate(person_id)
    return person_id


def _join(person_id: UUID, by: Actor) -> UUID:
    if person_id not in people([person_id]):
        raise NotFound("person")
    if SourceRecord.objects.filter(person_id=person_id, holder_id=access.acting_partner(by)).exists():
        raise Conflict("Your organization has a record of this person already.")
    relate(person_id)
    return person_id


def _check_own_number(number: str, by: Actor, besides: UUID | None = None) -> None:
    """Unique at this partner, and nothing is asked of any other."""
    if not number:
        return
    taken = SourceRecord.objects.filter(holder_id=access.acting_partner(by), own_number=number)
    if (taken.exclude(id=besides) if besides else taken).exists():
        raise Conflict("Another record of your organization has this number.")


def _fields(draft: RecordDraft) -> dict[str, Any]:
    values = asdict(draft)
    values["also"] = [{**asdict(other), "use": other.use.value} for other in draft.also]
    values["channels"] = {channel.value: said.value for channel, said in draft.channels.items()}
    for name in ("birth_precision", "sex", "interpreter"):
        values[name] = values[name].value
    return values


def _new_record(
    draft: RecordDraft, person_id: UUID, by: Actor, moment: datetime, *, linked: bool
) -> SourceRecord:
    return SourceRecord(
        person_id=person_id,
        holder_id=access.acting_partner(by),
        occurred_at=moment,
        updated_at=moment,
        linked_how="said-to-be-the-same" if linked else "registered",
        linked_by=by.account_id,
        **_fields(draft),
    )


def _write_keys(records: Sequence[SourceRecord]) -> None:
    """The search keys of records, in one statement: a record has some fifteen."""
    rows = [
        (record.holder_id, record.person_id, record.id, key[:160])
        for record in records
        for key in sorted(record_keys(names_of(record), birth_of(record), record.phone, record.email))
    ]
    holders, persons, ids, keys = (list(column) for column in zip(*rows, strict=True)) if rows else ([],) * 4
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into people_search_key (holder_id, segment, data_class, topic, person_id, record_id, key)"
            " select h, 'general', 'D2', '', p, r, k"
            " from unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::text[]) x(h, p, r, k)",
            [holders, persons, ids, keys],
        )


def _tell(record: SourceRecord, by: Actor, *, is_new: bool) -> None:
    audit.record_many([_entry(record, is_new=is_new)], by=by)
    _publish(record, is_new=is_new)


def _entry(record: SourceRecord, *, is_new: bool) -> audit.Entry:
    return audit.Entry(
        "person.registered",
        subject=("person_record", record.id),
        person_id=record.person_id,
        words=REGISTERED,
        because="people.register",
        details={"new": is_new},
        occurred_at=record.occurred_at,
    )


def _publish(record: SourceRecord, *, is_new: bool) -> None:
    bus.publish(
        PersonRegistered(
            person_id=record.person_id,
            record_id=record.id,
            holder_id=record.holder_id,
            is_new=is_new,
            occurred_at=record.occurred_at,
        )
    )


@act
def update_record(person_id: UUID, draft: RecordDraft, *, by: Actor, holder_id: UUID | None = None) -> bool:
    """Change the acting partner's record of a person, keeping what it said before; False if nothing changed.

    A resident changes the record of ``holder_id``. Raises NotFound for hidden and absent alike.
    """
    holder = by.partner_id or holder_id or NOBODY
    record = SourceRecord.objects.select_for_update().filter(person_id=person_id, holder_id=holder).first()
    if record is None:
        raise NotFound("person")
    verdict = access.may_update(by, record)
    ensure(verdict)
    fresh = _fields(settled(draft, today(), area=home_area()))
    if all(getattr(record, name) == value for name, value in fresh.items()):
        return False
    if by.partner_id is not None:
        _check_own_number(fresh["own_number"], by, besides=record.id)
    _keep_version(record, by)
    for name, value in fresh.items():
        setattr(record, name, value)
    record.version += 1
    record.updated_at = now()
    record.save()
    SearchKey.objects.filter(record=record).delete()
    _write_keys([record])
    audit.record(
        "person.updated",
        by=by,
        subject=("person_record", record.id),
        person_id=person_id,
        words=UPDATED,
        because=verdict.rule,
    )
    return True


def _keep_version(record: SourceRecord, by: Actor) -> None:
    content = model_to_dict(record, exclude=["id", "person"])
    RecordVersion.objects.create(
        person_id=record.person_id,
        holder_id=record.holder_id,
        record=record,
        version=record.version,
        content={name: _plain(value) for name, value in content.items()},
        changed_by=by.account_id,
        occurred_at=record.updated_at,
    )


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | bool | list | dict | None) else str(value)


@act
def keep_apart(person_id: UUID, other_id: UUID, *, by: Actor) -> None:
    """Say that two persons whom the actor sees are not one; beats any score from now on."""
    ensure(access.may_register(by))
    if len(people([person_id, other_id])) < 2:
        raise NotFound("person")
    _apart(person_id, other_id, by)


def _apart(person_id: UUID, other_id: UUID, by: Actor) -> None:
    KeptApart.objects.get_or_create(
        person_id=person_id,
        other_id=other_id,
        holder_id=access.acting_partner(by),
        defaults={"said_by": by.account_id},
    )
    audit.record(
        "person.kept_apart",
        by=by,
        subject=("person", person_id),
        person_id=person_id,
        words=N_("Said that you and someone with a similar name are two people."),
    )


@act
def keep_safe_address(person_id: UUID, address: str, *, by: Actor, note: str = "") -> None:
    """Keep (or, with an empty address, end) a safe address: only for those assigned to the person.

    Raises Refused for everyone else, in the same words whether or not the person exists.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select people_keep_safe_address(%s, %s, %s)", [person_id, address.strip(), note.strip()]
        )
        kept = cursor.fetchone()[0]
    if kept is None:
        raise Refused(
            deny(
                "people.safe-address.assigned",
                N_("Only those assigned to this person keep a safe address."),
                N_("Ask whoever leads for this person to assign you."),
            )
        )
    audit.record(
        "person.safe_address",
        by=by,
        subject=("person", person_id),
        person_id=person_id,
        words=N_("Kept an address that only your own helpers see."),
    )
