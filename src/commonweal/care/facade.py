"""What care offers to higher storeys: ids in, shapes out, in batches."""

from collections.abc import Iterable
from uuid import UUID

from commonweal.care import actions, queries
from commonweal.care.shapes import Stay, TeamMember
from commonweal.care.vocabulary import ChosenHow
from commonweal.foundation.access import Actor
from commonweal.kernel.clock import today


def team_of(person_id: UUID) -> list[TeamMember]:
    """Who helps this person now, the lead first, as far as the actor may see."""
    return queries.teams([person_id]).get(person_id, [])


def teams_of(person_ids: Iterable[UUID]) -> dict[UUID, list[TeamMember]]:
    """``team_of`` for many, in one query."""
    return queries.teams(person_ids)


def leads_of(person_ids: Iterable[UUID]) -> dict[UUID, TeamMember]:
    """Who leads for each person, where somebody does and the actor may see it."""
    return {person: team[0] for person, team in queries.teams(person_ids).items() if team and team[0].is_lead}


def people_of(account_id: UUID) -> list[TeamMember]:
    """The places that an account has on teams now; those it leads first."""
    return queries.led_or_helped_by(account_id)


def join(person_id: UUID, does: str, *, by: Actor, **more: str) -> UUID:
    """See ``actions.join``."""
    return actions.join(person_id, does, by=by, **more)  # type: ignore[arg-type]


def choose_lead(member_id: UUID, *, by: Actor, how: ChosenHow) -> None:
    """See ``actions.choose_lead``."""
    actions.choose_lead(member_id, by=by, how=how)


def stays_of(person_ids: Iterable[UUID]) -> dict[UUID, list[Stay]]:
    """Hospital stays that are told now, by person, as far as the actor may see."""
    return queries.stays(person_ids, today())
