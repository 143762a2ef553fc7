"""What screening offers to higher storeys: ids and shapes in, shapes out, in batches.

What a reader may not see is not in the answer. Under the purpose of coordination needs about safety
are never among them; under treatment they are, and say so (``NeedShape.is_quiet``).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from secrets import token_hex
from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import Refused
from commonweal.kernel.verdict import deny
from commonweal.kernel.words import N_
from commonweal.screening import actions
from commonweal.screening.queries import counting
from commonweal.screening.queries import needs as need_queries
from commonweal.screening.queries import responses as response_queries
from commonweal.screening.shapes import (
    NeedAct,
    NeedMoveShape,
    NeedShape,
    OccasionFact,
    ScreeningShape,
)
from commonweal.screening.shapes_past import PastNeedMove
from commonweal.screening.vocabulary import LIVE_NEEDS, Agreed, NeedStatus, Urgency


def needs(ids: Iterable[UUID]) -> dict[UUID, NeedShape]:
    """Needs by id; unknown and hidden ones are left out."""
    return need_queries.needs(ids)


def needs_of(person_id: UUID) -> list[NeedShape]:
    """All needs of a person, the newest wish first."""
    return need_queries.needs_of(person_id)


def needs_of_many(person_ids: Iterable[UUID]) -> dict[UUID, list[NeedShape]]:
    """Needs by person, in one query; persons without a visible need are left out."""
    return need_queries.needs_of_many(person_ids)


def moves_of(need_id: UUID) -> list[NeedMoveShape]:
    """The history of one need, oldest first."""
    return need_queries.moves_of(need_id)


def raise_need(
    person_id: UUID,
    domain: NeedDomain,
    *,
    by: Actor,
    agreed: Agreed = Agreed.SPOKEN,
    urgency: Urgency = Urgency.ROUTINE,
    wanted_at: datetime | None = None,
) -> UUID:
    """See ``actions.raise_need``."""
    return actions.raise_need(person_id, domain, by=by, agreed=agreed, urgency=urgency, wanted_at=wanted_at)


def set_need_status(
    need_id: UUID,
    status: NeedStatus,
    *,
    by: Actor,
    occurred_at: datetime | None = None,
    reason: str = "",
) -> None:
    """See ``actions.set_need_status``."""
    actions.set_need_status(need_id, status, by=by, occurred_at=occurred_at, reason=reason)


def move_past(moves: Sequence[PastNeedMove], *, by: Actor) -> None:
    """See ``actions.move_past``."""
    actions.move_past(moves, by=by)


def screenings_of(person_id: UUID) -> list[ScreeningShape]:
    """A person's screenings, newest first, with the findings that the current actor may see."""
    return response_queries.screenings_of(person_id)


def last_screened(person_ids: Iterable[UUID]) -> dict[UUID, date]:
    """When each person last answered, of those who did; one who only declined is not among them."""
    return response_queries.last_screened(person_ids)


def occasions(
    first: date, until: date, as_of: datetime, *, by: Actor, salt: str | None = None
) -> Iterator[OccasionFact]:
    """Occasions to screen in ``[first, until)`` as recorded by ``as_of``, for measures. Raises Refused.

    ``salt``: shared by the contexts that one run joins, so that the same person has the same token in it.
    """
    if by.role not in (Role.BACKEND_SERVICE, Role.ANALYST) or by.purpose is not Purpose.OPS:
        raise Refused(
            deny("screening.facts.counting", N_("Only the measures of the Table may count screenings."))
        )
    return counting.occasions(first, until, as_of, salt or token_hex(16))


def register_need_act(act: NeedAct) -> None:
    """Put a link beside each open need; call it in ``ready()``. The same key replaces."""
    _acts[act.key] = act


def need_acts(need: NeedShape) -> list[NeedAct]:
    """What can be done about a need now: nothing about one that has ended."""
    if need.status not in LIVE_NEEDS:
        return []
    return sorted(_acts.values(), key=lambda act: (act.order, act.key))


_acts: dict[str, NeedAct] = {}
