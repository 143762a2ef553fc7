"""What a consent must hold before it may be recorded, by law (DOMAIN §2.2 to §2.5)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from commonweal.foundation.access.vocabulary import Purpose, Segment
from commonweal.kernel.domains import SAFETY_DOMAINS, NeedDomain
from commonweal.kernel.words import N_
from commonweal.people.rules.consent import Party, laws_of
from commonweal.people.vocabulary import How, Law, PartyClass

SIGNED = frozenset({How.SIGNED_ON_SCREEN, How.ON_PAPER, How.OWN_PAGE})
LONGEST = timedelta(days=366 * 2)
LONGEST_VAWA = timedelta(days=366)
"""*Reasonably time-limited*: ours is a year. The law gives no number."""

MAY_BE_ASKED = frozenset({Purpose.COORD, Purpose.TREAT, Purpose.PAY})
"""Purposes that a person can say yes to here. Court use can never be (C15)."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A consent about to be recorded."""

    discloser: Party
    recipient_ids: frozenset[UUID]
    recipient_classes: frozenset[PartyClass]
    segments: frozenset[Segment]
    purposes: frozenset[Purpose]
    start: datetime
    end: datetime | None
    how: How
    words: str
    witness: str = ""
    school: bool = False
    topics: frozenset[NeedDomain] = frozenset()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is missing: the rule, and a sentence that says what to do."""

    rule: str
    sentence: str


def laws_needed(draft: Draft) -> frozenset[Law]:
    """Every law that binds some record which the draft would let go."""
    return frozenset().union(
        *(laws_of(segment, draft.discloser, school=draft.school) for segment in draft.segments)
    )


_Check = tuple[str, Callable[[Draft], bool], str]

_ALWAYS: tuple[_Check, ...] = (
    (
        "consent.no-recipient",
        lambda d: bool(d.recipient_ids or d.recipient_classes),
        N_("Choose who may receive it."),
    ),
    ("consent.no-segment", lambda d: bool(d.segments), N_("Choose what may be shared.")),
    ("consent.no-purpose", lambda d: bool(d.purposes), N_("Choose what it is for.")),
    ("consent.no-words", lambda d: bool(d.words.strip()), N_("The words must be shown to the person first.")),
    ("consent.no-end", lambda d: d.end is not None, N_("Choose when it ends.")),
    ("consent.ends-first", lambda d: d.end is None or d.end > d.start, N_("It must end after it starts.")),
    (
        "consent.too-long",
        lambda d: d.end is None or d.end - d.start <= LONGEST,
        N_("Two years is the longest. Ask again then."),
    ),
    (
        "consent.not-to-itself",
        lambda d: d.discloser.id not in d.recipient_ids,
        N_("Choose someone other than your own organization."),
    ),
    (
        "consent.purpose-not-offered",
        lambda d: d.purposes <= MAY_BE_ASKED,
        N_("This purpose cannot be agreed to here."),
    ),
    (
        "consent.counseling-notes-apart",
        lambda d: Segment.PSYCHOTHERAPY not in d.segments,
        N_("Counseling notes are never shared from here."),
    ),
    (
        "consent.more-private-is-for-care",
        lambda d: d.segments <= {Segment.GENERAL, Segment.HOSPITAL} or Purpose.TREAT in d.purposes,
        N_("What is more private is shared only to treat the person. Choose that too."),
    ),
    (
        "consent.treatment-records-apart",
        lambda d: Segment.SUBSTANCE_USE not in d.segments or len(d.segments) == 1,
        N_("Treatment for alcohol or drugs is asked for on a form of its own."),
    ),
    (
        "consent.safety-apart",
        lambda d: (
            not d.topics & SAFETY_DOMAINS
            or (d.topics <= SAFETY_DOMAINS and d.segments == {Segment.DOMESTIC_VIOLENCE})
        ),
        N_("Safety is asked for on a form of its own."),
    ),
    (
        "consent.no-witness",
        lambda d: d.how is not How.BY_PHONE or bool(d.witness.strip()),
        N_("Write who else heard the person say yes."),
    ),
)

_BY_LAW: dict[Law, tuple[_Check, ...]] = {
    Law.HIPAA: (
        (
            "consent.hipaa.unsigned",
            lambda d: d.how in SIGNED,
            N_("Health records need a signature: on screen or on paper."),
        ),
    ),
    Law.PART2: (
        (
            "consent.part2.unsigned",
            lambda d: d.how in SIGNED,
            N_("Treatment records need a signature: on screen or on paper."),
        ),
    ),
    Law.FERPA: (
        (
            "consent.ferpa.unsigned",
            lambda d: d.how in SIGNED,
            N_("School records need a signature: on screen or on paper."),
        ),
    ),
    Law.VAWA: (
        (
            "consent.vawa.unsigned",
            lambda d: d.how in SIGNED,
            N_("This needs a signature: on screen or on paper."),
        ),
        (
            "consent.vawa.not-named",
            lambda d: bool(d.recipient_ids) and not d.recipient_classes,
            N_("Name who receives it, one by one."),
        ),
        (
            "consent.vawa.too-long",
            lambda d: d.end is not None and d.end - d.start <= LONGEST_VAWA,
            N_("A year is the longest for this."),
        ),
    ),
}


def faults(draft: Draft) -> tuple[Fault, ...]:
    """Everything that keeps the draft from being recorded; empty when it is whole."""
    checks = list(_ALWAYS)
    for law in sorted(laws_needed(draft)) if draft.segments else ():
        checks.extend(_BY_LAW.get(law, ()))
    return tuple(Fault(rule, sentence) for rule, holds, sentence in checks if not holds(draft))
