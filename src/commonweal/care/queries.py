"""Reading care teams and hospital stays."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from commonweal.care.models import CareTeamMember, HospitalStay
from commonweal.care.shapes import Stay, TeamMember
from commonweal.care.vocabulary import ChosenHow, GoesTo


def shape(row: CareTeamMember) -> TeamMember:
    """A row as others know it."""
    return TeamMember(
        id=row.pk,
        person_id=row.person_id,
        partner_id=row.partner_id,
        account_id=row.account_id,
        name=row.name,
        does=row.does,
        phone=row.phone,
        languages=row.languages,
        is_lead=row.is_lead,
        since=row.since,
        lead_since=row.lead_since,
        chosen_how=ChosenHow(row.chosen_how) if row.chosen_how else None,
    )


def teams(person_ids: Iterable[UUID]) -> dict[UUID, list[TeamMember]]:
    """Who helps each person now, the lead first, then by name."""
    found: dict[UUID, list[TeamMember]] = defaultdict(list)
    rows = CareTeamMember.objects.filter(person_id__in=list(person_ids), until__isnull=True)
    for row in rows.order_by("-is_lead", "name", "id"):
        found[row.person_id].append(shape(row))
    return dict(found)


def led_or_helped_by(account_id: UUID) -> list[TeamMember]:
    """The places that an account has on teams now, the newest first."""
    rows = CareTeamMember.objects.filter(account_id=account_id, until__isnull=True)
    return [shape(row) for row in rows.order_by("-is_lead", "-since", "id")]


def stay_shape(row: HospitalStay) -> Stay:
    """A row as others know it."""
    return Stay(
        id=row.pk,
        person_id=row.person_id,
        partner_id=row.partner_id,
        admitted_on=row.admitted_on,
        planned_home_on=row.planned_home_on,
        went_home_on=row.went_home_on,
        goes_to=GoesTo(row.goes_to),
        phone=row.phone,
        recorded_at=row.changed_at,
    )


def stays(person_ids: Iterable[UUID], on: date) -> dict[UUID, list[Stay]]:
    """The stays that are told now, by person, the latest first; only those that the reader may see."""
    found: dict[UUID, list[Stay]] = defaultdict(list)
    for row in HospitalStay.objects.filter(person_id__in=list(person_ids)):
        stay = stay_shape(row)
        if stay.is_current(on):
            found[row.person_id].append(stay)
    return dict(found)


def stay(stay_id: UUID) -> Stay | None:
    """One stay, where the reader may see it."""
    row = HospitalStay.objects.filter(pk=stay_id).first()
    return stay_shape(row) if row else None
