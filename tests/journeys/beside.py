"""What happens to a question beside the pages, in the home of a served demo. Run as a program of its own.

    python beside.py NUMBER notice|close|paper

``notice`` and ``close`` let days pass, ``paper`` enters the ballots of those who vote on paper.
"""

import sys
from dataclasses import replace

from commonweal.site.cli.opening import open_installation

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
    else:
        doors = open_installation()
        from commonweal.governance.demo import days

        passed = days.let_pass(doors, question)
        assert passed == {"notice": "notice", "close": "voting"}[what], f"question {question}: {passed}"
