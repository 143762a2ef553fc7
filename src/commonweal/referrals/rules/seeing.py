"""The least that an answer needs: what a service sees before it says yes, and after (DOMAIN §2.2, 2-T12)."""

from commonweal.kernel.domains import NeedDomain
from commonweal.referrals.vocabulary import WORKING, Element, Status

_ALWAYS_BEFORE = frozenset(
    {Element.NEED, Element.ASK_WORDS, Element.AREA, Element.LANGUAGE, Element.REQUESTED_BY, Element.SINCE}
)
_HOUSEHOLD = frozenset(
    {
        NeedDomain.FOOD,
        NeedDomain.HOUSING,
        NeedDomain.HOMELESSNESS,
        NeedDomain.INADEQUATE_HOUSING,
        NeedDomain.UTILITIES,
        NeedDomain.MATERIAL,
        NeedDomain.MONEY,
        NeedDomain.CHILDCARE,
    }
)
_GETTING_AROUND = frozenset({NeedDomain.FOOD, NeedDomain.TRANSPORT, NeedDomain.MATERIAL})
_CONTACT = frozenset({Element.FIRST_NAME, Element.PHONE, Element.BEST_TIME})
#: What no referral carries, before or after, whatever the domain.
NEVER = frozenset(
    {
        Element.LAST_NAME,
        Element.BIRTH_DATE,
        Element.ADDRESS,
        Element.SAFETY_ANSWERS,
        Element.OTHER_DOMAINS,
        Element.DIAGNOSIS,
    }
)


def before_yes(domain: NeedDomain) -> frozenset[Element]:
    """What the service that is asked about ``domain`` sees before its answer: nothing that names anyone."""
    elements = _ALWAYS_BEFORE
    if domain in _HOUSEHOLD:
        elements |= {Element.HOUSEHOLD_SIZE}
    if domain in _GETTING_AROUND:
        elements |= {Element.GETTING_AROUND}
    return elements


def after_yes(domain: NeedDomain) -> frozenset[Element]:
    """What it sees once it said yes and works on it: also how to reach the person by first name."""
    return before_yes(domain) | _CONTACT


def seen(domain: NeedDomain, status: Status, *, is_consent_live: bool) -> frozenset[Element]:
    """What the asked service sees now. Without a live consent nothing; after the end no contact."""
    if not is_consent_live or status in (Status.DRAFT, Status.ENTERED_IN_ERROR):
        return frozenset()
    return after_yes(domain) if status in WORKING else before_yes(domain)
