"""Which instrument a questionnaire is, and what we know about its items."""

from collections.abc import Iterable

from commonweal.kernel.answers import Answered
from commonweal.screening.rules import ahc, hunger, marked, prapare
from commonweal.screening.rules.scoring import RuleSet
from commonweal.screening.shapes import InstrumentShape
from commonweal.screening.vocabulary import AHC, DATA_ABSENT, HUNGER_VITAL_SIGN, LOINC, PRAPARE

PANELS = {ahc.PANEL: AHC, ahc.SUPPLEMENT: AHC, prapare.PANEL: PRAPARE, hunger.PANEL: HUNGER_VITAL_SIGN}
_BUILT_IN = {AHC: ahc.RULES, PRAPARE: prapare.RULES, HUNGER_VITAL_SIGN: hunger.RULES}

DERIVED = frozenset({ahc.HITS_TOTAL, hunger.DERIVED, "77594-0", "55758-7"})
"""Items that are calculated and never asked."""

TAKES_MANY = frozenset({(AHC, ahc.PLACE), (PRAPARE, prapare.UNABLE_TO_GET), (PRAPARE, "32624-9")})
"""Questions that take several answers by their instrument, even where a file forgot to say so."""

NO_ANSWERS: dict[tuple[str, str], Answered] = {
    (LOINC, "LA30122-8"): Answered.DECLINED,  # I choose not to answer
    (LOINC, "LA30257-2"): Answered.UNABLE,  # unable to respond
    (LOINC, "LA15775-2"): Answered.UNKNOWN,  # do not know, or refused
    (LOINC, "LA12688-0"): Answered.UNKNOWN,  # do not know
    (DATA_ABSENT, "asked-declined"): Answered.DECLINED,
    (DATA_ABSENT, "asked-unknown"): Answered.UNKNOWN,
    (DATA_ABSENT, "unknown"): Answered.UNKNOWN,
    (DATA_ABSENT, "not-asked"): Answered.NOT_ASKED,
    (DATA_ABSENT, "not-performed"): Answered.UNABLE,
}
"""Answers that are none: they say why there is no answer."""

STAND_ALONE = frozenset({(LOINC, "LA9-3"), (LOINC, "LA32-8")})
"""Answers that deny all others of a list."""


def key_of(codes: Iterable[str]) -> str:
    """The key of the instrument that has these codes (its own, its groups', its questions'), or ``""``."""
    found = set(codes)
    for panel, key in PANELS.items():
        if panel in found:
            return key
    questions = found & {*ahc.CORE, *hunger.QUESTIONS}
    if questions == set(hunger.QUESTIONS):
        return HUNGER_VITAL_SIGN
    return ""


def rules_for(instrument: InstrumentShape) -> RuleSet:
    """The rules that score ``instrument``: built in for the known, else those of its own marks."""
    return _BUILT_IN.get(instrument.key) or marked.rules_of(instrument)


def gaps(instrument: InstrumentShape) -> list[str]:
    """What a known instrument should have and this file lacks, in plain words."""
    present = {question.code for question in instrument.walk()}
    expected = {AHC: ahc.CORE, HUNGER_VITAL_SIGN: hunger.QUESTIONS}.get(instrument.key, ())
    missing = [code for code in expected if code not in present]
    if not missing:
        return []
    return [f"{len(missing)} of its {len(expected)} questions are not in this file: {', '.join(missing)}"]
