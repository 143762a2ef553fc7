"""Some two and a half thousand neighbors, drawn by lot from one seed: the same in every demo of one day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from commonweal.kernel.answers import Answered
from commonweal.people.demo.names import AREAS, PLACES, STREETS, TONGUES, Tongue
from commonweal.people.shapes import RecordDraft
from commonweal.people.vocabulary import Channel, DatePrecision, Sex

SEED = 20_260_312
MONTHS = 24

SERVED: Mapping[str, int] = {
    "alder-general": 1080,
    "millrace": 690,
    "st-brigid": 150,
    "ferry-street": 160,
    "county-human-services": 140,
    "alder-commons": 130,
    "tanners-ford": 70,
    "northbank-rides": 40,
    "safe-harbor": 24,
}
"""How many of them each partner wrote down first."""


@dataclass(frozen=True, slots=True)
class Neighbor:
    """One invented person: who wrote them down, and how many months ago."""

    partner: str
    months_ago: int
    draft: RecordDraft


def neighbors(today: date) -> Iterator[Neighbor]:
    """Everyone, partner by partner, oldest first. Ages are counted back from ``today``."""
    lot = Random(SEED)  # noqa: S311  # not a secret: the demo must be the same each time
    phones = _phones(lot)
    for partner, count in SERVED.items():
        months = sorted((_month(lot) for _ in range(count)), reverse=True)
        for months_ago in months:
            yield Neighbor(partner, months_ago, _draft(lot, today, phones))


def _month(lot: Random) -> int:
    """More were written down lately than at first: the work grew."""
    return int(MONTHS * (1 - lot.random() ** 0.8)) % MONTHS


def _phones(lot: Random) -> Iterator[str]:
    numbers = [
        f"{area}-555-01{n:02d}" for area in AREAS for n in range(100) if not (area == "541" and n < 60)
    ]
    lot.shuffle(numbers)
    return iter(numbers)


def _draft(lot: Random, today: date, phones: Iterator[str]) -> RecordDraft:
    tongue = lot.choices(TONGUES, weights=[t.share for t in TONGUES])[0]
    sex = lot.choices((Sex.FEMALE, Sex.MALE, Sex.UNKNOWN), weights=(55, 42, 3))[0]
    place, zip_code, _ = lot.choices(PLACES, weights=[share for *_, share in PLACES])[0]
    born, precision = _born(lot, today)
    phone = next(phones, "") if lot.random() < 0.86 else ""
    housed = lot.random() < 0.93
    return RecordDraft(
        given=lot.choice(
            tongue.women if sex is Sex.FEMALE else tongue.men if sex is Sex.MALE else tongue.women
        ),
        family=_family(lot, tongue),
        birth_date=born,
        birth_precision=precision,
        sex=sex,
        language=tongue.code,
        interpreter=_interpreter(lot, tongue),
        phone=phone,
        channels=_channels(lot) if phone else {},
        address=f"{lot.randrange(1, 400)} {lot.choice(STREETS)} Street" if housed else "",
        city="Alder Falls" if place == "Ferry Street" else place,
        zip=zip_code,
        place=place,
        household_size=lot.choices((1, 2, 3, 4, 5, 6, None), weights=(30, 24, 15, 12, 8, 4, 7))[0],
    )


def _family(lot: Random, tongue: Tongue) -> str:
    if tongue.two_families and lot.random() < 0.7:
        return " ".join(lot.sample(tongue.families, 2))
    if tongue.code == "en" and lot.random() < 0.03:
        return "-".join(lot.sample(tongue.families, 2))
    return lot.choice(tongue.families)


def _born(lot: Random, today: date) -> tuple[date | None, DatePrecision]:
    chance = lot.random()
    if chance < 0.02:
        return None, DatePrecision.UNKNOWN
    age = min(98, max(18, int(lot.gauss(50, 19))))
    day = today - timedelta(days=int(age * 365.25 + lot.randrange(365)))
    if chance < 0.05:
        return day.replace(month=1, day=1), DatePrecision.YEAR
    return day, DatePrecision.DAY


def _interpreter(lot: Random, tongue: Tongue) -> Answered:
    if tongue.code == "en":
        return Answered.NO if lot.random() < 0.6 else Answered.NOT_ASKED
    return lot.choices((Answered.YES, Answered.NO, Answered.NOT_ASKED), weights=(50, 25, 25))[0]


def _channels(lot: Random) -> dict[Channel, Answered]:
    said: dict[Channel, Answered] = {}
    for channel, yes, no in ((Channel.CALL, 78, 6), (Channel.TEXT, 60, 14), (Channel.VOICEMAIL, 40, 22)):
        answer = lot.choices((Answered.YES, Answered.NO, None), weights=(yes, no, 100 - yes - no))[0]
        if answer is not None:
            said[channel] = answer
    return said
