"""Acts on an agenda: put something on it, take up an open matter, change the order, put off."""

from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import translation

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, Conflict, NotFound
from commonweal.kernel.words import N_
from commonweal.partners import access_meetings as access
from commonweal.partners.actions.rooms import Gathering, gathering, said
from commonweal.partners.models import AgendaItem
from commonweal.partners.queries import agenda
from commonweal.partners.shapes import BodyShape
from commonweal.partners.shapes_meetings import Candidate, MeetingShape
from commonweal.partners.vocabulary_meetings import ItemState, MeetingStage

CHOOSING, CALLED, RUNNING = MeetingStage.CHOOSING, MeetingStage.CALLED, MeetingStage.RUNNING
LONGEST = 240


@transaction.atomic
def put_item(
    meeting_id: UUID,
    *,
    by: Actor,
    title: str,
    minutes: int = 10,
    words: str = "",
    seat_id: UUID | None = None,
    ref: str = "",
    url: str = "",
    by_residents: bool = False,
    titles: Mapping[str, str] | None = None,
) -> UUID:
    """Put a point on the agenda, at its end. Anyone who sits on the body may, and before the meeting begins
    anyone who takes part in it without a seat. Nobody has to agree: what is not talked about is put off or
    refused, with the reason. Raises Refused, BadInput.

    ``titles``: the same title in further languages, by language, where the software composed it."""
    found = gathering(meeting_id, CHOOSING, CALLED, RUNNING)
    because = found.check_table(by)
    if not 1 <= minutes <= LONGEST:
        raise BadInput("minutes", N_("A point takes from one minute to four hours."))
    seat = found.seat(seat_id) if seat_id else next(iter(found.mine(by)), None)
    if seat_id and seat and not access.may_speak_from(by, seat):
        found.check_run(by)
    last = AgendaItem.objects.filter(meeting=found.row).aggregate(last=Max("place"))["last"] or 0
    row = AgendaItem.objects.create(
        meeting=found.row,
        place=last + 1,
        title=said("title", title, 200),
        words=words.strip(),
        minutes=minutes,
        ref=ref,
        url=url,
        put_by_seat_id=seat.id if seat else None,
        put_by_member_id=None if seat else found.member(by),
        put_by_residents=by_residents or bool(seat and seat.is_resident),
        translations={"title": {tag: one[:200] for tag, one in titles.items()}} if titles else {},
    )
    audit.record(
        "agenda.item-put",
        by=by,
        subject=("agenda", row.pk),
        words=N_("Put something on an agenda."),
        because=because.rule,
    )
    return row.pk


def take_up(shape: MeetingShape, ref: str, *, by: Actor) -> UUID:
    """Put an open matter on the agenda by its name. Raises NotFound when nobody says that it is open."""
    found = gathering(shape.id, CHOOSING, CALLED, RUNNING)
    matter = next((c for c in agenda.candidates(found.body, shape) if c.ref == ref), None)
    if matter is None:
        raise NotFound("matter")
    return _take_up(shape.id, matter, titles_of(found.body, shape, ref), by=by)


def titles_of(body: BodyShape, shape: MeetingShape, ref: str) -> dict[str, str]:
    """What an open matter is called, in each language of the product: so it is read on the agenda."""
    found: dict[str, str] = {}
    for tag, _name in settings.LANGUAGES:
        with translation.override(tag):
            named = {one.ref: one.title for one in agenda.candidates(body, shape)}
        if ref in named:
            found[tag] = named[ref]
    return found


def _take_up(meeting_id: UUID, matter: Candidate, titles: Mapping[str, str], *, by: Actor) -> UUID:
    return put_item(
        meeting_id,
        titles=titles,
        by=by,
        title=matter.title[:200],
        minutes=matter.minutes,
        words=matter.words,
        ref=matter.ref,
        url=matter.url,
        by_residents=matter.by_residents,
    )


def _item(item_id: UUID, *stages: MeetingStage) -> tuple[AgendaItem, Gathering]:
    named = AgendaItem.objects.filter(pk=item_id).values_list("meeting_id", flat=True).first()
    if named is None:
        raise NotFound("item")
    found = gathering(named, *stages)
    return AgendaItem.objects.select_for_update().get(pk=item_id), found


