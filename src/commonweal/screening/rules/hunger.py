"""Hunger Vital Sign, LOINC 88121-9, by the stricter rule (DOMAIN §1.4).

At risk with *often* or *sometimes* on either question; no risk only with *never* on both; else it
cannot be told. The implementation guide's example says *no risk* after one *never*; we do not.
"""

from commonweal.kernel.domains import NeedDomain
from commonweal.screening.rules.ahc import FOOD_LAST, FOOD_WORRY, NEVER, OFTEN, SOMETIMES
from commonweal.screening.rules.scoring import AnyOf, OneOf, RuleSet
from commonweal.screening.vocabulary import HUNGER_VITAL_SIGN

PANEL = "88121-9"
DERIVED = "88124-3"
QUESTIONS = (FOOD_WORRY, FOOD_LAST)

_RISK, _SAFE = frozenset({OFTEN, SOMETIMES}), frozenset({NEVER})
FOOD = AnyOf(
    NeedDomain.FOOD,
    tuple(OneOf(question, _RISK, _SAFE) for question in QUESTIONS),
    "hunger-vital-sign.food",
    "1",
)
RULES = RuleSet(HUNGER_VITAL_SIGN, (FOOD.judge,))
