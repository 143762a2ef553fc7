"""Mail about meetings: when could you come, the invitation, its change and end, the digest before and after.

Of a private body only day and place travel: a letter lies in more hands than those who sit there.
"""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts import installation
from commonweal.foundation.accounts.models import Account
from commonweal.foundation.accounts.notices import absolute
from commonweal.foundation.messages import send_email
from commonweal.kernel.clock import now
from commonweal.kernel.errors import NotFound
from commonweal.partners import queries
from commonweal.partners.queries import meetings, wishing, work
from commonweal.partners.rules.calendar_file import Answered, Dated, Guest, Sending, calendar_file
from commonweal.partners.shapes import SeatShape
from commonweal.partners.shapes_meetings import ActionShape, MeetingShape
from commonweal.partners.vocabulary_meetings import Coming

SENDER = Actor(Role.OPERATOR, Purpose.ADMIN, name="Commonweal")


def people_of(body_id: UUID) -> list[Account]:
    """Those who sit on a body, alternates included, whom a letter reaches."""
    seats = queries.seats_of([body_id])[body_id]
    ids = {account for seat in seats for account in seat.account_ids}
    return list(Account.objects.filter(pk__in=ids, is_active=True).exclude(email=None).order_by("name"))


def _shape(meeting_id: UUID) -> MeetingShape:
    found = meetings.meeting(meeting_id)
    if found is None:
        raise NotFound("meeting")
    return found


def dated(shape: MeetingShape) -> Dated | None:
    """The meeting as a calendar keeps it, in the language that is active; None without a time."""
    if shape.starts_at is None:
        return None
    agenda = [] if shape.is_private else [item.title for item in meetings.items(shape)]
    words = [*([shape.purpose] if shape.purpose and not shape.is_private else []), *agenda]
    if not shape.is_private:
        words += shape.offer_names
    if shape.online_url:
        words.append(shape.online_url)
    return Dated(
        uid=f"{shape.id}@commonweal",
        sequence=shape.sequence,
        starts_at=shape.starts_at,
        minutes=shape.minutes,
        summary=name_of(shape),
        written_at=now(),
        place=shape.place,
        words="\n".join(_(w) for w in words),
        url=absolute(reverse("partners:meeting", args=[shape.id])),
        is_cancelled=shape.is_cancelled,
    )


def name_of(shape: MeetingShape) -> str:
    """What a meeting is called: its title, or its body's name."""
    body = _(shape.body_name)
    return f"{body}: {_(shape.title)}" if shape.title and not shape.is_private else body


def _send(
    shape: MeetingShape,
    template: str,
    context: Mapping[str, object],
    sending: Sending | None = None,
) -> int:
    to = people_of(shape.body_id)
    kept = answers(shape) if sending else {}
    files = [_file(shape, sending, account, kept) if sending else "" for account in to]
    said = {"meeting": shape, "url": absolute(reverse("partners:meeting", args=[shape.id])), **context}
    for account, calendar in zip(to, files, strict=True):
        _post(account, template, said, calendar)
    return len(to)


def _post(account: Account, template: str, said: Mapping[str, object], calendar: str = "") -> None:
    """Queue a message of the platform itself: a resident member acts for no partner that could send it."""
    with acting(SENDER):
        send_email(
            to=account.email or "",
            template=f"partners/mail/{template}",
            context={"name": account.name, "table": installation.name(), **said},
            language=account.language,
            calendar=calendar,
        )


def _file(shape: MeetingShape, sending: Sending, to: Account, kept: Mapping[UUID, Answered]) -> str:
    with translation.override(to.language):
        entry = dated(shape)
    if entry is None:
        return ""
    organizer = Guest(installation.name(), settings.DEFAULT_FROM_EMAIL)
    return calendar_file(
        [entry],
        sending=sending,
        organizer=organizer,
        guests=[Guest(to.name, to.email or "", kept.get(to.pk, Answered.OPEN))],
    )


def ask_when(meeting_id: UUID) -> int:
    """Ask those who sit on the body when they could come; returns how many letters."""
    return _send(_shape(meeting_id), "asked_when", {})


def invite(meeting_id: UUID, *, moved: bool = False) -> int:
    """Send the invitation with its calendar file; ``moved``: the same entry at another time."""
    shape = _shape(meeting_id)
    agenda = [] if shape.is_private else meetings.items(shape)
    return _send(shape, "invited", {"moved": moved, "agenda": agenda}, Sending.REQUEST)


def send_alternate(meeting_id: UUID, seat: SeatShape, *, by_account: UUID | None) -> int:
    """Tell the alternates of a seat that one of them is to come in the holder's place."""
    shape = _shape(meeting_id)
    others = (one.account_id for one in seat.alternates)
    wanted = {account for account in others if account is not None and account != by_account}
    said = {
        "meeting": shape,
        "url": absolute(reverse("partners:coming", args=[shape.id])),
        "seat": work.seat_name(seat),
    }
    to = Account.objects.filter(pk__in=wanted, is_active=True).exclude(email=None)
    for account in to:
        _post(account, "in_place", said, _file(shape, Sending.REQUEST, account, answers(shape)))
    return len(to)


def answers(shape: MeetingShape) -> dict[UUID, Answered]:
    """What a calendar keeps of what each account said for its seat: nothing, that it comes, that it does not.

    Who sends the alternate does not come; the alternate does.
    """
    said = wishing.coming_of(shape.id)
    found: dict[UUID, set[Answered]] = defaultdict(set)
    for seat in queries.seats_of([shape.body_id])[shape.body_id]:
        for account_id in seat.account_ids:
            holds = seat.holder is not None and seat.holder.account_id == account_id
            found[account_id].add(_as_kept(said.get(seat.id), holds=holds))
    best = (Answered.COMES, Answered.OPEN, Answered.AWAY)
    return {account: next(one for one in best if one in kept) for account, kept in found.items()}


def _as_kept(said: Coming | None, *, holds: bool) -> Answered:
    if said is None:
        return Answered.OPEN
    return Answered.COMES if said is (Coming.YES if holds else Coming.ALTERNATE) else Answered.AWAY


def cancel(meeting_id: UUID) -> int:
    """Take the meeting out of calendars, with the reason."""
    return _send(_shape(meeting_id), "cancelled", {}, Sending.CANCEL)


def send_minutes(meeting_id: UUID) -> int:
    """The digest after: what was done, who does what, and whether it was worth the time."""
    shape = _shape(meeting_id)
    if shape.is_private:
        return _send(shape, "minutes", {"lines": [], "actions": []})
    lines = [line for line in meetings.lines(meeting_id) if line.struck_at is None]
    return _send(
        shape,
        "minutes",
        {
            "items": meetings.items(shape),
            "lines": [line for line in lines if line.kind != "action"],
            "actions": work.of_meeting(meeting_id),
        },
    )


def send_before(meeting_id: UUID) -> int:
    """The digest before: the agenda, what to read, what is open from last time."""
    shape = _shape(meeting_id)
    if shape.is_private:
        return _send(shape, "before", {"agenda": [], "actions": []})
    return _send(
        shape,
        "before",
        {"agenda": meetings.items(shape), "actions": work.of_bodies([shape.body_id], open_only=True)},
    )


def send_nudge(action: ActionShape, *, late: bool) -> int:
    """Remind those in a seat of what it took on; returns how many letters."""
    to = Account.objects.filter(pk__in=action.account_ids, is_active=True).exclude(email=None)
    url = absolute(reverse("partners:action", args=[action.id]))
    for account in to:
        _post(account, "nudge", {"action": action, "late": late, "url": url})
    return len(to)
