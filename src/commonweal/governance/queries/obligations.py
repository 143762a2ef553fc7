"""Reading what is owed: of an agreement, of an activity, of a partner, and what is due."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from commonweal.governance.models import (
    ActivityPart,
    Agreement,
    AgreementEnd,
    AgreementParty,
    Obligation,
    ObligationReminder,
    ObligationWord,
)
from commonweal.governance.queries.decisions import agreement, mandates_of_agreement
from commonweal.governance.rules.obligations import days_owed, stands
from commonweal.governance.shapes_obligations import DayOwed, ObligationShape, SaidOnce
from commonweal.governance.vocabulary_obligations import SHARES, AgreementKind, Part, Said
from commonweal.kernel.clock import day_of, now, today
from commonweal.partners import facade as partners
from commonweal.partners.shapes import PartnerShape, SeatShape

OVER_SHOWN = 3
"""How many days that are over are shown before those that are open."""


def obligations(*, open_only: bool = False) -> list[ObligationShape]:
    """All that is owed under agreements and for activities; what is most urgent first."""
    return _shapes(Obligation.objects.all(), open_only=open_only)


def one(obligation_id: UUID) -> ObligationShape | None:
    """One obligation with every day so far."""
    return next(iter(_shapes(Obligation.objects.filter(pk=obligation_id), every_day=True)), None)


def of_agreement(agreement_id: UUID) -> list[ObligationShape]:
    """What is owed under an agreement."""
    return _shapes(Obligation.objects.filter(agreement_id=agreement_id))


def of_activities(activity_ids: Iterable[UUID]) -> dict[UUID, list[ObligationShape]]:
    """What is owed for activities, by activity."""
    found: dict[UUID, list[ObligationShape]] = defaultdict(list)
    for shape in _shapes(Obligation.objects.filter(activity_id__in=set(activity_ids))):
        if shape.activity_id:
            found[shape.activity_id].append(shape)
    return found


def of_partner(partner_id: UUID) -> list[ObligationShape]:
    """What a partner owes, and what it is owed; of activities, those that it answers for."""
    carried = ActivityPart.objects.filter(
        Q(partner_id=partner_id) | Q(seat__partner_id=partner_id),
        part=Part.ACCOUNTABLE.value,
        ended_on=None,
    ).values("activity_id")
    rows = Obligation.objects.filter(Q(owes_id=partner_id) | Q(to_id=partner_id) | Q(activity_id__in=carried))
    return _shapes(rows)


def of_seat(seat: SeatShape) -> list[ObligationShape]:
    """The open ones that whoever takes this seat finds: its partner's, and what the seat answers for."""
    carried = ActivityPart.objects.filter(
        seat_id=seat.id, part__in=[Part.ACCOUNTABLE.value, Part.RESPONSIBLE.value], ended_on=None
    ).values("activity_id")
    mine = Q(owes_id=seat.partner_id) if seat.partner_id else Q(pk=None)
    return _shapes(Obligation.objects.filter(mine | Q(activity_id__in=carried)), open_only=True)


def last_sent(obligation_id: UUID, due_on: date) -> date | None:
    """When who owes it was last reminded of this day."""
    rows = ObligationReminder.objects.filter(obligation_id=obligation_id, due_on=due_on)
    return rows.order_by("-sent_on").values_list("sent_on", flat=True).first()


def parties_of(agreement_id: UUID) -> list[PartnerShape]:
    """Those who signed an agreement, and those whom its lines name; by name."""
    found = agreement(agreement_id)
    ids = set(found.partner_ids) if found else set()
    ids |= set(AgreementParty.objects.filter(agreement_id=agreement_id).values_list("partner_id", flat=True))
    return sorted(partners.partners(ids).values(), key=lambda p: p.name)


def ended(agreement_ids: Iterable[UUID]) -> dict[UUID, tuple[date, str]]:
    """When and why agreements ended; those that still hold, or never began, are left out."""
    rows = {a.pk: a for a in Agreement.objects.filter(pk__in=set(agreement_ids))}
    found = {
        end.agreement_id: (end.ended_on, end.why)
        for end in AgreementEnd.objects.filter(agreement_id__in=rows)
    }
    for row in rows.values():
        if AgreementKind(row.kind) in SHARES and row.pk not in found:
            over = _ended_by_decision(row.pk)
            if over is not None:
                found[row.pk] = over
    return found


def _ended_by_decision(agreement_id: UUID) -> tuple[date, str] | None:
    """The last day of its mandates, where it had one and none lives or is still to begin."""
    given = mandates_of_agreement(agreement_id)
    moment = now()
    if not given or any(m.withdrawn_at is None and (m.ends_at is None or m.ends_at > moment) for m in given):
        return None
    ends = [(min(x for x in (m.withdrawn_at, m.ends_at) if x), m.withdrawn_why) for m in given]
    last, why = max(ends)
    return day_of(last), why


