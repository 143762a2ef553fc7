"""How a need moves: which changes of status there are, and what each must say."""

from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.screening.shapes import Determination
from commonweal.screening.vocabulary import NeedStatus, Result, Urgency, Wish

_MOVES: dict[NeedStatus, frozenset[NeedStatus]] = {
    NeedStatus.OPEN: frozenset(
        {NeedStatus.BEING_HELPED, NeedStatus.MET, NeedStatus.UNMET, NeedStatus.WITHDRAWN}
    ),
    NeedStatus.BEING_HELPED: frozenset(
        {NeedStatus.OPEN, NeedStatus.MET, NeedStatus.UNMET, NeedStatus.WITHDRAWN}
    ),
    NeedStatus.UNMET: frozenset(
        {NeedStatus.OPEN, NeedStatus.BEING_HELPED, NeedStatus.MET, NeedStatus.WITHDRAWN}
    ),
    NeedStatus.MET: frozenset({NeedStatus.OPEN}),
    NeedStatus.WITHDRAWN: frozenset({NeedStatus.OPEN}),
}
SAY_WHY = frozenset({NeedStatus.UNMET, NeedStatus.WITHDRAWN})
"""Statuses that need a reason: a gap without one cannot be acted on."""


def may_move(before: NeedStatus, after: NeedStatus, reason: str = "") -> Verdict:
    """May a need go from ``before`` to ``after``, with this reason?"""
    if after not in _MOVES[before]:
        return deny(
            "need.move.not-legal",
            N_("A need that is “%(before)s” cannot become “%(after)s”."),
            N_("Open it again first."),
            before=before.value,
            after=after.value,
        )
    if after in SAY_WHY and not reason.strip():
        return deny("need.move.no-reason", N_("Say why, so that others can learn from it."))
    return allow("need.move", N_("The need may move on."))


def may_raise(result: Result | None, wish: Wish | None) -> Verdict:
    """May a need be raised? A risk alone is none: the person must want help (DOMAIN 1-T9).

    ``result`` is None where the need is raised without a screening.
    """
    if wish is not Wish.YES:
        return deny(
            "need.raise.not-wanted",
            N_("A risk becomes a need only when the person wants help with it."),
            N_("Ask: do you want help with this?"),
        )
    if result not in (None, Result.POSITIVE):
        return deny("need.raise.no-risk", N_("The answers show no risk here; raise the need directly."))
    return allow("need.raise", N_("The person wants help with this."))


def urgency_of(determination: Determination) -> Urgency:
    """Urgent where an answer said that it already happened, as *already shut off*."""
    return Urgency.URGENT if determination.urgent else Urgency.ROUTINE
