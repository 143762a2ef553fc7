"""Why a place is shown, and what may stand in the way: sentences, each with the rule it follows from."""

from collections.abc import Iterator
from dataclasses import dataclass

from commonweal.directory.rules.card import Card
from commonweal.directory.rules.fit import Known, Way
from commonweal.directory.rules.opening import Opening, OpenState
from commonweal.directory.shapes_search import Reading, SearchQuery, Sentence
from commonweal.directory.vocabulary import Capacity
from commonweal.kernel.domains import NAMES, NeedDomain
from commonweal.kernel.words import N_

SMALLEST_SHOWN = 11
"""Counts of people between 1 and 10 are not shown (DOMAIN §6.9)."""
LONGEST_QUOTE = 110
MOST_WHY = 4
MOST_OBSTACLES = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """What the question asked for, as far as the reasons speak of it."""

    query: SearchQuery
    reading: Reading

    @property
    def domains(self) -> tuple[NeedDomain, ...]:
        if self.query.domain:
            return (self.query.domain,)
        return tuple(sorted(self.reading.domains, key=lambda d: -self.reading.domains[d]))


def why(card: Card, asked: Asked, opening: Opening) -> tuple[Sentence, ...]:
    """Why the card is among the hits, the reason that weighs most first."""
    found = [*_need_reasons(card, asked), *_wish_reasons(card, asked), *_other_reasons(card, opening)]
    return tuple(found[:MOST_WHY])


def _need_reasons(card: Card, asked: Asked) -> Iterator[Sentence]:
    topic = next((t for t in asked.reading.topics if t in card.topics), None) or next(
        (t for t in asked.reading.topics if t in card.more_topics), None
    )
    if topic:
        params = {"topic": Sentence("topic", topic)}
        yield Sentence("why.topic", N_("Offers what you asked for: %(topic)s"), params)
        return
    domain = next((d for d in asked.domains if d.value in card.domains), None)
    if domain:
        params = {"domain": Sentence("domain", NAMES[domain])}
        yield Sentence("why.domain", N_("Helps with: %(domain)s"), params)
    elif asked.reading.words:
        yield Sentence("why.words", N_("Your words are in what they say about themselves"))


def _wish_reasons(card: Card, asked: Asked) -> Iterator[Sentence]:
    query = asked.query
    if query.language and query.language in card.languages:
        params = {"language": Sentence("language", query.language)}
        yield Sentence("why.language", N_("%(language)s is spoken here"), params)
    elif query.language and card.interpreter:
        yield Sentence("why.interpreter", N_("They work with an interpreter"))
    if card.documents is Known.YES:
        yield Sentence("why.no-documents", N_("No ID or papers asked"))
    if query.step_free and card.step_free is Known.YES:
        yield Sentence("why.step-free", N_("No stairs"))
    if query.age is not None and (card.minimum_age is not None or card.maximum_age is not None):
        yield Sentence("why.age", N_("For people of age %(age)s"), {"age": query.age})


def _other_reasons(card: Card, opening: Opening) -> Iterator[Sentence]:
    yield from helped_words(card.helped, card.asked)
    if card.way_in is Way.WALK_IN:
        text = N_("No appointment: come now") if opening.is_open else N_("No appointment needed")
        yield Sentence("why.walk-in", text)
    if card.free is Known.YES:
        yield Sentence("why.free", N_("Costs nothing"))
    if card.remote:
        yield Sentence("why.remote", N_("By phone or online, no need to travel"))


def helped_words(helped: int, asked: int) -> Iterator[Sentence]:
    """What people said who were sent there, in numbers only where nobody can be told from them.

    Both those who said yes and those who did not must be none, or eleven and more.
    """
    if asked < SMALLEST_SHOWN:
        return
    other = asked - helped
    if all(n == 0 or n >= SMALLEST_SHOWN for n in (helped, other)):
        params = {"helped": helped, "asked": asked}
        yield Sentence("why.helped", N_("%(helped)s of %(asked)s people sent here say it helped"), params)
    elif helped * 3 >= asked * 2:
        yield Sentence("why.helped.most", N_("Most people sent here say it helped"))


