"""Playing a charter's rule: the demo's small table, laid before ``DAY``, and votes held from that day."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from tests.governance.voting import finish

from commonweal.foundation.access import acting
from commonweal.foundation.accounts import installation
from commonweal.governance.models import Mandate, Poll
from commonweal.governance.vocabulary import Result
from commonweal.kernel.clock import at
from commonweal.site.demo import charter_table as tables
from commonweal.site.demo.charter_table import SETUP, Laid
from commonweal.site.demo.tables import TABLES, Asked

DAY = datetime(2026, 6, 1, 12, tzinfo=UTC)
ONE = timedelta(days=1)


def lay(name: str) -> Laid:
    """The small table of a charter."""
    with acting(SETUP):
        installation.mark("demo", name="A demo", time_zone="America/New_York")
    return tables.lay(TABLES[name], moment=DAY)


def asked(laid: Laid, **other: object) -> Asked:
    """The table's own question, or one that differs from it."""
    return replace(laid.small.asked, **other)  # type: ignore[arg-type]


def put(laid: Laid, question: Asked | None = None, *, on: datetime = DAY) -> UUID:
    """Put a question so long before ``on`` that notice has run by then."""
    with at(on - 8 * ONE):
        return tables.ask(laid, question)


def vote(
    laid: Laid,
    question: UUID,
    says: Mapping[str, str],
    *,
    body: str,
    gate: Mapping[str, str] | None = None,
    gate_body: str = "",
    on: datetime = DAY,
    certified_after: int = 40,
) -> Result:
    """Open the vote, let everyone cast, and certify when it is over."""
    with at(on):
        polls = tables.open_vote(laid, question)
        tables.cast(laid, polls[0], body, says)
        if gate is not None:
            tables.cast(laid, polls[1], gate_body, gate)
    return finish(laid, question, on + certified_after * ONE)  # type: ignore[arg-type]


def mandates(question: UUID) -> list[Mandate]:
    """What a question put into effect."""
    return list(Mandate.objects.filter(decision__proposal_id=question))


def electorate(question: UUID) -> dict[str, str]:
    """Who may vote, as frozen: the unit of each voter of the deciding body."""
    poll = Poll.objects.get(proposal_id=question, kind="main")
    return {voter["id"]: voter.get("unit", "") for voter in poll.electorate["voters"]}


__all__ = ["DAY", "ONE", "asked", "electorate", "lay", "mandates", "put", "vote"]
