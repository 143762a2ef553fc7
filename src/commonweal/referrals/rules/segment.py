"""The sensitivity of a referral: the highest of what goes into it, receiver's name included (DOMAIN §2.6)."""

from commonweal.foundation.access.vocabulary import Purpose, Segment
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.words import N_

_SAFETY = frozenset({NeedDomain.SAFETY, NeedDomain.ELDER_ABUSE})


def segment_of(domain: NeedDomain, need_segment: Segment, *, to_victim_services: bool) -> Segment:
    """The segment that a sending takes; to a victim service provider it is always domestic violence."""
    if to_victim_services or domain in _SAFETY:
        return Segment.DOMESTIC_VIOLENCE
    return need_segment


#: 42 CFR 2.32(a)(2), the short notice of the 2024 rule. Quoted law, so not translated away.
PART2_NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
PART2_SCOPE = N_(
    "The person allowed this service, and no other, to have what is shown here, for this help only, "
    "and can stop it at any time. A general permission is not enough to pass it on."
)


def notice_for(segment: Segment) -> str:
    """The notice that must travel with every view, mail and file of this segment; empty where none is due."""
    return PART2_NOTICE if segment is Segment.SUBSTANCE_USE else ""


def purpose_of(segment: Segment) -> Purpose:
    """For which purpose a referral of this segment is read: protected data moves only for treatment.

    Classes D6 to D8 are not open to care coordination (SECURITY §2.5), so such referrals appear in no
    everyday list, search or count.
    """
    return Purpose.COORD if segment is Segment.GENERAL else Purpose.TREAT
