"""When a recorded vote binds, and how long. Pure: integers, no clock."""

import re
from dataclasses import dataclass
from datetime import datetime

from commonweal.governance.vocabulary import Assent, Matter
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_

GATED = frozenset({Matter.DATA_SHARING, Matter.PUBLICATION})
"""Matters that have no effect without the residents' yes (bylaws, article 6.2 of the shipped charter)."""

MUST_END = frozenset({Matter.DATA_SHARING})
"""Matters whose mandate needs an end."""

ENDS_ITSELF = frozenset({"mandate.withdraw", "none"})
"""Kinds of effects that share nothing, whatever their matter."""

_SCOPE = re.compile(r"[a-z][a-z-]*:[A-Za-z0-9][A-Za-z0-9._-]*|[a-z][a-z-]*")


@dataclass(frozen=True, slots=True)
class Vote:
    """The figures of a vote and the residents' answer."""

    yes: int
    no: int
    abstain: int
    residents: Assent
    adopted: bool


def fault_of_vote(vote: Vote) -> str:
    """Why these figures can't be minutes of a vote, in a plain sentence; empty when they can."""
    if min(vote.yes, vote.no, vote.abstain) < 0:
        return N_("A number of votes can’t be below zero.")
    if vote.yes + vote.no + vote.abstain == 0:
        return N_("Nobody voted. Write how many said yes, no, or abstained.")
    if vote.adopted and vote.residents is Assent.NO:
        return N_("The residents withheld their yes, so it was not adopted, however the votes stand.")
    if vote.adopted and vote.yes <= vote.no:
        return N_("Not more yes than no: a tie or a minority adopts nothing.")
    return ""


def may_bind(vote: Vote, matter: Matter, *, is_certified: bool = False) -> Verdict:
    """Whether a decision may give a mandate on this matter.

    Of a vote that was certified here the bylaws of its day said whether the residents are asked; of minutes
    the shipped charter says it.
    """
    if not vote.adopted:
        return deny(
            "governance.bind.not-adopted", N_("The decision was not adopted, so nothing follows from it.")
        )
    if matter in GATED and not is_certified and vote.residents is not Assent.YES:
        return deny(
            "governance.bind.residents",
            N_("This has no effect without the yes of the Residents’ Council."),
            N_("Ask the Residents’ Council, and record their answer with the decision."),
        )
    return allow("governance.bind.adopted", N_("The table adopted it."))


def fault_of_mandate(
    matter: Matter, scope: str, starts: datetime, ends: datetime | None, effect: str = ""
) -> str:
    """Why a mandate can't be given with these bounds; empty when it can. ``effect``: its kind, if typed."""
    if not _SCOPE.fullmatch(scope):
        return N_("Name what it governs, for example agreement:… or a measure’s name.")
    if ends is None and matter in MUST_END and effect not in ENDS_ITSELF:
        return N_("Sharing about people needs a day on which it ends.")
    if ends is not None and ends <= starts:
        return N_("It ends before it starts.")
    return ""


def fault_of_term(*, discloser_is_vsp: bool, same_partner: bool, segment: str, purpose: str) -> str:
    """Why a line of an agreement can't be agreed; empty when it can.

    A victim service provider tells nothing about those it serves, under no agreement (DOMAIN §2.5);
    counseling notes and a court's purposes are never agreed in advance (SECURITY §2.5, C15).
    """
    if same_partner:
        return N_("A partner needs no agreement with itself.")
    if discloser_is_vsp:
        return N_("A victim service provider shares nothing about those it serves.")
    if segment == "psychotherapy":
        return N_("Counseling notes are never shared under an agreement.")
    if purpose in ("LEGAL", "SELF", "RES"):
        return N_("An agreement can’t be made for this purpose.")
    return ""
