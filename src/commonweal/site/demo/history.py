"""Two years of check-ins and requests, told from one seed: who answered what, who was asked, what came."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from commonweal.directory import facade as directory
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose
from commonweal.governance import facade as governance
from commonweal.kernel.answers import Answered
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NeedDomain
from commonweal.partners import demo as partners_demo
from commonweal.partners import facade as partners
from commonweal.people import facade as people
from commonweal.people.demo import WHO_WRITES, Seeded, say_yes
from commonweal.people.shapes import PersonShape
from commonweal.referrals import demo as referrals_demo
from commonweal.referrals.demo import Manner, Open
from commonweal.screening import demo as screening_demo
from commonweal.screening import facade as screening
from commonweal.screening.shapes_past import PastCheckIn
from commonweal.screening.vocabulary import Mode

ASKERS: Mapping[str, float] = {
    "alder-general": 0.84,
    "millrace": 0.88,
    "st-brigid": 0.7,
    "alder-commons": 0.6,
}
"""Who screens, and how large a part of those whom they write down."""

AGAIN, AFTER_DAYS = 0.6, (150.0, 330.0)
"""What part of those are asked once more, and how long after the first time."""

MANNERS: Mapping[str, Manner] = {
    "ferry-street": Manner(says_yes=0.88, days_to_answer=1.1, days_to_begin=2.5),
    "hope-street": Manner(says_yes=0.8, days_to_answer=2.0, days_to_begin=2.0),
    "northbank-rides": Manner(says_yes=0.72, days_to_answer=0.8, days_to_begin=3.0),
    "energy-fund": Manner(says_yes=0.48, days_to_answer=3.2, refusals=("no-funds",)),
    "tanners-ford": Manner(says_yes=0.4, answers=0.82, days_to_answer=4.5, days_to_begin=21.0),
    "senior-companions": Manner(says_yes=0.66, days_to_answer=2.4, days_to_begin=12.0),
    "county-human-services": Manner(says_yes=0.9, answers=0.95, days_to_begin=9.0),
    "bright-steps": Manner(says_yes=0.45, days_to_begin=30.0, refusals=("full",)),
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the check-in: the answer that shows a risk, the one that does not, how likely."""

    link: str
    risk: str
    fine: str
    chance: float


QUESTIONS: Sequence[Question] = (
    Question("home", "may-lose", "own", 0.16),
    Question("house", "damp", "nothing", 0.1),
    Question("food", "short", "enough", 0.42),
    Question("travel", "often-not", "yes", 0.26),
    Question("utilities", "behind", "on", 0.22),
    Question("money", "some-months", "enough", 0.2),
    Question("benefits", "maybe", "none", 0.12),
    Question("work", "looking", "fine", 0.1),
    Question("children", "sometimes-not", "no-children", 0.09),
    Question("company", "seldom", "yes", 0.14),
    Question("safety", "not-always", "yes", 0.03),
)


def tell(seeded: Seeded, lot: Random) -> None:
    """Tell everything, asker by asker."""
    _adopt_answer_rule()
    offers, manners = _offers()
    for slug, part in ASKERS.items():
        by = partners_demo.actor(WHO_WRITES[slug])
        chosen = [one for one in seeded.neighbors.get(slug, []) if lot.random() < part]
        with acting(by):
            known = people.people(person_id for person_id, _ in chosen)
        services = {
            domain: [s for s in ids if s not in offers.own(slug)] for domain, ids in offers.by_domain.items()
        }
        first = [one for one in _check_ins(chosen, known, lot) if one.asked_at < _yesterday()]
        for check_ins in (first, [one for one in _again(first, lot) if one.asked_at < _yesterday()]):
            asked = set(screening_demo.history(check_ins, by.for_purpose(Purpose.TREAT)))
            with acting(by):
                found = screening.needs_of_many(known)
                needs = [n for each in found.values() for n in each if n.screening_id in asked]
                told = referrals_demo.history(
                    [need for need in needs if not need.is_quiet],
                    by=by,
                    services=services,
                    rng=lot,
                    until=now() - timedelta(days=2),
                    manners=manners,
                    places={i: p.place for i, p in known.items()},
                    languages={i: p.language for i, p in known.items()},
                )
            _had_said_yes(told.open, by)


