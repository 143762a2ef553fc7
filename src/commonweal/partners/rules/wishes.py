"""What those who come to a called meeting wish for, summed up: how many come, what they need, what lacks.

Sums only: who needs what is nobody's business but that of who said it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from commonweal.partners.vocabulary_meetings import Coming, Offer


@dataclass(frozen=True, slots=True)
class Said:
    """What one seat said: whether it comes (None: not said yet), what it needs, an interpreter's language."""

    coming: Coming | None
    needs: frozenset[Offer] = frozenset()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing that somebody needs, by how many, and whether the meeting has it."""

    offer: Offer
    language: str
    count: int
    is_there: bool

    @property
    def key(self) -> str:
        """Its name, once and for all: ``child-care``, ``interpreter:es``."""
        return f"{self.offer.value}:{self.language}" if self.language else self.offer.value


@dataclass(frozen=True, slots=True)
class Heads:
    """Seats by what they said."""

    come: int
    alternates: int
    cannot: int
    silent: int


def wishes(said: Iterable[Said], offers: Iterable[Offer], languages: Iterable[str]) -> list[Wish]:
    """What is needed by those who come or have not said that they cannot, in the order of the offers.

    An interpreter is there when one for that language is; for a need without a language, when any is.
    """
    there, spoken = frozenset(offers), frozenset(languages)
    counts: Counter[tuple[Offer, str]] = Counter()
    for one in said:
        if one.coming is Coming.NO:
            continue
        for need in one.needs | ({Offer.INTERPRETER} if one.language else set()):
            counts[need, one.language if need is Offer.INTERPRETER else ""] += 1
    order = list(Offer)
    return [
        Wish(offer, language, count, _is_there(offer, language, there, spoken))
        for (offer, language), count in sorted(counts.items(), key=lambda c: (order.index(c[0][0]), c[0][1]))
    ]


def _is_there(offer: Offer, language: str, offers: frozenset[Offer], languages: frozenset[str]) -> bool:
    if offer is not Offer.INTERPRETER:
        return offer in offers
    return language in languages if language else bool(languages) or offer in offers


def heads(said: Iterable[Said], filled: int) -> Heads:
    """How many of the ``filled`` seats come, send someone, cannot, and have not said."""
    counts = Counter(one.coming for one in said)
    yes, other, no = counts[Coming.YES], counts[Coming.ALTERNATE], counts[Coming.NO]
    return Heads(yes, other, no, max(0, filled - yes - other - no))


def to_arrange_by(meets_on: date, today: date) -> date:
    """Until when it must be there: two days before the meeting, and never in the past."""
    return max(today, meets_on - timedelta(days=2))
