"""What happens to a question beside the pages, in the home of a served demo. Run as a program of its own.

    python beside.py NUMBER notice|close|paper|vacancies

``notice`` and ``close`` let days pass, ``vacancies`` the time in which a body finds somebody new for a seat
that was left (whatever the number), ``paper`` enters the ballots of those who vote on paper.
"""

import sys
from dataclasses import replace
from datetime import timedelta

from commonweal.foundation.database.opening import Doors
from commonweal.site.cli.opening import open_installation

DAYS_OF_NOTICE = timedelta(days=8)
DAYS_TO_MEND = timedelta(days=91)

TABLE = (
    "Dr. Helen Marsh",
    "Keith Sandoval",
    "Bea Lindholm",
    "Dale Pruitt",
    "Leo Brandt",
    "Ray Castillo",
    "Rosa Quintero",
    "Aisha Grant",
    "Rev. June Carver",
    "Henry Obi",
)
COUNCIL = ("Dale Pruitt", "Rosa Quintero", "Henry Obi", "Sumi Vang", "Wanda Brooks")

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


def seats_stay_empty(doors: Doors) -> None:
    """Let the time pass in which bylaws let a body find somebody new: whoever left, left longer ago."""
    with doors.connect(as_owner=True) as owner, owner.transaction():
        owner.execute("alter table partners_holding disable trigger user")
        left = owner.execute(
            "update partners_holding set ended_on = greatest(starts_on, ended_on - %(days)s)"
            " where ended_on is not null",
            {"days": DAYS_TO_MEND},
        ).rowcount
        owner.execute("alter table partners_holding enable trigger user")
    assert left, "nobody has left a seat"


def days_pass(doors: Doors, number: int, statement: str) -> None:
    """Let the days of one question pass, since nobody waits two weeks for a test.

    As the owner of the tables, with their triggers off for this one statement, it moves the moments of this
    question and nothing else: its notice eight days back, or all its polls back until those open close now.
    Ballots, rules, rolls and all other rows stay as the product wrote them. No process of the product can do
    this: none connects as the owner but migrations.
    """
    tables = ("governance_proposal", "governance_poll")
    with doors.connect(as_owner=True) as owner, owner.transaction():
        for table in tables:
            owner.execute(f"alter table {table} disable trigger user")
        moved = owner.execute(statement, {"days": DAYS_OF_NOTICE, "number": number}).rowcount
        for table in tables:
            owner.execute(f"alter table {table} enable trigger user")
    assert moved, f"question {number} has nothing to move"


def on_paper(number: int) -> None:
    """The ballots of those who vote on paper, entered by one and again by another, by the product's own acts:
    ten seats of the Table and five of the Residents' Council say yes. The others, among them Marcus and
    Loretta, vote on the page or not at all."""
    from commonweal.foundation.access import acting
    from commonweal.foundation.access.vocabulary import Purpose, Role
    from commonweal.governance.actions import casting
    from commonweal.governance.models import Poll
    from commonweal.partners import demo, facade

    keeper = demo.keeper()
    officer = replace(demo.actor("Mei Hsu", Purpose.GOV), role=Role.ELECTION_OFFICER)
    yes = {"position": "yes", "reason": ""}
    with acting(keeper):
        polls = list(Poll.objects.filter(proposal__number=number, closed_at=None).select_related("body"))
    for poll in polls:
        names = TABLE if poll.body.slug == "table" else COUNCIL
        for seat in facade.seats_of([poll.body_id])[poll.body_id]:
            if seat.holder is None or seat.holder.name not in names:
                continue
            with acting(keeper):
                entry = casting.enter_paper(
                    poll.pk, by=keeper, voter=seat.voter_id, choice=yes, provenance="In the ballot box"
                )
            with acting(officer):
                assert casting.check_paper(entry, by=officer, choice=yes), seat.holder.name


if __name__ == "__main__":
    question, what = int(sys.argv[1]), sys.argv[2]
    if what == "paper":
        open_installation()
        on_paper(question)
    elif what == "vacancies":
        seats_stay_empty(open_installation())
    else:
        days_pass(open_installation(), question, {"notice": NOTICE, "close": CLOSE}[what])
