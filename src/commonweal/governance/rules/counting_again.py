"""Counting twice: by the outsider's recount and by the engine's own rules, which must agree."""

from collections.abc import Sequence
from typing import Any

from commonweal.governance.rules import bulletin, recount

Plain = dict[str, Any]


def verify_twice(board: Plain, anchors: Sequence[Plain] = ()) -> list[str]:
    """Everything that is not as it should be, in words; empty where both counts agree with what was kept."""
    found = recount.verify(board, anchors)
    if board["outcome"] is None or board.get("held_back"):
        return found
    ours = bulletin.counted_plain(bulletin.count({**board, "gates": [], "ratified": {}}))
    kept = board["outcome"]
    for name in ("result", "tally", "chosen", "sums", "gate"):
        if ours[name] != kept[name]:
            found.append(f"the engine counts otherwise: {name} is {ours[name]}, and {kept[name]} was said")
    return found
