"""Acts on volunteers and invitations: who takes part without a seat, who was asked to sit here."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.kernel.clock import today
from commonweal.kernel.errors import BadInput, NotFound, Refused
from commonweal.kernel.text import fold
from commonweal.kernel.verdict import Verdict
from commonweal.kernel.words import N_
from commonweal.partners import access_seats
from commonweal.partners.models import Body, Enrollment, Invitation, Member, PopulationFigure, Seat
from commonweal.partners.shapes import Enrolled, PopulationShape, Sector
from commonweal.partners.vocabulary import MemberKind
from commonweal.partners.vocabulary_seats import Answer

AT_ONCE = 1000
"""The most names in one list."""


def _check(verdict: Verdict) -> Verdict:
    if not verdict:
        raise Refused(verdict)
    return verdict


def _body(body_id: UUID) -> Body:
    row = Body.objects.select_for_update().filter(pk=body_id, ends_on=None).first()
    if row is None:
        raise NotFound("body")
    return row


@transaction.atomic
def enroll(
    body_id: UUID, *, by: Actor, names: Iterable[str], lives_here: bool = True, joined_on: date | None = None
) -> Enrolled:
    """Write down volunteers of a body, hundreds at once; who is on the list already stays on it once.

    Names are compared without case and accents. Raises Refused, NotFound, BadInput for a list without names
    or longer than 1,000.
    """
    body = _body(body_id)
    because = _check(access_seats.may_keep_roster(by, body))
    wanted = {fold(name): name.strip()[:200] for name in names if name.strip()}
    if not wanted:
        raise BadInput("names", N_("Write at least one name."))
    if len(wanted) > AT_ONCE:
        raise BadInput("names", N_("Write at most 1,000 names at once."))
    here = Enrollment.objects.filter(body=body, left_on=None).values_list("member__name", flat=True)
    known = {fold(name) for name in here}
    day = joined_on or today()
    new = [name for key, name in wanted.items() if key not in known]
    members = Member.objects.bulk_create(
        Member(name=name, kind=MemberKind.VOLUNTEER.value, lives_here=lives_here, joined_on=day)
        for name in new
    )
    Enrollment.objects.bulk_create(Enrollment(body=body, member=member, joined_on=day) for member in members)
    audit.record(
        "body.enrolled",
        by=by,
        subject=("body", body.id),
        words=N_("Wrote down who takes part in a body."),
        details={"added": len(new)},
        because=because.rule,
    )
    return Enrolled(len(new), tuple(name for key, name in wanted.items() if key in known))


@transaction.atomic
def take_part(body_id: UUID, *, by: Actor, member_id: UUID, joined_on: date | None = None) -> UUID:
    """Let a known member take part in a body without a seat; twice changes nothing."""
    body = _body(body_id)
    because = _check(access_seats.may_keep_roster(by, body))
    if not Member.objects.filter(pk=member_id, left_on=None).exists():
        raise NotFound("member")
    row, made = Enrollment.objects.get_or_create(
        body=body, member_id=member_id, left_on=None, defaults={"joined_on": joined_on or today()}
    )
    if made:
        audit.record(
            "body.enrolled",
            by=by,
            subject=("body", body.id),
            words=N_("Wrote down who takes part in a body."),
            details={"added": 1},
            because=because.rule,
        )
    return row.id


@transaction.atomic
def stop_taking_part(enrollment_id: UUID, *, by: Actor, why: str = "") -> None:
    """Take someone off a roster; no reason is asked. Twice changes nothing. Raises Refused, NotFound."""
    row = (
        Enrollment.objects.select_for_update(of=("self",))
        .select_related("member", "body")
        .filter(pk=enrollment_id)
        .first()
    )
    if row is None:
        raise NotFound("enrollment")
    because = _check(access_seats.may_stop_taking_part(by, row))
    if row.left_on is not None:
        return
    row.left_on, row.left_why = max(today(), row.joined_on), why.strip()[:300]
    row.save(update_fields=["left_on", "left_why"])
    audit.record(
        "body.stopped-taking-part",
        by=by,
        subject=("body", row.body_id),
        words=N_("Someone no longer takes part in a body."),
        because=because.rule,
    )


@transaction.atomic
def ask_to_sit(
    body_id: UUID,
    *,
    by: Actor,
    whom: str,
    is_human: bool = False,
    seat_id: UUID | None = None,
    partner_id: UUID | None = None,
    sector: Sector | None = None,
    place: str = "",
    population: str = "",
    asked_on: date | None = None,
    asked_by: str = "",
) -> UUID:
    """Write down that someone was asked to sit at a body. Raises Refused, NotFound, BadInput."""
    body = _body(body_id)
    because = _check(access_seats.may_invite(by, body))
    if not whom.strip():
        raise BadInput("whom", N_("Say who was asked."))
    seat = Seat.objects.filter(pk=seat_id, body=body).first() if seat_id else None
    if seat_id and seat is None:
        raise NotFound("seat")
    row = Invitation.objects.create(
        body=body,
        seat=seat,
        whom=whom.strip()[:200],
        is_human=is_human,
        partner_id=partner_id,
        sector=sector.value if sector else (seat.sector if seat else ""),
        place=place.strip() or (seat.place if seat else ""),
        population=population.strip() or (seat.population if seat else ""),
        asked_on=asked_on or today(),
        asked_by=(asked_by.strip() or by.name)[:200],
        recorded_by_id=by.account_id,
    )
    audit.record(
        "body.asked-to-sit",
        by=by,
        subject=("body", body.id),
        words=N_("Asked someone to sit at a body."),
        because=because.rule,
    )
    return row.id


@transaction.atomic
def answer_to_sitting(
    invitation_id: UUID, *, by: Actor, answer: Answer, reason: str = "", answered_on: date | None = None
) -> None:
    """Write down what someone answered, with their reason. Raises Refused, NotFound, BadInput."""
    row = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("body")
        .filter(pk=invitation_id)
        .first()
    )
    if row is None:
        raise NotFound("invitation")
    because = _check(access_seats.may_invite(by, row.body))
    if answer is Answer.NONE:
        raise BadInput("answer", N_("Say what they answered."))
    day = answered_on or today()
    if day < row.asked_on:
        raise BadInput("answered_on", N_("Nobody answers before being asked."))
    row.answer, row.reason, row.answered_on = answer.value, reason.strip()[:300], day
    row.save(update_fields=["answer", "reason", "answered_on"])
    audit.record(
        "body.answered-to-sitting",
        by=by,
        subject=("body", row.body_id),
        words=N_("Wrote down what someone answered who was asked to sit here."),
        details={"answer": answer.value},
        because=because.rule,
    )


@transaction.atomic
def load_figures(figures: Iterable[PopulationShape], *, by: Actor) -> int:
    """Put the county's published figures in the place of those before. Raises Refused, BadInput for none."""
    because = _check(access_seats.may_count(by))
    rows = {f.key: f for f in figures}
    if not rows:
        raise BadInput("file", N_("The file has no figure that we know."))
    PopulationFigure.objects.all().delete()
    PopulationFigure.objects.bulk_create(
        PopulationFigure(
            key=f.key,
            name=f.name,
            percent=f.percent,
            margin=f.margin,
            county=f.county[:120],
            source=f.source[:200],
            year=f.year,
        )
        for f in rows.values()
    )
    audit.record(
        "figures.loaded",
        by=by,
        subject=("figures", "county"),
        words=N_("Loaded the county’s figures."),
        details={"figures": len(rows)},
        because=because.rule,
    )
    return len(rows)
