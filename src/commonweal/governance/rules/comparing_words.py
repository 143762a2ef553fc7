"""What differs between two wordings, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from commonweal.governance.shapes_shared_charter import Piece


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Both wordings in one reading: what stays, what goes, what comes; what goes stands before what comes.

    Joined, the same and the new give ``after`` letter by letter; the same and the gone ``before``, but for
    blanks.
    """
    return tuple(_pieces(_split(before), _split(after)))


def _split(text: str) -> list[str]:
    """Words, each with the blank behind it."""
    return re.findall(r"\S+\s*|\s+", text)


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, [w.strip() for w in before], [w.strip() for w in after], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(after[k:m]))
            continue
        if i < j:
            yield Piece("gone", "".join(before[i:j]))
        if k < m:
            yield Piece("new", "".join(after[k:m]))
