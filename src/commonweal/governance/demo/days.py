"""In a demo days pass at a press, since nobody waits a week to see how a vote ends.

The days of one question move, and nothing else: its notice back by what its bylaws ask, or its polls back
until those that are open close now. Ballots, rules and rolls stay as they were written. It is done as the
owner of the tables, with their triggers off for this one statement: no act of the product can do it, and a
real installation has no page that asks for it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from commonweal.foundation.access import acting
from commonweal.foundation.database.opening import Doors
from commonweal.governance.access import THE_COUNT
from commonweal.governance.models import Poll, Proposal
from commonweal.governance.queries import laws
from commonweal.governance.vocabulary import Stage
from commonweal.kernel.clock import now

DAYS_TO_MEND = timedelta(days=91)
PATIENCE = "set local lock_timeout = '8s'"

NOTICE = "update governance_proposal set noticed_at = noticed_at - %(days)s where number = %(number)s"
CLOSE = """
with asked as (
    select id, closed_at is null as is_open,
           max(closes_at - now()) filter (where closed_at is null) over () as gone
      from governance_poll
     where proposal_id = (select id from governance_proposal where number = %(number)s)
)
update governance_poll poll
   set opens_at = poll.opens_at - gone,
       closes_at = case when is_open then now() else poll.closes_at - gone end,
       closed_at = poll.closed_at - gone
  from asked
 where poll.id = asked.id and gone is not null
"""
LEAVE = """
update partners_holding set ended_on = greatest(starts_on, ended_on - %(days)s)
 where ended_on is not null
"""


class What(StrEnum):
    """Which days a question waits for."""

    NOTICE = "notice"
    VOTING = "voting"


@dataclass(frozen=True, slots=True)
class Running:
    """A question whose days run: until when ``what`` lasts."""

    number: int
    title: str
    body: str
    what: What
    until: datetime


def running() -> list[Running]:
    """The questions under notice or open to votes, as the public may know of them; the next to end first."""
    with acting(THE_COUNT):
        found = [*_voting(), *_noticed()]
    return sorted(found, key=lambda one: one.until)


def _voting() -> list[Running]:
    open_now = Poll.objects.filter(closed_at=None, proposal__body__is_private=False)
    rows = open_now.select_related("proposal__body").order_by("closes_at")
    last = {row.proposal_id: row for row in rows}
    return [
        Running(p.proposal.number, p.proposal.title, p.proposal.body.name, What.VOTING, p.closes_at)
        for p in last.values()
    ]


def _noticed() -> list[Running]:
    rows = Proposal.objects.filter(stage=Stage.NOTICE.value, body__is_private=False).select_related("body")
    found = ((row, _opens(row)) for row in rows)
    return [Running(r.number, r.title, r.body.name, What.NOTICE, day) for r, day in found if day > now()]


def _opens(row: Proposal) -> datetime:
    rule = laws.rule_for(row)
    assert row.noticed_at is not None, f"question {row.number} is under notice without a day"
    return row.noticed_at + timedelta(days=rule.notice_days if rule else 0)


def let_pass(doors: Doors, number: int) -> What | None:
    """Let the days of a question pass. None where none run. Raises psycopg's LockNotAvailable while the
    tables are in use for longer than a few seconds."""
    one = next((r for r in running() if r.number == number), None)
    if one is None:
        return None
    days = one.until - now() + timedelta(minutes=1)
    _move(doors, CLOSE if one.what is What.VOTING else NOTICE, {"days": days, "number": number})
    return one.what


def let_seats_stay_empty(doors: Doors) -> int:
    """Let the time pass in which bylaws let a body find somebody new: whoever left a seat, left three months
    longer ago. How many did."""
    return _move(doors, LEAVE, {"days": DAYS_TO_MEND})


def _move(doors: Doors, statement: str, said: dict[str, object]) -> int:
    tables = ("partners_holding",) if statement is LEAVE else ("governance_proposal", "governance_poll")
    with doors.connect(as_owner=True) as owner, owner.transaction():
        owner.execute(PATIENCE)
        for table in tables:
            owner.execute(f"alter table {table} disable trigger user")
        moved = owner.execute(statement.encode(), said).rowcount
        for table in tables:
            owner.execute(f"alter table {table} enable trigger user")
    return moved
