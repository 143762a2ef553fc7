"""The sensitivity of a referral: the highest of what goes into it, receiver's name included (DOMAIN §2.6)."""

from commonweal.foundation.access.vocabulary import Purpose, Segment
from commonweal.kernel.domains import NeedDomain

_SAFETY = frozenset({NeedDomain.SAFETY, NeedDomain.ELDER_ABUSE})


def segment_of(domain: NeedDomain, need_segment: Segment, *, to_victim_services: bool) -> Segment:
    """The segment that a sending takes; to a victim service provider it is always domestic violence."""
    if to_victim_services or domain in _SAFETY:
        return Segment.DOMESTIC_VIOLENCE
    return need_segment


def purpose_of(segment: Segment) -> Purpose:
    """For which purpose a referral of this segment is read: protected data moves only for treatment.

    Classes D6 to D8 are not open to care coordination (SECURITY §2.5), so such referrals appear in no
    everyday list, search or count.
    """
    return Purpose.COORD if segment is Segment.GENERAL else Purpose.TREAT
