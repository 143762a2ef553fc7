"""Reading care teams."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from commonweal.care.models import CareTeamMember
from commonweal.care.shapes import TeamMember
from commonweal.care.vocabulary import ChosenHow


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
