"""PRAPARE, LOINC 93025-5: a trigger for each item, no total (DOMAIN §1.5).

PRAPARE has no validated cut-off score. Where an item has grades (contact, stress), the triggers
follow the risk tally in common use; they are triggers for a talk, not a score.
"""

from commonweal.kernel.domains import NeedDomain
from commonweal.screening.rules.scoring import AnyOf, OneOf, Picked, RuleSet, Sign
from commonweal.screening.vocabulary import PRAPARE

VERSION = "1"
PANEL = "93025-5"
YES, NO, UNSURE = "LA33-6", "LA32-8", "LA14072-5"
UNABLE_TO_GET = "93031-3"
LINES = {
    "LA30125-1": NeedDomain.FOOD,
    "LA30126-9": NeedDomain.MATERIAL,
    "LA30124-4": NeedDomain.UTILITIES,
    "LA30127-7": NeedDomain.CHILDCARE,
    "LA30128-5": NeedDomain.MEDICAL_COST,
    "LA30129-3": NeedDomain.DIGITAL_ACCESS,
    "LA46-8": NeedDomain.UNSPECIFIED,
}
_INSURED = {"LA17849-3", "LA30195-4", "LA15652-3", "LA30196-2", "LA30197-0", "LA6350-8"}
_EMPLOYED_OR_NOT_SEEKING = {"LA30138-4", "LA30136-8", "LA30137-6"}


def _of(question: str, risk: set[str], safe: set[str], neither: set[str] | None = None) -> OneOf:
    return OneOf(question, frozenset(risk), frozenset(safe), neither=frozenset(neither or ()))


_SIGNS: dict[NeedDomain, tuple[Sign, ...]] = {
    NeedDomain.HOMELESSNESS: (_of("71802-3", {"LA30190-5"}, {"LA30189-7"}),),
    NeedDomain.HOUSING: (_of("93033-9", {YES}, {NO}),),
    NeedDomain.EDUCATION: (_of("82589-3", {"LA30191-3"}, {"LA30192-1", "LA30193-9"}),),
    NeedDomain.WORK: (_of("67875-5", {"LA17956-6"}, _EMPLOYED_OR_NOT_SEEKING),),
    NeedDomain.INSURANCE: (_of("76437-3", {"LA30194-7"}, _INSURED),),
    **{domain: (Picked(UNABLE_TO_GET, line),) for line, domain in LINES.items()},
    NeedDomain.TRANSPORT: (_of("93030-5", {"LA30133-5", "LA30134-3"}, {NO}),),
    NeedDomain.ISOLATION: (_of("93029-7", {"LA27722-0", "LA30130-1"}, {"LA30131-9", "LA30132-7"}),),
    NeedDomain.STRESS: (_of("93038-8", {"LA13902-4", "LA13914-9"}, {"LA6568-5", "LA13863-8", "LA13909-9"}),),
    NeedDomain.INCARCERATION: (_of("93028-9", {YES}, {NO}),),
    NeedDomain.SAFETY: (
        _of("93026-3", {NO}, {YES}, {UNSURE}),
        _of("76501-6", {YES}, {NO, "LA4720-4"}, {UNSURE}),
    ),
}

NOT_JUDGED = frozenset(
    {"56051-6", "32624-9", "93035-4", "93034-7", "54899-0", "63512-8", "56799-0", "63586-2", "93027-1"}
)
"""Who the person is, not what the person lacks; income needs a dated poverty table to mean anything."""

RULES = RuleSet(
    PRAPARE,
    tuple(AnyOf(domain, signs, f"prapare.{domain.value}", VERSION).judge for domain, signs in _SIGNS.items()),
    NOT_JUDGED,
)