def _had_said_yes(requests: Iterable[Open], by: Actor) -> None:
    """Those whose requests are open had agreed to them, and it still holds: else each would end today."""
    whose: dict[UUID, list[Open]] = {}
    for one in requests:
        whose.setdefault(one.person_id, []).append(one)
    for person_id, asked in whose.items():
        recipients = {directory.partner_of(one.service_id) for one in asked} - {None, by.partner_id}
        say_yes(
            person_id,
            by,
            sorted(i for i in recipients if i is not None),
            topics=sorted({one.domain for one in asked}),
            moment=min(one.sent_at for one in asked) - timedelta(hours=1),
            ends_at=now() + timedelta(days=180),
        )


def _adopt_answer_rule() -> None:
    mandate = governance.live_mandate("service-standard", "referral-answer")
    if mandate is not None:
        keeper = partners_demo.keeper()
        with acting(keeper):
            referrals_demo.adopt_standard(mandate.id, by=keeper)


@dataclass(frozen=True)
class Offers:
    """What partners offer, by need and by partner."""

    by_domain: Mapping[NeedDomain, list[UUID]]
    by_partner: Mapping[str, frozenset[UUID]]

    def own(self, slug: str) -> frozenset[UUID]:
        return self.by_partner.get(slug, frozenset())


def _offers() -> tuple[Offers, dict[UUID, Manner]]:
    by_domain: dict[NeedDomain, list[UUID]] = {}
    by_partner: dict[str, frozenset[UUID]] = {}
    manners: dict[UUID, Manner] = {}
    with acting(partners_demo.keeper()):
        for partner in partners.all_partners():
            if partner.is_victim_service_provider:
                continue
            services = directory.services_of_partner(partner.id)
            by_partner[partner.slug] = frozenset(s.id for s in services)
            for service in services:
                for domain in service.domains:
                    by_domain.setdefault(domain, []).append(service.id)
                if partner.slug in MANNERS:
                    manners[service.id] = MANNERS[partner.slug]
    return Offers(by_domain, by_partner), manners


def _yesterday() -> datetime:
    return now() - timedelta(days=1)


def _check_ins(
    chosen: Iterable[tuple[UUID, datetime]], known: Mapping[UUID, PersonShape], lot: Random
) -> Iterator[PastCheckIn]:
    """A check-in some days after each was written down; a few decline, a few have not been asked yet."""
    for person_id, written_at in chosen:
        asked_at = written_at + timedelta(days=lot.uniform(0.1, 20))
        if lot.random() < 0.06:
            continue
        if lot.random() < 0.05:
            yield screening_demo.told(person_id, {}, asked_at, not_asked=Answered.DECLINED)
        else:
            yield _told(person_id, asked_at, known[person_id].language, lot)


def _again(first: Iterable[PastCheckIn], lot: Random) -> Iterator[PastCheckIn]:
    """More than half of those who answered are asked once more, most of a year later."""
    for one in first:
        if one.not_asked is None and lot.random() < AGAIN:
            asked_at = one.asked_at + timedelta(days=lot.uniform(*AFTER_DAYS))
            yield _told(one.person_id, asked_at, one.language, lot)


def _told(person_id: UUID, asked_at: datetime, language: str, lot: Random) -> PastCheckIn:
    mode = lot.choices((Mode.ALOUD, Mode.SELF, Mode.PAPER), (64, 24, 12))[0]
    return screening_demo.told(person_id, dict(_answers(lot)), asked_at, language=language, mode=mode)


def _answers(lot: Random) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    strain = lot.betavariate(2, 3) * 2.4  # some neighbors have much on their shoulders, most a little
    for question in QUESTIONS:
        draw = lot.random()
        if draw < 0.03:
            yield question.link, "~declined"
            continue
        at_risk = lot.random() < question.chance * strain
        answer = question.risk if at_risk else question.fine
        yield question.link, (answer,) if question.link == "house" else answer
        if at_risk:
            yield f"{question.link}.help", lot.choices(("yes", "not-now", "have-help"), (78, 14, 8))[0]