@transaction.atomic
def move_item(item_id: UUID, *, by: Actor, up: bool) -> None:
    """Change places with the point before or after. At the end of the list nothing changes."""
    row, found = _item(item_id, CHOOSING, CALLED, RUNNING)
    because = found.check_run(by)
    ordered = list(AgendaItem.objects.select_for_update().filter(meeting=found.row))
    at = next(i for i, one in enumerate(ordered) if one.pk == row.pk)
    other = at - 1 if up else at + 1
    if 0 <= other < len(ordered):
        ordered[at], ordered[other] = ordered[other], ordered[at]
    for place, one in enumerate(ordered, 1):
        if one.place != place:
            AgendaItem.objects.filter(pk=one.pk).update(place=place)
    audit.record(
        "agenda.item-moved",
        by=by,
        subject=("agenda", row.pk),
        words=N_("Changed the order of an agenda."),
        because=because.rule,
    )


@transaction.atomic
def defer_item(item_id: UUID, *, by: Actor, why: str) -> None:
    """Put a point off, with the reason for all to read. It comes back among the open matters."""
    row, rule = _put_off(item_id, why, by=by)
    audit.record(
        "agenda.item-deferred",
        by=by,
        subject=("agenda", row.pk),
        words=N_("Put something off."),
        because=rule,
    )


@transaction.atomic
def refuse_item(item_id: UUID, *, by: Actor, why: str) -> None:
    """Say that a point will not be talked about, with the reason for all to read. It does not come back by
    itself; who wants it puts it again, and each refusal is counted."""
    row, rule = _put_off(item_id, why, by=by, for_good=True)
    audit.record(
        "agenda.item-refused",
        by=by,
        subject=("agenda", row.pk),
        words=N_("Refused to talk about something."),
        because=rule,
    )


def _put_off(item_id: UUID, why: str, *, by: Actor, for_good: bool = False) -> tuple[AgendaItem, str]:
    row, found = _item(item_id, CHOOSING, CALLED, RUNNING)
    because = found.check_run(by)
    if row.state == ItemState.DONE.value:
        raise Conflict("It was talked about already.")
    row.seconds_before = _used(row)
    row.state, row.deferred_why, row.is_refused = ItemState.DEFERRED.value, said("why", why), for_good
    row.ended_at, row.put_off_at = now() if row.started_at else None, now()
    row.save()
    return row, because.rule


@transaction.atomic
def start_item(item_id: UUID, *, by: Actor) -> None:
    """Take a point up now; the one that is being talked about is done with. Its time begins to run."""
    row, found = _item(item_id, RUNNING)
    because = found.check_run(by)
    end_current(found)
    row.refresh_from_db()
    row.state, row.started_at, row.ended_at, row.deferred_why = ItemState.CURRENT.value, now(), None, ""
    row.is_refused, row.put_off_at = False, None
    row.save()
    audit.record(
        "agenda.item-started",
        by=by,
        subject=("agenda", row.pk),
        words=N_("Took up a point of the agenda."),
        because=because.rule,
    )


@transaction.atomic
def end_item(item_id: UUID, *, by: Actor) -> None:
    """Be done with a point. Done with already: nothing changes."""
    row, found = _item(item_id, RUNNING)
    because = found.check_run(by)
    if row.state != ItemState.CURRENT.value:
        return
    end_current(found)
    audit.record(
        "agenda.item-ended",
        by=by,
        subject=("agenda", row.pk),
        words=N_("Closed a point of the agenda."),
        because=because.rule,
    )


def end_current(found: Gathering) -> None:
    """Close the point that is being talked about, if there is one."""
    for row in AgendaItem.objects.filter(meeting=found.row, state=ItemState.CURRENT.value):
        row.seconds_before, row.ended_at = _used(row), now()
        row.state = ItemState.DONE.value
        row.save()


def _used(row: AgendaItem) -> int:
    if row.state != ItemState.CURRENT.value or row.started_at is None:
        return row.seconds_before
    return row.seconds_before + max(0, int((now() - row.started_at).total_seconds()))
