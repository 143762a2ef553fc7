"""Acts on who answers for what: name an activity, give and end parts, end the activity."""

from uuid import UUID

from django.db import transaction

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.governance import access_obligations as access
from commonweal.governance.actions.proposing import check
from commonweal.governance.models import Activity, ActivityPart, Initiative
from commonweal.governance.vocabulary_obligations import Part
from commonweal.kernel.clock import now, today
from commonweal.kernel.errors import BadInput, Conflict, NotFound
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners


def _text(where: str, words: str, most: int) -> str:
    found = " ".join(words.split())[:most]
    if not found:
        raise BadInput(where, N_("Write a few words."))
    return found


def _locked(activity_id: UUID, by: Actor) -> tuple[Activity, str]:
    """The activity under lock, if it has not ended and ``by`` keeps the work of its body."""
    row = Activity.objects.select_for_update().filter(pk=activity_id).first()
    if row is None:
        raise NotFound("activity")
    because = check(access.may_keep_work(by, row.body_id))
    if row.ended_on is not None:
        raise Conflict("It has ended.")
    return row, because.rule


@transaction.atomic
def begin(body_id: UUID, *, by: Actor, words: str, initiative_id: UUID | None = None) -> UUID:
    """Name something that is done for a body, or for an initiative. Raises Refused, NotFound, BadInput."""
    because = check(access.may_keep_work(by, body_id))
    if initiative_id is not None and not Initiative.objects.filter(pk=initiative_id).exists():
        raise NotFound("initiative")
    row = Activity.objects.create(
        body_id=body_id,
        initiative_id=initiative_id,
        words=_text("words", words, 200),
        recorded_by_id=by.account_id,
        recorded_at=now(),
    )
    audit.record(
        "activity.begun", by=by, subject=("activity", row.pk),
        words=N_("Named something that is done for a body."), because=because.rule,
    )  # fmt: skip
    return row.pk


@transaction.atomic
def give_part(
    activity_id: UUID,
    part: Part,
    *,
    by: Actor,
    seat_id: UUID | None = None,
    partner_id: UUID | None = None,
    why: str = "",
) -> UUID:
    """Give a part to a seat or a partner. Who answered for it until now does so no more: exactly one does.

    ``why``: said of who answered for it before. Raises Refused, NotFound, BadInput, Conflict.
    """
    row, rule = _locked(activity_id, by)
    seat = partners.seat(seat_id) if seat_id else None
    partner = partners.partner(partner_id) if partner_id else None
    if (seat is None) == (partner is None):
        raise BadInput("who", N_("Choose one of these."))
    live = ActivityPart.objects.filter(activity=row, part=part.value, ended_on=None)
    same = live.filter(seat_id=seat.id) if seat else live.filter(partner=partner_id)
    if same.exists():
        raise Conflict("It has this part already.")
    if part is Part.ACCOUNTABLE:
        live.update(ended_on=today(), ended_why=why.strip()[:300])
    made = ActivityPart.objects.create(
        activity=row,
        part=part.value,
        seat_id=seat_id,
        partner_id=partner_id,
        starts_on=today(),
        author_id=by.account_id,
        author_name=partners.known_as(by),
        recorded_at=now(),
    )
    audit.record(
        "activity.part-given", by=by, subject=("activity", row.pk),
        words=N_("Said who answers for something, or has another part in it."),
        details={"part": part.value}, because=rule,
    )  # fmt: skip
    return made.pk


@transaction.atomic
def end_part(part_id: UUID, *, by: Actor, why: str) -> None:
    """End a part, with the reason; it stays in the history. Raises Refused, NotFound, BadInput, Conflict."""
    found = ActivityPart.objects.filter(pk=part_id).first()
    if found is None:
        raise NotFound("part")
    row, rule = _locked(found.activity_id, by)
    if found.ended_on is not None:
        raise Conflict("It has ended.")
    found.ended_on, found.ended_why = today(), _text("why", why, 300)
    found.save(update_fields=["ended_on", "ended_why"])
    audit.record(
        "activity.part-ended", by=by, subject=("activity", row.pk),
        words=N_("Ended a part in something that is done."), details={"part": found.part}, because=rule,
    )  # fmt: skip


@transaction.atomic
def finish(activity_id: UUID, *, by: Actor, why: str) -> None:
    """It is done no more: what is due for it ends. Raises Refused, NotFound, BadInput, Conflict."""
    row, rule = _locked(activity_id, by)
    row.ended_on, row.ended_why = today(), _text("why", why, 300)
    row.save(update_fields=["ended_on", "ended_why"])
    audit.record(
        "activity.ended", by=by, subject=("activity", row.pk),
        words=N_("Ended something that was done for a body."), because=rule,
    )  # fmt: skip
