"""Joining and leaving a care team, and the person's choice of who leads."""

from uuid import UUID

from django.db import IntegrityError, connection, transaction

from commonweal.care import access
from commonweal.care.events import LeadChosen, MemberJoined, MemberLeft
from commonweal.care.models import CareTeamMember
from commonweal.care.vocabulary import TOPIC, ChosenHow
from commonweal.foundation import audit
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.bus import publish
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, NotFound, Refused
from commonweal.kernel.verdict import Verdict
from commonweal.kernel.words import N_
from commonweal.people import facade as people


def _check(verdict: Verdict) -> Verdict:
    if not verdict:
        raise Refused(verdict)
    return verdict


def program_of(partner_id: UUID) -> Actor:
    """The platform keeping a partner's team rows as a person chose."""
    return Actor(Role.BACKEND_SERVICE, Purpose.COORD, partner_id, name="Commonweal")


@transaction.atomic
def join(
    person_id: UUID,
    does: str,
    *,
    by: Actor,
    name: str = "",
    account_id: UUID | None = None,
    phone: str = "",
    languages: str = "",
) -> UUID:
    """Join a person's team, or add a colleague of one's own partner; returns the place's id.

    Joining twice is joining once. Raises NotFound for a person whom the actor may not see.
    """
    verdict = _check(access.may_join(by))
    assert by.partner_id is not None
    if people.person(person_id) is None:
        raise NotFound("person")
    whose = account_id or by.account_id
    words, called = " ".join(does.split()), " ".join((name or by.name).split())
    if not words or not called:
        raise BadInput("does", "say who it is and what they do for the person")
    mine = CareTeamMember.objects.filter(person_id=person_id, holder_id=by.partner_id, until=None)
    there = mine.filter(account_id=whose).first() if whose else mine.filter(name=called).first()
    if there is not None:
        return there.pk
    row = CareTeamMember(
        person_id=person_id,
        holder_id=by.partner_id,
        partner_id=by.partner_id,
        topic=TOPIC,
        account_id=whose,
        name=called[:200],
        does=words[:120],
        phone=phone[:40],
        languages=languages[:120],
        since=now(),
    )
    row.save(force_insert=True)
    _record("care.joined", N_("Began to help you, on your care team."), row, by, verdict)
    publish(MemberJoined(person_id, row.pk, row.partner_id, row.since))
    return row.pk


@transaction.atomic
def leave(member_id: UUID, *, by: Actor) -> None:
    """Leave a team, or take a colleague off it. Whoever led leads no more."""
    row = _locked(member_id)
    verdict = _check(access.may_remove(by, row.partner_id))
    if row.until is not None:
        return
    row.until, row.is_lead = now(), False
    row.save(update_fields=["until", "is_lead"])
    _record("care.left", N_("Left your care team."), row, by, verdict)
    publish(MemberLeft(row.person_id, row.pk, row.partner_id, row.until))


@transaction.atomic
def choose_lead(member_id: UUID, *, by: Actor, how: ChosenHow) -> None:
    """Keep whom the person chose to lead; whoever led before stays on the team. Safe to repeat.

    One person has one lead at a time, also where the two helpers do not know of each other.
    """
    row = CareTeamMember.objects.filter(pk=member_id, until=None).first()
    if row is None:
        raise NotFound("care team")
    verdict = _check(access.may_choose_lead(by, row.person_id))
    is_self = by.person_id == row.person_id
    if is_self != (how is ChosenHow.OWN_PAGE):
        raise BadInput("how", "say how the person chose")
    if row.is_lead:
        return
    _step_down(row.person_id)
    with acting(program_of(row.holder_id)):
        held = _locked(row.pk)
        held.is_lead, held.lead_since, held.chosen_how = True, now(), how.value
        held.chosen_taken_by = "" if is_self else by.name[:200]
        try:
            with transaction.atomic():
                held.save(update_fields=["is_lead", "lead_since", "chosen_how", "chosen_taken_by"])
        except IntegrityError as two_at_once:
            raise BadInput("lead", "somebody else was chosen this very moment; look again") from two_at_once
    _record("care.lead-chosen", N_("Kept whom you chose to lead for you."), row, by, verdict)
    publish(LeadChosen(row.person_id, row.pk, row.partner_id, row.account_id, now()))


def _step_down(person_id: UUID) -> None:
    """End whoever leads now, seen or unseen, without telling who that was."""
    with connection.cursor() as cursor:
        cursor.execute("select guard.step_down(%s)", [person_id])


def _locked(member_id: UUID) -> CareTeamMember:
    row = CareTeamMember.objects.select_for_update().filter(pk=member_id).first()
    if row is None:
        raise NotFound("care team")
    return row


def _record(verb: str, words: str, row: CareTeamMember, by: Actor, verdict: Verdict) -> None:
    audit.record(
        verb,
        by=by,
        subject=("care-team", row.pk),
        person_id=row.person_id,
        words=words,
        because=verdict.rule,
    )