def _shapes(
    rows: QuerySet[Obligation], *, open_only: bool = False, every_day: bool = False
) -> list[ObligationShape]:
    found = list(rows.select_related("agreement", "activity__body", "activity__initiative", "owes", "to"))
    said: dict[UUID, list[ObligationWord]] = defaultdict(list)
    for word in ObligationWord.objects.filter(obligation__in=[r.pk for r in found]).select_related("partner"):
        said[word.obligation_id].append(word)
    over = ended(r.agreement_id for r in found if r.agreement_id)
    carriers = _carriers({r.activity_id for r in found if r.activity_id})
    shapes = [
        _shape(row, said[row.pk], over.get(row.agreement_id) if row.agreement_id else None,
               carriers.get(row.activity_id) if row.activity_id else None, every_day)
        for row in found
    ]  # fmt: skip
    kept = [shape for shape in shapes if shape.is_open or not open_only]
    return sorted(kept, key=lambda s: (not s.is_open, s.now.due_on if s.now else s.first_due_on))


def _carriers(activity_ids: set[UUID]) -> dict[UUID, tuple[str, str, UUID | None, frozenset[UUID]]]:
    """Who answers for activities now: name, slug, partner; and the accounts that answer for it or do it."""
    parts = list(
        ActivityPart.objects.filter(
            activity_id__in=activity_ids, ended_on=None,
            part__in=[Part.ACCOUNTABLE.value, Part.RESPONSIBLE.value],
        )
    )  # fmt: skip
    seats = partners.seats_by_id(p.seat_id for p in parts if p.seat_id)
    known = partners.partners(p.partner_id for p in parts if p.partner_id)
    hands: dict[UUID, set[UUID]] = defaultdict(set)
    names: dict[UUID, tuple[str, str, UUID | None]] = {}
    for part in parts:
        seat = seats.get(part.seat_id) if part.seat_id else None
        partner = known.get(part.partner_id) if part.partner_id else None
        if seat is not None:
            hands[part.activity_id] |= seat.account_ids
        if part.part == Part.ACCOUNTABLE.value:
            if seat is not None:
                names[part.activity_id] = (partners.seat_said(seat), "", seat.partner_id)
            elif partner is not None:
                names[part.activity_id] = (partner.name, partner.slug, partner.id)
    return {key: (*names.get(key, ("", "", None)), frozenset(hands[key])) for key in activity_ids}


def _shape(
    row: Obligation,
    said: list[ObligationWord],
    over: tuple[date, str] | None,
    carrier: tuple[str, str, UUID | None, frozenset[UUID]] | None,
    every_day: bool,
) -> ObligationShape:
    end = next((w for w in said if w.word == Said.ENDED.value), None)
    ends = [x for x in (over, (end.said_on, end.words) if end else None) if x]
    if row.activity and row.activity.ended_on:
        ends.append((row.activity.ended_on, row.activity.ended_why))
    ended_on, ended_why = min(ends) if ends else (None, "")
    name, slug, partner_id, hands = carrier or ("", "", None, frozenset())
    return ObligationShape(
        id=row.pk,
        words=row.words,
        evidence=row.evidence,
        agreement_id=row.agreement_id,
        activity_id=row.activity_id,
        owes_id=row.owes_id or partner_id,
        to_id=row.to_id,
        owes=row.owes.name if row.owes else name,
        to=row.to.name if row.to else (row.activity.body.said("name") if row.activity else ""),
        under=row.agreement.title if row.agreement else (row.activity.words if row.activity else ""),
        first_due_on=row.first_due_on,
        every_months=row.every_months,
        last_on=row.last_on,
        days=tuple(_days(row, said, ended_on, every_day)),
        ended_on=ended_on,
        ended_why=ended_why,
        written_by=row.author_name,
        owes_slug=row.owes.slug if row.owes else slug,
        to_slug=row.to.slug if row.to else "",
        account_ids=hands,
    )


def _days(
    row: Obligation, said: list[ObligationWord], ended_on: date | None, every_day: bool
) -> list[DayOwed]:
    day = today()
    until = min(ended_on, day) if ended_on else day
    found = []
    for due in days_owed(row.first_due_on, row.every_months, row.last_on, until):
        about = tuple(_said(word) for word in said if word.due_on == due)
        found.append(DayOwed(due, stands(due, about, day, ended_on), about))
    if every_day:
        return found
    over = [one for one in found if not one.is_open]
    return [*over[-OVER_SHOWN:], *(one for one in found if one.is_open)]


def _said(word: ObligationWord) -> SaidOnce:
    partner = word.partner.name if word.partner else ""
    return SaidOnce(Said(word.word), word.said_on, word.words, partner, word.author_name)
