"""What the timetable of votes has to do."""

from datetime import timedelta
from uuid import UUID

from django.db.models import F

from commonweal.governance.models import Poll, Proposal
from commonweal.governance.queries import polls, rounds
from commonweal.governance.vocabulary import Stage

SOON = timedelta(days=2)


def ready_to_certify(round_waits: timedelta) -> list[UUID]:
    """Questions whose polls are all closed and that are not certified, and those past their deadline.

    A consensus or consent that was blocked waits so long for another round before it ends with a no.
    """
    at = polls.database_now()
    stages = (Stage.VOTING.value, Stage.PENDING_RESIDENTS.value, Stage.PENDING_RATIFICATION.value)
    rows = Proposal.objects.filter(stage__in=stages, polls__isnull=False).distinct().order_by("number")
    found = []
    for row in rows:
        asked = polls.polls_of_round(row)
        if any(poll.closed_at is None for poll in asked):
            continue
        main = asked[0]
        if not rounds.found_no_agreement(main) or main.closes_at + round_waits <= at:
            found.append(row.id)
    return found


def is_over(poll_id: UUID) -> bool:
    """Whether a poll has closed, so that its key has nothing left to open."""
    return Poll.objects.filter(pk=poll_id).exclude(closed_at=None).exists()


def closing_soon() -> list[UUID]:
    """Open polls that close within two days and were open for longer."""
    at = polls.database_now()
    rows = Poll.objects.filter(closed_at=None, opens_at__lte=at, closes_at__gt=at, closes_at__lte=at + SOON)
    return list(rows.filter(closes_at__gt=F("opens_at") + SOON).values_list("pk", flat=True))
