"""A telephone number as sources write it: with labels, extensions, vanity letters."""

import re
from dataclasses import dataclass

from commonweal.exchange.hsds.faults import Unreadable

_EXTENSION = re.compile(
    r"(?P<number>.*?\d.*?)[\s,;(/-]*\b(?:x|ext\.?|extn\.?|extension)[\s.:#]*(?P<extension>[A-Za-z0-9]{1,12})\)?\s*\Z",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\A(?:phone|tel|telephone|call|fax|main|office|no|number|voice)[\w .]*[:#]\s*(?=[\d(+])", re.I
)
_KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_PUNCTUATION = re.compile(r"[^\d]")
_QUOTES = "\"'“”‘’ "


@dataclass(frozen=True, slots=True)
class Number:
    """The number as text, its extension as text (``0042`` keeps its zeros), and E.164 where it is one."""

    number: str
    extension: str = ""
    e164: str = ""


def number(cell: str) -> Number:
    """Read a number. Raises Unreadable where there is none (``Sorry``)."""
    cell = cell.strip(_QUOTES)
    if not any(c.isdigit() for c in cell) or len(cell) > 120:
        raise Unreadable("no-phone")
    cell = _LABEL.sub("", cell)
    extension = ""
    if ("x" in cell or "X" in cell) and (found := _EXTENSION.match(cell)):
        cell, extension = found["number"].rstrip(" ,;-("), found["extension"]
    return Number(cell, extension, e164(cell))


def e164(text: str) -> str:
    """``+`` and digits for a North American number or one written with its country, else empty."""
    international = text.lstrip().startswith("+")
    digits = _PUNCTUATION.sub("", text.upper().translate(_KEYS))
    if international:
        return f"+{digits}" if 8 <= len(digits) <= 15 else ""
    if len(digits) == 11 and digits[0] == "1":
        digits = digits[1:]
    if len(digits) == 10 and digits[0] in "23456789" and digits[3] in "23456789":
        return f"+1{digits}"
    return ""