def obstacles(
    card: Card, asked: Asked, opening: Opening, room: Capacity, stale: bool
) -> tuple[Sentence, ...]:
    """What may stand in the way of somebody who goes there, the hardest first."""
    found = [
        *_door_obstacles(card, opening, room),
        *_match_obstacles(card, asked),
        *_paper_obstacles(card, asked),
    ]
    if stale:
        found.append(Sentence("way.stale", N_("This may have changed. Call before you go.")))
    return tuple(found[:MOST_OBSTACLES])


def _door_obstacles(card: Card, opening: Opening, room: Capacity) -> Iterator[Sentence]:
    if card.alert:
        yield Sentence("way.alert", "%(alert)s", {"alert": quoted(card.alert)})
    if room is Capacity.CLOSED:
        yield Sentence("way.full", N_("They take nobody new right now"))
    elif room is Capacity.WAITLIST:
        yield Sentence("way.waitlist", N_("There is a waiting list. They call back in turn."))
    if opening.state is OpenState.HOLIDAY:
        yield Sentence("way.holiday", N_("Today is a holiday. They may be closed: ask first."))
    elif opening.state is OpenState.UNCONFIRMED:
        yield Sentence("way.hours", N_("Their hours may have changed. Call before you go."))
    if card.way_in is Way.REFERRAL:
        yield Sentence("way.referral", N_("Somebody must send you. A clinic or a helper can."))
    elif card.way_in is Way.APPOINTMENT:
        yield Sentence("way.appointment", N_("You need an appointment. Call first."))


def _match_obstacles(card: Card, asked: Asked) -> Iterator[Sentence]:
    language = asked.query.language
    if language and language not in card.languages and not card.interpreter:
        text = (
            N_("They do not say that they speak %(language)s")
            if card.languages
            else N_("We do not know if they speak %(language)s")
        )
        yield Sentence("way.language", text, {"language": Sentence("language", language)})
    if asked.query.step_free and card.step_free is not Known.YES and not card.remote:
        text = N_("There are stairs") if card.step_free is Known.NO else N_("We do not know about stairs")
        yield Sentence("way.stairs", text)
    if card.confidential:
        yield Sentence(
            "way.confidential", N_("The address is kept secret, for safety. Call, and they tell you.")
        )
    if card.areas:
        places = quoted(", ".join(card.areas))
        yield Sentence("way.area", N_("For people who live here: %(places)s"), {"places": places})


def _paper_obstacles(card: Card, asked: Asked) -> Iterator[Sentence]:
    if card.documents is Known.NO:
        papers = quoted(", ".join(card.document_list))
        yield Sentence("way.documents", N_("Bring: %(papers)s"), {"papers": papers})
    elif asked.query.no_documents and card.documents is Known.UNKNOWN:
        yield Sentence("way.documents.unknown", N_("We do not know which papers they ask for"))
    ages = age_words(card.minimum_age, card.maximum_age)
    if ages and asked.query.age is None:
        yield ages
    if card.eligibility:
        yield Sentence("way.rules", N_("Their rule: %(rule)s"), {"rule": quoted(card.eligibility)})
    if card.free is Known.NO:
        cost = quoted(card.cost)
        yield (
            Sentence("way.cost", N_("Cost: %(cost)s"), {"cost": cost})
            if cost
            else Sentence("way.costs", N_("It costs something. Ask how much."))
        )


def age_words(minimum: float | None, maximum: float | None) -> Sentence | None:
    """*Ages 60 and up*; ``None`` without a bound. A maximum of 120 and more is no bound."""
    low = None if minimum is None or minimum <= 0 else f"{minimum:g}"
    high = None if maximum is None or maximum >= 110 else f"{maximum:g}"
    if low and high:
        return Sentence("age.between", N_("Ages %(low)s to %(high)s"), {"low": low, "high": high})
    if low:
        return Sentence("age.from", N_("Ages %(low)s and up"), {"low": low})
    return Sentence("age.to", N_("Up to age %(high)s"), {"high": high}) if high else None


def quoted(text: str) -> str:
    """A source's own words on one line, cut at a word where they are long."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_QUOTE:
        return line
    return line[:LONGEST_QUOTE].rsplit(" ", 1)[0] + "…"
