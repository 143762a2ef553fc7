"""How likely two records are of one person: Fellegi and Sunter's weights, and rules no score can beat.

Weights in bits: a field that agrees adds ``log2(m/u)``, one that disagrees ``log2((1-m)/(1-u))``, a
missing one nothing (DOMAIN §5.1). Fields are not independent within a household, so twins and a
father and son score like one person; hence the rules of ``barriers``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import log2

import jellyfish

from commonweal.kernel.words import N_
from commonweal.people.rules.births import NO_BIRTH, Birth, one_digit_off, swapped, years_apart
from commonweal.people.rules.names import Name, family_forms, given_forms, plain
from commonweal.people.rules.nicknames import related
from commonweal.people.rules.phonetics import sound_alike
from commonweal.people.vocabulary import DatePrecision, MatchGrade, Sex


class Field(StrEnum):
    """What is compared."""

    GIVEN = "given"
    FAMILY = "family"
    BIRTH = "birth"
    SEX = "sex"
    ZIP = "zip"
    PHONE = "phone"


class Level(StrEnum):
    """How far two values agree."""

    AGREE = "agree"
    CLOSE = "close"
    DISAGREE = "disagree"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Odds:
    """``m``: how often the field agrees for one person; ``u``: for two different people."""

    m: float
    u: float

    @property
    def agree(self) -> float:
        return log2(self.m / self.u)

    @property
    def disagree(self) -> float:
        return log2((1 - self.m) / (1 - self.u))


@dataclass(frozen=True, slots=True)
class Parameters:
    """A dated set of weights. ``prior`` is the share of all pairs that are one person: it depends on
    the set of pairs, so it is kept with each score."""

    version: str
    prior: float
    odds: Mapping[Field, Odds]
    close: float = 0.5
    certain_at: float = 0.99
    probable_at: float = 0.80
    possible_at: float = 0.05

    @property
    def prior_weight(self) -> float:
        return log2(self.prior / (1 - self.prior))


WORKED = Parameters(
    version="worked-1",
    prior=0.0001,
    odds={
        Field.GIVEN: Odds(0.90, 0.01),
        Field.FAMILY: Odds(0.95, 0.005),
        Field.BIRTH: Odds(0.97, 0.0003),
        Field.SEX: Odds(0.99, 0.5),
        Field.ZIP: Odds(0.80, 0.02),
    },
)
"""The worked parameters of DOMAIN §5.1."""

STANDARD = replace(
    WORKED,
    version="standard-1",
    # Blocked candidates share a key already, so far more of them are one person than of all pairs.
    prior=0.01,
    odds={**WORKED.odds, Field.SEX: Odds(0.95, 0.5), Field.PHONE: Odds(0.65, 0.002)},
)
"""Ours for the warning before a second record: a phone is compared too, and sex is weaker than in the
worked table, since records err in it and people change it."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """What of a record is compared. Empty values are missing. ``shared_phone``: known to be of a
    shelter or a clinic, so it tells nothing."""

    name: Name
    also: tuple[Name, ...] = ()
    birth: Birth = NO_BIRTH
    sex: Sex = Sex.UNKNOWN
    zip5: str = ""
    phone: str = ""
    shared_phone: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """The total weight in bits, its probability, and what each field gave."""

    total: float
    probability: float
    levels: Mapping[Field, Level]
    weights: Mapping[Field, float]
    parameters: str
    prior: float


@dataclass(frozen=True, slots=True)
class Match:
    """A graded pair: ``barriers`` are the rule ids that kept it from being certain."""

    grade: MatchGrade
    score: Score
    barriers: tuple[str, ...] = ()
    reasons: tuple[str, ...] = field(default=())


def probability(total: float) -> float:
    """``2^M / (1 + 2^M)``."""
    return 1 / (1 + 2 ** (-total))


def score(levels: Mapping[Field, Level], parameters: Parameters = WORKED) -> Score:
    """Add up the fields. A field without parameters, or missing, adds nothing."""
    weights = {
        name: _weight(level, parameters.odds[name], parameters.close)
        for name, level in levels.items()
        if name in parameters.odds
    }
    total = parameters.prior_weight + sum(weights.values())
    return Score(total, probability(total), dict(levels), weights, parameters.version, parameters.prior)


def _weight(level: Level, odds: Odds, close: float) -> float:
    if level is Level.AGREE:
        return odds.agree
    if level is Level.CLOSE:
        return odds.agree * close
    return odds.disagree if level is Level.DISAGREE else 0.0


def _given_level(mine: Sequence[Name], theirs: Sequence[Name]) -> Level:
    one = frozenset().union(*(given_forms(name.given) for name in mine))
    other = frozenset().union(*(given_forms(name.given) for name in theirs))
    if not one or not other:
        return Level.MISSING
    if one & other or any(related(a, b) for a in one for b in other):
        return Level.AGREE
    return Level.CLOSE if any(_near(a, b) for a in one for b in other) else Level.DISAGREE


def _family_level(mine: Sequence[Name], theirs: Sequence[Name]) -> Level:
    one = frozenset().union(*(family_forms(name.family) for name in mine))
    other = frozenset().union(*(family_forms(name.family) for name in theirs))
    if not one or not other:
        return Level.MISSING
    if one & other:
        return Level.AGREE
    return Level.CLOSE if any(_near(a, b) for a in one for b in other) else Level.DISAGREE


def _near(one: str, other: str) -> bool:
    return jellyfish.jaro_winkler_similarity(one, other) >= 0.93 or sound_alike(one, other)


def _birth_level(one: Birth, other: Birth) -> Level:
    if not one.known or not other.known or one.day is None or other.day is None:
        return Level.MISSING
    if one.exact and other.exact:
        if one.day == other.day:
            return Level.AGREE
        return (
            Level.CLOSE
            if swapped(one.day, other.day) or one_digit_off(one.day, other.day)
            else Level.DISAGREE
        )
    months = DatePrecision.YEAR not in (one.precision, other.precision) and _told(one) and _told(other)
    if one.day.year != other.day.year or (months and one.day.month != other.day.month):
        return Level.DISAGREE
    return Level.CLOSE


def _told(birth: Birth) -> bool:
    return birth.exact or birth.precision is DatePrecision.MONTH


def _plain_level(one: str, other: str) -> Level:
    if not one or not other:
        return Level.MISSING
    return Level.AGREE if one == other else Level.DISAGREE


def compare(one: Sketch, other: Sketch) -> dict[Field, Level]:
    """Each field's agreement. Names of both use all forms on record."""
    known_sex = Sex.UNKNOWN not in (one.sex, other.sex)
    shared = one.shared_phone or other.shared_phone
    return {
        Field.GIVEN: _given_level((one.name, *one.also), (other.name, *other.also)),
        Field.FAMILY: _family_level((one.name, *one.also), (other.name, *other.also)),
        Field.BIRTH: _birth_level(one.birth, other.birth),
        Field.SEX: _plain_level(one.sex, other.sex) if known_sex else Level.MISSING,
        Field.ZIP: _plain_level(one.zip5, other.zip5),
        Field.PHONE: Level.MISSING if shared else _plain_level(one.phone, other.phone),
    }


