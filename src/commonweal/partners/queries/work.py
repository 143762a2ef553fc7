"""Reading action items: of a body, of a seat's holder, and those that are due."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from commonweal.partners.models import ActionEvent, ActionItem
from commonweal.partners.queries.bodies import seats_by_id, seats_with_account
from commonweal.partners.shapes import SeatShape
from commonweal.partners.shapes_meetings import ActionEventShape, ActionShape
from commonweal.partners.vocabulary import MEMBER_CLASS_NAMES
from commonweal.partners.vocabulary_meetings import OFFER_NAMES, TONGUE_NAMES, ActionState, Offer

OPEN = (ActionState.OPEN.value, ActionState.BLOCKED.value)


def seat_name(seat: SeatShape) -> str:
    """How a seat is called where nobody needs to be named: its partner, or its own title or class."""
    if seat.partner_name:
        return seat.partner_name
    if seat.title:
        return seat.title
    return MEMBER_CLASS_NAMES[seat.member_class] if seat.member_class else ""


def of_bodies(body_ids: Iterable[UUID], *, open_only: bool = False) -> list[ActionShape]:
    """Action items of bodies, the earliest due first."""
    rows = ActionItem.objects.filter(body_id__in=set(body_ids))
    return _shapes(rows.filter(state__in=OPEN) if open_only else rows)


def by_ids(ids: Iterable[UUID]) -> list[ActionShape]:
    """Action items by id, the earliest due first."""
    return _shapes(ActionItem.objects.filter(pk__in=set(ids)))


def of_meeting(meeting_id: UUID) -> list[ActionShape]:
    """What a meeting gave out."""
    return _shapes(ActionItem.objects.filter(meeting_id=meeting_id))


def of_account(account_id: UUID) -> list[ActionShape]:
    """What is open with the seats from which an account may speak."""
    seats = seats_with_account(account_id)
    return _shapes(ActionItem.objects.filter(seat_id__in=[s.id for s in seats], state__in=OPEN))


def due_by(day: date) -> list[ActionShape]:
    """Open items that are due by a day."""
    return _shapes(ActionItem.objects.filter(state__in=OPEN, due_on__lte=day))


def one(action_id: UUID) -> ActionShape | None:
    """One action item, or None: unknown, or of a closed room."""
    return next(iter(_shapes(ActionItem.objects.filter(pk=action_id), with_events=True)), None)


def named(ids: Iterable[UUID]) -> dict[UUID, ActionShape]:
    """Action items by id; unknown ones, and those of closed rooms, are left out."""
    return {one.id: one for one in _shapes(ActionItem.objects.filter(pk__in=set(ids)))}


def _shapes(rows: QuerySet[ActionItem], *, with_events: bool = False) -> list[ActionShape]:
    found = list(rows.select_related("body", "meeting"))
    seats = seats_by_id({row.seat_id for row in found})
    events: dict[UUID, list[ActionEventShape]] = defaultdict(list)
    if with_events:
        for e in ActionEvent.objects.filter(action__in=[row.pk for row in found]):
            events[e.action_id].append(
                ActionEventShape(ActionState(e.state), e.words, e.due_on, e.author_name, e.recorded_at)
            )
    return [_shape(row, seats[row.seat_id], tuple(events[row.pk])) for row in found]


def _words(row: ActionItem) -> str:
    """What is to do; what a meeting lacks is said in the reader's language."""
    if not row.need or row.meeting is None or row.meeting.starts_at is None:
        return row.words
    return words_to_arrange(row.need, row.meeting.starts_at)


def words_to_arrange(need: str, starts_at: datetime) -> str:
    """What a called meeting lacks and by which day, in the language that is active."""
    offer, _colon, tag = need.partition(":")
    name = gettext(OFFER_NAMES[Offer(offer)])
    if tag:
        name = f"{name} ({gettext(TONGUE_NAMES.get(tag, tag))})"
    day = date_format(localtime(starts_at), "DATE_FORMAT")
    return gettext("Arrange for %(day)s: %(need)s") % {"day": day, "need": name}


def _shape(row: ActionItem, seat: SeatShape, events: tuple[ActionEventShape, ...]) -> ActionShape:
    return ActionShape(
        id=row.id,
        body_id=row.body_id,
        body_name=row.body.said("name"),
        body_slug=row.body.slug,
        meeting_id=row.meeting_id,
        seat_id=row.seat_id,
        seat_name=seat_name(seat),
        holder_name=seat.holder.name if seat.holder else "",
        account_ids=seat.account_ids,
        words=_words(row),
        due_on=row.due_on,
        state=ActionState(row.state),
        blocker=row.blocker,
        settled_words=row.settled_words,
        settled_at=row.settled_at,
        events=events,
    )
