"""The words of bringing data in."""

from enum import StrEnum

from commonweal.kernel.words import N_


class RunState(StrEnum):
    """Where an import run stands. One that was killed stays RUNNING and is closed by the next as BROKEN."""

    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    BROKEN = "broken"


class HeldState(StrEnum):
    """Where a held row stands."""

    WAITING = "waiting"
    MENDED = "mended"  # went in with mended fields; the mend is used again when the row comes again
    RELEASED = "released"  # went in as it was: what it needed has arrived
    GONE = "gone"  # the source no longer delivers it
    DISMISSED = "dismissed"  # a steward decided that it need not go in


HELD_STATE_NAMES: dict[HeldState, str] = {
    HeldState.WAITING: N_("Waits"),
    HeldState.MENDED: N_("Mended and taken in"),
    HeldState.RELEASED: N_("Taken in"),
    HeldState.GONE: N_("No longer delivered"),
    HeldState.DISMISSED: N_("Left out"),
}