STRONG = (Field.GIVEN, Field.FAMILY, Field.BIRTH, Field.PHONE)


def barriers(one: Sketch, other: Sketch, levels: Mapping[Field, Level]) -> tuple[str, ...]:
    """The rules that keep a pair from ever being certain, whatever its score (DOMAIN §5.1)."""
    found = []
    if levels[Field.GIVEN] is Level.DISAGREE:
        found.append("match.given-names-differ")
    if one.name.suffix and other.name.suffix and plain(one.name.suffix) != plain(other.name.suffix):
        found.append("match.suffixes-differ")
    if one.birth.known and other.birth.known and one.birth.day and other.birth.day:
        if years_apart(one.birth.day, other.birth.day) >= 10:
            found.append("match.ten-years-apart")
        elif levels[Field.BIRTH] is Level.DISAGREE:
            found.append("match.birth-dates-differ")
    if sum(levels.get(name, Level.MISSING) in (Level.AGREE, Level.CLOSE) for name in STRONG) < 2:
        found.append("match.too-little-known")
    if levels[Field.GIVEN] is Level.MISSING or levels[Field.FAMILY] is Level.MISSING:
        found.append("match.no-name")
    return tuple(found)


REASONS: dict[tuple[Field, Level], str] = {
    (Field.GIVEN, Level.AGREE): N_("Same first name"),
    (Field.GIVEN, Level.CLOSE): N_("First name sounds alike"),
    (Field.GIVEN, Level.DISAGREE): N_("Another first name"),
    (Field.FAMILY, Level.AGREE): N_("Same last name"),
    (Field.FAMILY, Level.CLOSE): N_("Last name sounds alike"),
    (Field.FAMILY, Level.DISAGREE): N_("Another last name"),
    (Field.BIRTH, Level.AGREE): N_("Same birth date"),
    (Field.BIRTH, Level.CLOSE): N_("Birth date nearly the same"),
    (Field.BIRTH, Level.DISAGREE): N_("Another birth date"),
    (Field.ZIP, Level.AGREE): N_("Same ZIP code"),
    (Field.PHONE, Level.AGREE): N_("Same phone"),
}


def grade(
    one: Sketch, other: Sketch, parameters: Parameters = STANDARD, *, kept_apart: bool = False
) -> Match:
    """Grade a pair. ``kept_apart``: somebody said these are two people, which beats any score.

    Placeholders match nobody. A barrier lowers *certain* to *probable*, and *probable* to *possible*.
    """
    levels = compare(one, other)
    result = score(levels, parameters)
    reasons = tuple(REASONS[pair] for pair in levels.items() if pair in REASONS)
    if kept_apart or one.name.is_placeholder or other.name.is_placeholder:
        rule = "match.kept-apart" if kept_apart else "match.placeholder"
        return Match(MatchGrade.CERTAINLY_NOT, result, (rule,), reasons)
    found = barriers(one, other, levels)
    step = _by_probability(result.probability, parameters)
    if found and step > MatchGrade.POSSIBLE:
        step = MatchGrade(step - 1)
    return Match(step, result, found, reasons)


def _by_probability(chance: float, parameters: Parameters) -> MatchGrade:
    if chance >= parameters.certain_at:
        return MatchGrade.CERTAIN
    if chance >= parameters.probable_at:
        return MatchGrade.PROBABLE
    return MatchGrade.POSSIBLE if chance >= parameters.possible_at else MatchGrade.CERTAINLY_NOT


def one_certain(matches: Iterable[Match]) -> list[Match]:
    """The matches, likeliest first; where two are certain and equally strong, neither is (trap 5-T8)."""
    ranked = sorted(matches, key=lambda match: (match.grade, match.score.total), reverse=True)
    certain = [match for match in ranked if match.grade is MatchGrade.CERTAIN]
    if len(certain) > 1 and abs(certain[0].score.total - certain[1].score.total) < 1e-9:
        tied = certain[0].score.total
        return [
            replace(match, grade=MatchGrade.PROBABLE, barriers=(*match.barriers, "match.two-equal"))
            if match.grade is MatchGrade.CERTAIN and abs(match.score.total - tied) < 1e-9
            else match
            for match in ranked
        ]
    return ranked
