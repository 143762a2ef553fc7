"""Which questions are more sensitive than others: DOMAIN §1.2 (end), §1.5, §2.6.

Stress (93038-8) is a social domain of the Gravity Project, not a mental-health finding, and stays general.
"""

from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.domains import NeedDomain

_CODES: dict[Segment, tuple[str, ...]] = {
    Segment.DOMESTIC_VIOLENCE: (
        "95618-5",  # HITS: hurt
        "95617-7",  # HITS: insult
        "95616-9",  # HITS: threaten
        "95615-1",  # HITS: scream
        "95614-4",  # HITS: total
        "93026-3",  # PRAPARE: safe at home
        "76501-6",  # PRAPARE: afraid of partner
    ),
    Segment.SUBSTANCE_USE: (
        "68517-2",  # alcohol
        "95530-2",  # prescription drugs
        "68524-8",  # illegal drugs
        "96842-0",  # tobacco, asked in the same block
        "88037-7",  # TAPS: alcohol
        "75889-6",
        "96843-8",  # TAPS: drugs
        "96844-6",
    ),
    Segment.BEHAVIORAL_HEALTH: (
        "44250-9",  # PHQ-2: interest
        "44255-8",  # PHQ-2: mood
        "55758-7",  # PHQ-2: total
        "69858-9",  # concentrating, remembering, deciding
    ),
    Segment.IMMIGRATION: ("93027-1",),  # refugee
}
_OF_CODE = {code: segment for segment, codes in _CODES.items() for code in codes}
_OF_DOMAIN = {
    NeedDomain.SAFETY: Segment.DOMESTIC_VIOLENCE,
    NeedDomain.ELDER_ABUSE: Segment.DOMESTIC_VIOLENCE,
}


def segment_of_question(code: str) -> Segment:
    """The segment of a question by its LOINC code."""
    return _OF_CODE.get(code, Segment.GENERAL)


def segment_of_domain(domain: NeedDomain) -> Segment:
    """The segment of a finding or a need in ``domain``."""
    return _OF_DOMAIN.get(domain, Segment.GENERAL)
