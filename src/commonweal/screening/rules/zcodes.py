"""ICD-10-CM Z codes that a human may consider, by the date of service (DOMAIN §1.7, 1-T8).

A suggestion, never a diagnosis: a clinician decides, and documents the circumstance. Codes from
Z55 to Z65 are normally secondary. About safety nothing is ever suggested: abuse is coded only
after a clinical determination, never from a screener.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.screening.rules import ahc
from commonweal.screening.shapes import Determination, ZSuggestion
from commonweal.screening.vocabulary import Result

_ICD10 = date(2015, 10, 1)
_FY22, _FY23, _APR23 = date(2021, 10, 1), date(2022, 10, 1), date(2023, 4, 1)
_FY25, _FY26 = date(2024, 10, 1), date(2025, 10, 1)


@dataclass(frozen=True, slots=True)
class ZCode:
    """A code with the half-open span ``[start, end)`` of service dates on which it may be billed."""

    code: str
    title: str
    start: date
    end: date | None = None

    def holds_on(self, served: date) -> bool:
        return self.start <= served and (self.end is None or served < self.end)


TABLE = (
    ZCode("Z55.0", "Illiteracy and low-level literacy", _ICD10),
    ZCode("Z55.5", "Less than a high school diploma", _FY22),
    ZCode("Z55.6", "Problems related to health literacy", _APR23),
    ZCode("Z56.0", "Unemployment, unspecified", _ICD10),
    ZCode("Z58.6", "Inadequate drinking-water supply", _FY22),
    ZCode("Z58.81", "Basic services unavailable in physical environment", _APR23),
    ZCode("Z59.0", "Homelessness", _ICD10, _FY22),
    ZCode("Z59.00", "Homelessness unspecified", _FY22),
    ZCode("Z59.01", "Sheltered homelessness", _FY22),
    ZCode("Z59.02", "Unsheltered homelessness", _FY22),
    ZCode("Z59.1", "Inadequate housing", _ICD10, _APR23),
    ZCode("Z59.10", "Inadequate housing, unspecified", _APR23),
    ZCode("Z59.11", "Inadequate housing environmental temperature", _APR23),
    ZCode("Z59.12", "Inadequate housing utilities", _APR23),
    ZCode("Z59.19", "Other inadequate housing", _APR23),
    ZCode("Z59.4", "Lack of adequate food", _ICD10, _FY22),
    ZCode("Z59.41", "Food insecurity", _FY22),
    ZCode("Z59.48", "Other specified lack of adequate food", _FY22),
    ZCode("Z59.5", "Extreme poverty", _ICD10),
    ZCode("Z59.6", "Low income", _ICD10),
    ZCode("Z59.7", "Insufficient social insurance and welfare support", _ICD10, _FY25),
    ZCode("Z59.71", "Insufficient health insurance coverage", _FY25),
    ZCode("Z59.72", "Insufficient welfare support", _FY25),
    ZCode("Z59.8", "Other problems related to housing and economic circumstances", _ICD10, _FY22),
    ZCode("Z59.811", "Housing instability, housed, with risk of homelessness", _FY22),
    ZCode("Z59.812", "Housing instability, housed, homelessness in past 12 months", _FY22),
    ZCode("Z59.819", "Housing instability, housed unspecified", _FY22),
    ZCode("Z59.82", "Transportation insecurity", _FY23),
    ZCode("Z59.86", "Financial insecurity", _FY23, _FY26),
    ZCode("Z59.861", "Financial insecurity, difficulty paying for utilities", _FY26),
    ZCode("Z59.868", "Other specified financial insecurity", _FY26),
    ZCode("Z59.869", "Financial insecurity, unspecified", _FY26),
    ZCode("Z59.87", "Material hardship due to limited financial resources, not elsewhere classified", _FY23),
    ZCode("Z59.89", "Other problems related to housing and economic circumstances", _FY22),
    ZCode("Z60.2", "Problems related to living alone", _ICD10),
    ZCode("Z65.1", "Imprisonment and other incarceration", _ICD10),
    ZCode("Z65.2", "Problems related to release from prison", _ICD10),
    ZCode("Z65.3", "Problems related to other legal circumstances", _ICD10),
)
_BY_CODE = {code.code: code for code in TABLE}

_MAY_NOT_BE_MONEY = N_("A warning or a shut-off does not by itself mean that the person cannot pay. Ask.")
_ONLY_WITH_NEED = N_("Ask which it is before you write it down.")


@dataclass(frozen=True, slots=True)
class _Clue:
    """Codes for a domain, the first that holds on the day counts; ``answers`` narrows it to those."""

    domain: NeedDomain
    codes: tuple[str, ...]
    answers: frozenset[str] = frozenset()
    caution: str = ""


_SHUT_OFF = frozenset({ahc.SHUT_OFF, "off"})
_COLD = frozenset({ahc.NO_HEAT, "cold"})
_STUCK = frozenset({"stuck", "maybe"})
_MONEY = frozenset({"LA15832-1", "LA22683-9", "some-months", "most-months"})
_OTHER_HOUSING = frozenset(
    {ahc.PESTS, ahc.MOLD, ahc.LEAD, ahc.STOVE, ahc.SMOKE_ALARM, ahc.LEAKS}
    | {"pests", "damp", "leaks", "kitchen", "unsafe"}
)
_CLUES = (
    _Clue(NeedDomain.HOMELESSNESS, ("Z59.00", "Z59.0"), caution=N_("Sheltered or unsheltered? Ask.")),
    _Clue(NeedDomain.HOUSING, ("Z59.811", "Z59.8")),
    _Clue(NeedDomain.INADEQUATE_HOUSING, ("Z59.11", "Z59.1"), _COLD),
    _Clue(NeedDomain.INADEQUATE_HOUSING, ("Z59.19", "Z59.1"), _OTHER_HOUSING),
    _Clue(NeedDomain.FOOD, ("Z59.41", "Z59.4")),
    _Clue(NeedDomain.TRANSPORT, ("Z59.82",)),
    _Clue(NeedDomain.UTILITIES, ("Z59.12",), _SHUT_OFF),
    _Clue(NeedDomain.UTILITIES, ("Z59.861", "Z59.87"), caution=_MAY_NOT_BE_MONEY),
    _Clue(NeedDomain.MONEY, ("Z59.869", "Z59.86"), _MONEY),
    _Clue(NeedDomain.MONEY, ("Z59.72", "Z59.7"), _STUCK, _ONLY_WITH_NEED),
    _Clue(NeedDomain.MATERIAL, ("Z59.87",)),
    _Clue(NeedDomain.CHILDCARE, ("Z59.87",), caution=_ONLY_WITH_NEED),
    _Clue(NeedDomain.INSURANCE, ("Z59.71", "Z59.7")),
    _Clue(NeedDomain.WORK, ("Z56.0",), frozenset({"LA17956-6", "LA31981-6", "looking"})),
    _Clue(NeedDomain.EDUCATION, ("Z55.5",), frozenset({"LA30191-3"})),
    _Clue(NeedDomain.HEALTH_LITERACY, ("Z55.6",)),
    _Clue(NeedDomain.DIGITAL_ACCESS, ("Z58.81",), caution=_ONLY_WITH_NEED),
    _Clue(NeedDomain.INCARCERATION, ("Z65.2",), caution=_ONLY_WITH_NEED),
)


def billable(code: str, served: date) -> Verdict:
    """May ``code`` be billed for a service on that date? Unknown and header codes may not."""
    found = _BY_CODE.get(code)
    if found is None:
        return deny("zcode.unknown", N_("%(code)s is not in the table of social Z codes."), code=code)
    if served < found.start:
        return deny("zcode.not-yet", N_("%(code)s came later than this service."), code=code)
    if not found.holds_on(served):
        successors = ", ".join(c.code for c in TABLE if c.code.startswith(code) and c.holds_on(served))
        return deny(
            "zcode.ended",
            N_("%(code)s could no longer be billed on that date."),
            N_("Choose a longer code below it."),
            code=code,
            instead=successors,
        )
    return allow("zcode.holds", N_("%(code)s may be billed for that date."), code=code)


def suggest(found: Iterable[Determination], served: date) -> tuple[ZSuggestion, ...]:
    """Codes to consider for the risks shown, valid on the date of service, each once."""
    suggestions: dict[str, ZSuggestion] = {}
    for determination in found:
        if determination.result is Result.POSITIVE:
            for suggestion in _for_one(determination, served):
                suggestions.setdefault(suggestion.code, suggestion)
    return tuple(suggestions.values())


def _for_one(determination: Determination, served: date) -> Iterable[ZSuggestion]:
    answers = {code for traced in determination.trace for code in traced.codes}
    for clue in _CLUES:
        if clue.domain is not determination.domain or (clue.answers and not clue.answers & answers):
            continue
        code = next((_BY_CODE[c] for c in clue.codes if _BY_CODE[c].holds_on(served)), None)
        if code is not None:
            yield ZSuggestion(code.code, code.title, determination.domain, determination.rule, clue.caution)
