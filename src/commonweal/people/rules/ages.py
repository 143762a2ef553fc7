"""From which age a person decides alone, as a table. Counsel of the installation signs it; ours is a default.

Sources: age of majority 18 in most states (Alabama and Nebraska 19, Mississippi 21 for some acts);
FERPA rights pass at 18 or on post-secondary enrolment at any age (34 CFR 99.5); minors' own consent
is state law and differs by kind of care (DOMAIN §2.4, §2.6).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo

from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_


@dataclass(frozen=True, slots=True)
class AgeTable:
    """A dated set of ages, in whole years."""

    version: str
    majority: int = 18
    ferpa: int = 18
    own_consent: Mapping[Segment, int] = field(default_factory=dict)


DEFAULT_AGES = AgeTable(
    version="default-2026",
    own_consent={
        Segment.SUBSTANCE_USE: 12,
        Segment.BEHAVIORAL_HEALTH: 14,
        Segment.HIV: 12,
        Segment.REPRODUCTIVE: 12,
        Segment.DOMESTIC_VIOLENCE: 12,
        Segment.MINOR: 0,
    },
)


def turns(born: date, age: int, zone: tzinfo) -> datetime:
    """The first instant of the birthday in the person's own zone. Born on February 29: March 1."""
    try:
        day = born.replace(year=born.year + age)
    except ValueError:
        day = date(born.year + age, 3, 1)
    return datetime.combine(day, time.min, tzinfo=zone)


def is_of_age(born: date, at: datetime, zone: tzinfo, ages: AgeTable = DEFAULT_AGES) -> bool:
    """Whether the person decides alone at ``at``; midnight of the birthday is inside."""
    return at >= turns(born, ages.majority, zone)


def school_rights_are_theirs(
    born: date, at: datetime, zone: tzinfo, *, post_secondary: bool, ages: AgeTable = DEFAULT_AGES
) -> bool:
    """Whether FERPA rights have passed from the parent to the student."""
    return post_secondary or at >= turns(born, ages.ferpa, zone)


def proxy_may_see(
    segment: Segment,
    *,
    born: date,
    recorded_at: datetime,
    at: datetime,
    zone: tzinfo,
    named: bool = False,
    ages: AgeTable = DEFAULT_AGES,
) -> Verdict:
    """Whether a parent or guardian may see a row of ``segment`` that was recorded at ``recorded_at``.

    What a minor asked for alone stays hidden, also after they come of age (trap 2-T10). ``named``:
    the young person named this proxy for the segment.
    """
    if is_of_age(born, at, zone, ages):
        return deny("proxy.of-age", N_("They are of age now and decide alone."))
    own = ages.own_consent.get(segment)
    if own is not None and not named and recorded_at >= turns(born, own, zone):
        return deny(
            "proxy.own-consent",
            N_("They asked for this care alone. It stays between them and those who help."),
        )
    return allow("proxy.minor", N_("You act for them until they are of age."))
