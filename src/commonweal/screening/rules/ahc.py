"""AHC-HRSN: the core of ten questions in five domains, and the supplement's social items.

Source: LOINC 96777-8 and 97023-6 (DOMAIN §1.2, §1.3). HITS: positive at 11 and above, of 4 to 20.
Physical activity, disability, substance use and depression are kept as answered and not judged
here: they are clinical screens, and their answers stay in their segments.
"""

from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.domains import NeedDomain
from commonweal.screening.rules.scoring import NOTHING, AnyOf, OneOf, Replies, Rule, RuleSet, traced
from commonweal.screening.shapes import Determination, Score
from commonweal.screening.vocabulary import AHC, Flag, Result

VERSION = "1"
PANEL = "96777-8"
SUPPLEMENT = "97023-6"

LIVING, PLACE, FOOD_WORRY, FOOD_LAST = "71802-3", "96778-6", "88122-7", "88123-5"
RIDE, UTILITIES = "93030-5", "96779-4"
HURT, INSULT, THREATEN, SCREAM = "95618-5", "95617-7", "95616-9", "95615-1"
CORE = (LIVING, PLACE, FOOD_WORRY, FOOD_LAST, RIDE, UTILITIES, HURT, INSULT, THREATEN, SCREAM)
HITS_ITEMS = (HURT, INSULT, THREATEN, SCREAM)
HITS_TOTAL = "95614-4"
HITS_CUT = 11
HITS_SCORES = {"LA6270-8": 1, "LA10066-1": 2, "LA10082-8": 3, "LA16644-9": 4, "LA6482-9": 5}

YES, NO = "LA33-6", "LA32-8"
OFTEN, SOMETIMES, NEVER = "LA28397-0", "LA6729-3", "LA28398-8"
STEADY, WORRIED, NO_STEADY_PLACE = "LA31993-1", "LA31994-9", "LA31995-6"
SHUT_OFF = "LA32002-0"
PESTS, MOLD, LEAD, NO_HEAT = "LA31996-4", "LA28580-1", "LA31997-2", "LA31998-0"
STOVE, SMOKE_ALARM, LEAKS, NONE_OF_THESE = "LA31999-8", "LA32000-4", "LA32001-2", "LA9-3"


def hits(replies: Replies) -> Determination:
    """HITS with missing items: bounds of the sum decide, or it cannot be told (DOMAIN §1.3).

    An item with two answers counts from its lowest to its highest and is flagged.
    """
    low = high = 0
    complete, flags = True, set()
    for question in HITS_ITEMS:
        codes = replies.get(question, NOTHING).codes
        scores = [HITS_SCORES[code] for code in codes if code in HITS_SCORES]
        if len(scores) < len(codes):
            flags.add(Flag.UNRECOGNIZED)
        if len(scores) > 1:
            flags.add(Flag.CONTRADICTORY)
        complete = complete and len(scores) == 1
        low += min(scores, default=1)
        high += max(scores, default=5)
    return Determination(
        domain=NeedDomain.SAFETY,
        result=_hits_result(replies, low, high),
        rule="ahc-hrsn.hits",
        rule_version=VERSION,
        trace=traced(HITS_ITEMS, replies),
        segment=Segment.DOMESTIC_VIOLENCE,
        flags=tuple(sorted(flags)),
        score=Score(HITS_TOTAL, low if complete else None, low, high),
    )


def _hits_result(replies: Replies, low: int, high: int) -> Result:
    if all(replies.get(question, NOTHING).is_not_asked for question in HITS_ITEMS):
        return Result.NOT_ASSESSED
    if low >= HITS_CUT:
        return Result.POSITIVE
    return Result.NEGATIVE if high < HITS_CUT else Result.INDETERMINATE


def _any(domain: NeedDomain, name: str, *signs: OneOf) -> AnyOf:
    return AnyOf(domain, signs, f"ahc-hrsn.{name}", VERSION)


def _of(question: str, risk: set[str], safe: set[str], **more: frozenset[str]) -> OneOf:
    return OneOf(question, frozenset(risk), frozenset(safe), **more)


CORE_RULES = (
    _any(
        NeedDomain.HOUSING,
        "living.instability",
        _of(LIVING, {WORRIED}, {STEADY}, elsewhere=frozenset({NO_STEADY_PLACE})),
    ),
    _any(
        NeedDomain.HOMELESSNESS,
        "living.homelessness",
        _of(LIVING, {NO_STEADY_PLACE}, {STEADY}, elsewhere=frozenset({WORRIED})),
    ),
    _any(
        NeedDomain.INADEQUATE_HOUSING,
        "place",
        _of(PLACE, {PESTS, MOLD, LEAD, NO_HEAT, STOVE, SMOKE_ALARM, LEAKS}, {NONE_OF_THESE}),
    ),
    _any(
        NeedDomain.FOOD,
        "food",
        _of(FOOD_WORRY, {OFTEN, SOMETIMES}, {NEVER}),
        _of(FOOD_LAST, {OFTEN, SOMETIMES}, {NEVER}),
    ),
    _any(NeedDomain.TRANSPORT, "transport", _of(RIDE, {YES}, {NO})),
    _any(
        NeedDomain.UTILITIES,
        "utilities",
        _of(UTILITIES, {YES}, {NO}, urgent=frozenset({SHUT_OFF})),
    ),
)

SUPPLEMENT_RULES = (
    _any(NeedDomain.MONEY, "money", _of("76513-1", {"LA15832-1", "LA22683-9"}, {"LA31980-8"})),
    _any(NeedDomain.WORK, "work", _of("96780-2", {"LA31981-6", "LA31982-4"}, {"LA31983-2"})),
    _any(
        NeedDomain.ISOLATION,
        "support",
        _of("96781-0", {"LA31978-2", "LA31979-0"}, {"LA31976-6", "LA31977-4"}),
        _of("93159-2", {"LA10044-8", "LA9933-8"}, {"LA6270-8", "LA10066-1", "LA10082-8"}),
    ),
    _any(NeedDomain.LANGUAGE, "language", _of("97027-7", {YES}, {NO})),
    _any(NeedDomain.EDUCATION, "school", _of("96782-8", {YES}, {NO})),
    _any(
        NeedDomain.STRESS,
        "stress",
        _of("93038-8", {"LA13863-8", "LA13909-9", "LA13902-4", "LA13914-9"}, {"LA6568-5"}),
    ),
)

NOT_JUDGED = frozenset(
    {"89555-7", "68516-4", "68517-2", "96842-0", "95530-2", "68524-8", "44250-9", "44255-8"}
    | {"69858-9", "69861-3"}
)


def _only_if_in_form(rule: AnyOf) -> Rule:
    """Silent where the form does not have the questions: most forms have the core alone."""

    def judge(replies: Replies) -> Determination | None:
        in_form = any(sign.question in replies for sign in rule.signs)
        return rule.judge(replies) if in_form else None

    return judge


RULES = RuleSet(
    AHC,
    (*(rule.judge for rule in CORE_RULES), hits, *map(_only_if_in_form, SUPPLEMENT_RULES)),
    NOT_JUDGED,
)
