"""Facts as the lower contexts give them, without laying a thousand referrals: what was recorded, and when."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from commonweal.foundation.access import Actor
from commonweal.kernel.domains import NeedDomain
from commonweal.referrals.shapes import ReferralFact
from commonweal.referrals.vocabulary import Helped, Status
from commonweal.screening.shapes import OccasionFact
from commonweal.screening.vocabulary import Outcome

TOPICS = frozenset({"food", "housing", "transport", "utilities"})


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 16, tzinfo=UTC)


@dataclass
class Sent:
    """One referral with the days on which things were recorded."""

    on: date
    target: UUID | None
    accepted: date | None = None
    served: date | None = None
    ended: date | None = None
    met: date | None = None
    status: Status = Status.REQUESTED
    domain: NeedDomain = NeedDomain.FOOD
    counts: bool = True

    def fact(self, as_of: datetime) -> ReferralFact:
        def known(day: date | None) -> datetime | None:
            return noon(day) if day is not None and noon(day) <= as_of else None

        ended = known(self.ended)
        status = self.status if ended else Status.ACCEPTED if known(self.accepted) else Status.REQUESTED
        return ReferralFact(
            key="", person="", requester_id=uuid4(), target_id=self.target, domain=self.domain, status=status,
            sent_at=noon(self.on), answered_at=known(self.accepted), accepted_at=known(self.accepted),
            started_at=known(self.served), ended_at=ended, outcome=None,
            helped=Helped.YES if known(self.met) else None, count_in_sent=self.counts,
        )  # fmt: skip


@dataclass
class Ledger:
    """Stands in for both facades."""

    sent: list[Sent] = field(default_factory=list)
    occasions_: list[tuple[datetime, OccasionFact]] = field(default_factory=list)

    def facts(
        self, start: datetime, end: datetime, as_of: datetime, *, by: Actor, salt: str | None = None
    ) -> Iterator[ReferralFact]:
        return (s.fact(as_of) for s in self.sent if start <= noon(s.on) < end and noon(s.on) <= as_of)

    def occasions(
        self, first: date, until: date, as_of: datetime, *, by: Actor, salt: str | None = None
    ) -> Iterator[OccasionFact]:
        return (f for at, f in self.occasions_ if first <= f.asked_on < until and at <= as_of)

    def asked(self, person: str, holder: UUID, on: date, topics: frozenset[str] = TOPICS,
              outcome: Outcome = Outcome.COMPLETE) -> None:  # fmt: skip
        self.occasions_.append((noon(on), OccasionFact(person, holder, on, outcome, topics)))

    def month(
        self,
        first: date,
        target: UUID | None,
        *,
        sent: int,
        accepted: int = 0,
        known: int = 0,
        met: int = 0,
        after_days: int = 4,
    ) -> None:
        """``sent`` referrals in a month; the first ``accepted`` of them were, the first ``met`` were met, and
        the last ``known`` ended."""
        for i in range(sent):
            on = first + timedelta(days=i % 27)
            later = on + timedelta(days=after_days)
            self.sent.append(
                Sent(
                    on,
                    target,
                    accepted=later if i < accepted else None,
                    served=later if i < accepted else None,
                    met=later if i < met else None,
                    ended=later if i >= sent - known else None,
                    status=Status.COMPLETED if i < accepted else Status.REJECTED,
                )
            )

    def history(self, chance: random.Random, targets: list[UUID], months: list[date], size: float) -> None:
        """Ordinary months at several partners, large and small."""
        shares = [(0.3, 0.6, 1.0, 1.4, 1.9)[i % 5] for i in range(len(targets))]
        for first in months:
            for target, share in zip(targets, shares, strict=True):
                sent = max(0, round(chance.gauss(size * share, size * share * 0.2)))
                accepted = sum(chance.random() < 0.8 for _ in range(sent))
                met = sum(chance.random() < 0.7 for _ in range(accepted))
                known = sum(chance.random() < 0.8 for _ in range(sent))
                wait = chance.randint(2, 20)
                self.month(first, target, sent=sent, accepted=accepted, known=known, met=met, after_days=wait)
