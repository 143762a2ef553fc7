"""Reasons as data: why a service says no, could not help, waits, or why a request is taken back.

Each carries what follows from it: a correction of the directory, a note of its capacity, an unmet need
that the Table must answer, a search elsewhere. The wording is ours; the outcome codes are DOMAIN §1.9.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from commonweal.kernel.words import N_
from commonweal.referrals.vocabulary import Follow, OutcomeCode


class Moment(StrEnum):
    """When a reason can be given."""

    REFUSE = "refuse"
    FAIL = "fail"
    HOLD = "hold"
    TAKE_BACK = "take-back"


_NO_FOLLOW: frozenset[Follow] = frozenset()


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: its code, its words, a hint below, when it may be given, its outcome and what follows."""

    code: str
    words: str
    moments: frozenset[Moment]
    outcome: OutcomeCode | None = None
    follows: frozenset[Follow] = field(default=_NO_FOLLOW)
    hint: str = ""
    to_person: str = ""

    @property
    def is_persons_choice(self) -> bool:
        """True where the person decided, so that it is no failure of any service."""
        return self.outcome is OutcomeCode.CLIENT_DECLINED


_R, _F, _H, _B = Moment.REFUSE, Moment.FAIL, Moment.HOLD, Moment.TAKE_BACK
_GAP_ELSEWHERE = frozenset({Follow.GAP, Follow.ELSEWHERE})

_ALL = (
    Reason(
        "no-funds",
        N_("No money or supplies left"),
        frozenset({_R, _F}),
        OutcomeCode.NO_CAPACITY,
        _GAP_ELSEWHERE,
        N_("Counted, and told to the Table"),
        N_("They have no money or supplies left for this now. That is not your fault."),
    ),
    Reason(
        "not-eligible",
        N_("Our rules don’t allow it"),
        frozenset({_R, _F}),
        OutcomeCode.INELIGIBLE,
        _GAP_ELSEWHERE,
        N_("Age, income, household or other rule"),
        N_("Their rules don’t allow it this time. That is not your fault."),
    ),
    Reason(
        "outside-area",
        N_("Outside the area we serve"),
        frozenset({_R, _F}),
        OutcomeCode.INELIGIBLE,
        _GAP_ELSEWHERE | {Follow.DIRECTORY},
        "",
        N_("They don’t serve your area."),
    ),
    Reason(
        "not-offered",
        N_("Not something we do"),
        frozenset({_R, _F}),
        OutcomeCode.OTHER,
        frozenset({Follow.DIRECTORY, Follow.ELSEWHERE}),
        N_("We will mend the directory"),
        N_("They don’t offer this. We asked the wrong place."),
    ),
    Reason(
        "full",
        N_("We are full right now"),
        frozenset({_R, _F}),
        OutcomeCode.NO_CAPACITY,
        _GAP_ELSEWHERE | {Follow.CAPACITY},
        N_("We show “full” in the directory"),
        N_("They have no room right now. That is not your fault."),
    ),
    Reason(
        "language",
        N_("Nobody here speaks the language"),
        frozenset({_R, _F}),
        OutcomeCode.OTHER,
        _GAP_ELSEWHERE | {Follow.DIRECTORY},
        "",
        N_("They have nobody who speaks your language now."),
    ),
    Reason(
        "no-one-reached",
        N_("We could not reach the person"),
        frozenset({_F}),
        OutcomeCode.UNABLE_TO_CONTACT,
        frozenset({Follow.ELSEWHERE}),
        N_("Say when and how you tried"),
        N_("They tried to reach you and could not."),
    ),
    Reason(
        "person-declined",
        N_("The person does not want it any more"),
        frozenset({_F, _B}),
        OutcomeCode.CLIENT_DECLINED,
        _NO_FOLLOW,
        "",
        N_("You told them that you don’t want it any more."),
    ),
    Reason(
        "already-served",
        N_("The person already has this help"),
        frozenset({_R, _F, _B}),
        OutcomeCode.ALREADY_SERVED,
        _NO_FOLLOW,
        "",
        N_("They say that you already have this help."),
    ),
    Reason(
        "moved-or-died",
        N_("The person moved away or died"),
        frozenset({_F, _B}),
        OutcomeCode.MOVED_OR_DIED,
        _NO_FOLLOW,
    ),
    Reason(
        "declined-after-acceptance",
        N_("We said yes, and it can’t be done after all"),
        frozenset({_F}),
        OutcomeCode.OTHER,
        _GAP_ELSEWHERE,
        "",
        N_("They said yes and found that they can’t."),
    ),
    Reason(
        "other",
        N_("Something else"),
        frozenset({_R, _F, _H, _B}),
        OutcomeCode.OTHER,
        frozenset({Follow.ELSEWHERE}),
        "",
        N_("They can’t help with this. That is not your fault."),
    ),
    Reason("waits-for-papers", N_("Waits for papers"), frozenset({_H})),
    Reason("waits-for-person", N_("Waits to hear from the person"), frozenset({_H})),
    Reason("waiting-list", N_("On our waiting list"), frozenset({_H}), OutcomeCode.WAITLISTED),
    Reason("waits-for-supplies", N_("Waits for money or supplies"), frozenset({_H})),
    Reason(
        "found-elsewhere", N_("The person found help elsewhere"), frozenset({_B}), OutcomeCode.ALREADY_SERVED
    ),
    Reason("asked-another", N_("We ask another service instead"), frozenset({_B})),
    Reason("no-answer", N_("No answer came in time"), frozenset({_B}), None, _GAP_ELSEWHERE),
    Reason("no-service", N_("No service fits here"), frozenset(), None, frozenset({Follow.GAP})),
    Reason("consent-ended", N_("The person stopped sharing"), frozenset({_B})),
    Reason(
        "wrong-reader",
        N_("The link reached the wrong reader"),
        frozenset({_B}),
        None,
        frozenset({Follow.ELSEWHERE}),
    ),
    Reason("taken-by-another", N_("Another service took it on"), frozenset({_B})),
)

REASONS: dict[str, Reason] = {reason.code: reason for reason in _ALL}
#: Reasons that only the platform itself gives.
BY_SYSTEM = frozenset({"no-answer", "no-service", "consent-ended", "wrong-reader", "taken-by-another"})


def reasons_for(moment: Moment) -> tuple[Reason, ...]:
    """The reasons that a person may choose at ``moment``, in the order to show them."""
    return tuple(r for r in _ALL if moment in r.moments and r.code not in BY_SYSTEM)


def reason(code: str, moment: Moment) -> Reason:
    """The reason for ``code``. Raises ValueError where it is unknown or not given at that moment."""
    found = REASONS.get(code)
    if found is None or moment not in found.moments:
        raise ValueError(f"“{code}” is not a reason here.")
    return found
