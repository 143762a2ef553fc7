"""Reading what those who come to a meeting said: sums for who prepares it, one's own words for oneself."""

from collections.abc import Iterable
from uuid import UUID

from commonweal.partners.models import SeatNeeds
from commonweal.partners.rules import wishes as rules
from commonweal.partners.vocabulary_meetings import Coming, Offer


def _said(meeting_id: UUID, seat_ids: Iterable[UUID] | None = None) -> list[rules.Said]:
    rows = SeatNeeds.objects.filter(meeting_id=meeting_id)
    if seat_ids is not None:
        rows = rows.filter(seat_id__in=set(seat_ids))
    return [
        rules.Said(
            Coming(row.coming) if row.coming else None, frozenset(Offer(o) for o in row.needs), row.language
        )
        for row in rows
    ]


def wishes(meeting_id: UUID, offers: Iterable[Offer], languages: Iterable[str]) -> list[rules.Wish]:
    """What is needed, by how many, and whether the meeting has it."""
    return rules.wishes(_said(meeting_id), offers, languages)


def heads(meeting_id: UUID, filled: Iterable[UUID]) -> rules.Heads:
    """How many of the filled seats come, send someone, cannot, and have not said."""
    seats = set(filled)
    return rules.heads(_said(meeting_id, seats), len(seats))


def other_words(meeting_id: UUID) -> list[str]:
    """What else helps, in the words of those who come, without their names."""
    rows = SeatNeeds.objects.filter(meeting_id=meeting_id).exclude(words="").exclude(coming=Coming.NO.value)
    return sorted(rows.values_list("words", flat=True))


def coming_of(meeting_id: UUID) -> dict[UUID, Coming]:
    """What each seat said, seats that have not said left out."""
    rows = SeatNeeds.objects.filter(meeting_id=meeting_id).exclude(coming="")
    return {row.seat_id: Coming(row.coming) for row in rows}


def own(meeting_id: UUID, seat_id: UUID, account_id: UUID | None) -> SeatNeeds | None:
    """What this account wrote down for a seat; what another wrote there is not theirs to read."""
    if account_id is None:
        return None
    return SeatNeeds.objects.filter(meeting_id=meeting_id, seat_id=seat_id, recorded_by_id=account_id).first()
