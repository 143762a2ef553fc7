"""Telling the days of a hospital stay, so that those who help at home are there in time."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from commonweal.care import access
from commonweal.care.models import HospitalStay
from commonweal.care.vocabulary import SEGMENT_OF_WARD, GoesTo, Ward
from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.kernel.clock import now, today
from commonweal.kernel.errors import BadInput, Conflict, NotFound, Refused
from commonweal.kernel.verdict import Verdict
from commonweal.kernel.words import N_
from commonweal.people import facade as people


def _check(verdict: Verdict) -> Verdict:
    if not verdict:
        raise Refused(verdict)
    return verdict


@transaction.atomic
def admit(
    person_id: UUID,
    *,
    by: Actor,
    admitted_on: date,
    planned_home_on: date | None = None,
    goes_to: GoesTo = GoesTo.NOT_SAID,
    ward: Ward = Ward.ANY,
    phone: str = "",
) -> UUID:
    """Tell that a person is in hospital and when they are to go home; returns the stay's id.

    A mental health ward puts the whole stay, its days too, into that segment; a stay for alcohol or drugs is
    refused, since no clinician may write such a row (SECURITY §2.5, D6). Raises Refused; NotFound for a
    person whom the actor may not see; BadInput for what can't be; Conflict when the person is in this
    hospital already.
    """
    verdict = _check(access.may_tell_stay(by))
    assert by.partner_id is not None
    if people.person(person_id) is None:
        raise NotFound("person")
    if ward is Ward.SUBSTANCE_USE:
        raise BadInput("ward", N_("A stay for alcohol or drugs is not told, nor its day (42 CFR Part 2)."))
    if admitted_on > today():
        raise BadInput("admitted_on", N_("This day has not come yet."))
    if planned_home_on is not None and planned_home_on < admitted_on:
        raise BadInput("planned_home_on", N_("Nobody goes home before they came."))
    row = HospitalStay(
        person_id=person_id,
        holder_id=by.partner_id,
        partner_id=by.partner_id,
        segment=SEGMENT_OF_WARD[ward].value,
        admitted_on=admitted_on,
        planned_home_on=planned_home_on,
        goes_to=goes_to.value,
        phone=phone.strip()[:40],
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as twice:
        raise Conflict("This person is in this hospital already.") from twice
    _record("care.stay-told", N_("Wrote down when you are to go home from hospital."), row, by, verdict)
    return row.pk


@transaction.atomic
def tell_home(
    stay_id: UUID,
    *,
    by: Actor,
    planned_home_on: date | None = None,
    went_home_on: date | None = None,
    goes_to: GoesTo | None = None,
) -> None:
    """Change the planned day, or tell that the person went home. Raises Refused, NotFound, BadInput."""
    verdict = _check(access.may_tell_stay(by))
    assert by.partner_id is not None
    row = HospitalStay.objects.select_for_update().filter(pk=stay_id, partner_id=by.partner_id).first()
    if row is None:
        raise NotFound("stay")
    if went_home_on is not None and not row.admitted_on <= went_home_on <= today():
        raise BadInput("went_home_on", N_("They went home after they came, and not after today."))
    if planned_home_on is not None and planned_home_on < row.admitted_on:
        raise BadInput("planned_home_on", N_("Nobody goes home before they came."))
    row.planned_home_on = planned_home_on or row.planned_home_on
    row.went_home_on = went_home_on or row.went_home_on
    row.goes_to = goes_to.value if goes_to else row.goes_to
    row.changed_at = now()
    row.save(update_fields=["planned_home_on", "went_home_on", "goes_to", "changed_at"])
    _record("care.stay-changed", N_("Changed when you go home from hospital."), row, by, verdict)


def _record(verb: str, words: str, row: HospitalStay, by: Actor, verdict: Verdict) -> None:
    audit.record(
        verb,
        by=by,
        subject=("hospital-stay", row.pk),
        person_id=row.person_id,
        words=words,
        because=verdict.rule,
    )
