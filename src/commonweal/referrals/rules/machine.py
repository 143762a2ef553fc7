"""The life cycle of one sending: 10 states, 26 legal moves, 64 refused (DOMAIN §1.9, trap 1-T6).

Source: the state diagram of SDOH Clinical Care 3.0.0 for the Task for Referral Management.
"""

from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.referrals.vocabulary import ENDED, Party, Status

_ASKS = frozenset({Party.REQUESTER})
_ASKED = frozenset({Party.TARGET})
_EITHER = _ASKS | _ASKED

_S = Status
MOVES: dict[tuple[Status, Status], frozenset[Party]] = {
    (_S.DRAFT, _S.REQUESTED): _ASKS,
    (_S.REQUESTED, _S.ACCEPTED): _ASKED,
    (_S.REQUESTED, _S.REJECTED): _ASKED,
    (_S.REQUESTED, _S.CANCELLED): _EITHER,
    (_S.ACCEPTED, _S.IN_PROGRESS): _ASKED,
    (_S.ACCEPTED, _S.ON_HOLD): _ASKED,
    (_S.ACCEPTED, _S.COMPLETED): _ASKED,
    (_S.ACCEPTED, _S.FAILED): _ASKED,
    (_S.ACCEPTED, _S.CANCELLED): _EITHER,
    (_S.IN_PROGRESS, _S.ON_HOLD): _ASKED,
    (_S.IN_PROGRESS, _S.COMPLETED): _ASKED,
    (_S.IN_PROGRESS, _S.FAILED): _ASKED,
    (_S.IN_PROGRESS, _S.CANCELLED): _EITHER,
    (_S.ON_HOLD, _S.IN_PROGRESS): _ASKED,
    (_S.ON_HOLD, _S.COMPLETED): _ASKED,
    (_S.ON_HOLD, _S.FAILED): _ASKED,
    (_S.ON_HOLD, _S.CANCELLED): _EITHER,
    **{(start, _S.ENTERED_IN_ERROR): _ASKS for start in _S if start is not _S.ENTERED_IN_ERROR},
}

_NAMED: dict[tuple[Status, Status], str] = {
    (_S.DRAFT, _S.CANCELLED): N_(
        "A draft was never sent, so there is nothing to take back. Throw it away instead."
    ),
    (_S.ACCEPTED, _S.REJECTED): N_(
        "They already said yes. If it can’t be done after all, say “could not help” with the reason."
    ),
    (_S.REQUESTED, _S.IN_PROGRESS): N_("Say yes first; then tell that service began."),
    (_S.REQUESTED, _S.ON_HOLD): N_("Say yes first; only work that was accepted can be put on hold."),
    (_S.REQUESTED, _S.COMPLETED): N_("Say yes first; a request that nobody accepted can’t be finished."),
    (_S.REQUESTED, _S.FAILED): N_("Nobody has said yes yet. Say “we can’t help” with the reason instead."),
    (_S.IN_PROGRESS, _S.ACCEPTED): N_("Service has begun; it can’t go back to only being accepted."),
    (_S.ON_HOLD, _S.ACCEPTED): N_("It is on hold. Tell that service began, or how it ended."),
    (_S.IN_PROGRESS, _S.REJECTED): N_(
        "Service has begun. If it can’t be done after all, say “could not help” with the reason."
    ),
    (_S.ON_HOLD, _S.REJECTED): N_(
        "They already said yes. If it can’t be done after all, say “could not help” with the reason."
    ),
}
_FROM_DRAFT = N_("A draft must be sent before anything else can happen to it.")
_TO_DRAFT = N_("It was sent. A sent request can’t become a draft again; take it back and write a new one.")
_TO_REQUESTED = N_("It was already answered. To ask again, send a new request.")
_FROM_ENDED: dict[Status, str] = {
    _S.REJECTED: N_(
        "They said that they can’t help. That answer stands; ask another service with a new request."
    ),
    _S.CANCELLED: N_("The request was taken back. To ask again, send a new request."),
    _S.COMPLETED: N_("The work is finished. If more help is needed, send a new request."),
    _S.FAILED: N_("They could not help. That answer stands; ask another service with a new request."),
    _S.ENTERED_IN_ERROR: N_("This was entered by mistake, and nothing more can happen to it."),
}
_SAME = N_("That has happened already.")
_NOT_YOURS: dict[frozenset[Party], str] = {
    _ASKS: N_("Only the side that asked may do this."),
    _ASKED: N_("Only the service that was asked may do this."),
}
_UNKNOWN = N_("“%(code)s” is not a state that a referral can have.")


def parse_status(code: str) -> Status:
    """The status for a code on the wire. Raises ValueError for any other, ``ready`` and ``received`` too."""
    try:
        return Status(code)
    except ValueError:
        raise ValueError(_UNKNOWN % {"code": code}) from None


def may_move(start: Status, end: Status, by: Party) -> Verdict:
    """May ``by`` take a sending from ``start`` to ``end``?"""
    movers = MOVES.get((start, end))
    if movers is None:
        return deny("referral.move.not-legal", _why_not(start, end))
    if by not in movers:
        return deny("referral.move.not-yours", _NOT_YOURS[movers])
    return allow("referral.move.legal", N_("The next step is open."))


def next_moves(start: Status, by: Party) -> tuple[Status, ...]:
    """The states that ``by`` may choose next, in the order of the life cycle."""
    return tuple(end for end in Status if by in MOVES.get((start, end), frozenset()))


def _why_not(start: Status, end: Status) -> str:
    if start is end:
        return _SAME
    if start in ENDED:
        return _FROM_ENDED[start]
    if (start, end) in _NAMED:
        return _NAMED[(start, end)]
    if start is Status.DRAFT:
        return _FROM_DRAFT
    return _TO_DRAFT if end is Status.DRAFT else _TO_REQUESTED
