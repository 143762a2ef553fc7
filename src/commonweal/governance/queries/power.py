"""Whose proposals are made and whose pass, by kind of partner. Meetings tell the rest (partners)."""

from collections import Counter
from datetime import datetime

from commonweal.governance.models import Proposal
from commonweal.governance.vocabulary import Stage
from commonweal.partners import facade as partners
from commonweal.partners.facade import Side


def proposed(since: datetime) -> tuple[Counter[Side], Counter[Side]]:
    """How many questions each side put since a moment, and how many of them were adopted."""
    sides = partners.sides_of_seats()
    rows = Proposal.objects.filter(recorded_at__gte=since).exclude(stage=Stage.DRAFT.value)
    put: Counter[Side] = Counter()
    passed: Counter[Side] = Counter()
    for seat_id, stage in rows.values_list("proposed_by_seat_id", "stage"):
        if seat_id in sides:
            put[sides[seat_id]] += 1
            passed[sides[seat_id]] += stage == Stage.ADOPTED.value
    return put, passed
