"""Reading one cell: text, names, numbers, dates, addresses of the web. Pure functions, text in, text out.

An empty result means *nothing said*. :class:`Unreadable` means that something was said which cannot
be read; the caller decides whether the row can stand without it.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit

import nh3

from commonweal.exchange.hsds.faults import Unreadable

Cell = Callable[[str], str]

_needs_care = re.compile(r"[\x00-\x1f\x7f-\x9f<&\\\ufffd\u202a-\u202e\u2066-\u2069]|###").search
_DROP = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_TAG = re.compile(r"<[a-zA-Z/!]")
_BREAK = re.compile(r"<\s*(?:br\s*/?|/p|/div|/li|/tr|/h[1-6])\s*>", re.IGNORECASE)
_ITEM = re.compile(r"<\s*li\b[^>]*>", re.IGNORECASE)
_MARKER = re.compile(r"\s*###\w*#{0,3}\s*")
_BLANK_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")
_LINE_ENDS = re.compile(r"\r\n?")
_SPACE = re.compile(r"\s+")
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\Z")
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")
_NUMBER = re.compile(r"[-+]?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})\Z")

NOTHING = frozenset(
    {"", "null", "none", "n/a", "na", "nan", "nil", "undefined", "-", "--", "\\n", "!-hsds-required-!"}
)
"""Words that sources write where they have nothing to say (folded). ``\\N`` is PostgreSQL's."""


def said(cell: str) -> str:
    """The cell without surrounding space, or empty where it holds a word for *nothing*."""
    cell = cell.strip()
    return "" if len(cell) < 18 and cell.lower() in NOTHING else cell


def text(cell: str) -> str:
    """Plain text with line breaks: HTML turned to text, control characters and markers gone."""
    cell = cell.strip()
    if len(cell) < 18 and cell.lower() in NOTHING:
        return ""
    if _needs_care(cell):
        cell = _careful(cell)
        if "###" in cell:
            cell = _MARKER.sub("\n", cell).strip()
    return cell


def _careful(cell: str) -> str:
    cell = _LINE_ENDS.sub("\n", cell)
    if "\\" in cell:
        cell = cell.replace("\\r\\n", "\n").replace("\\n", "\n").replace("\\t", " ").replace("\\r", "\n")
    if "<" in cell or "&" in cell:
        cell = plain(cell)
    cell = _DROP.sub("", cell)
    return _BLANK_LINES.sub("\n\n", cell).strip()


def plain(markup: str) -> str:
    """HTML as plain text: scripts and styles gone with their content, breaks and items kept as lines."""
    for _ in range(2):  # sources escape twice: &amp;rsquo;
        if "&" in markup:
            markup = html.unescape(markup)
    if not _TAG.search(markup):
        return markup
    markup = _ITEM.sub("\n• ", _BREAK.sub("\n", markup))
    cleaned = nh3.clean(markup, tags=set(), clean_content_tags={"script", "style"})
    return html.unescape(cleaned)


def name(cell: str) -> str:
    """Plain text on one line (DOMAIN 4-T9)."""
    cell = text(cell)
    return _SPACE.sub(" ", cell) if "\n" in cell or "  " in cell or "\t" in cell else cell


def code(cell: str) -> str:
    """A short word, as it came, on one line."""
    return name(cell)


def number(low: float, high: float) -> Cell:
    """A decimal number between ``low`` and ``high``, both allowed."""

    def read(cell: str) -> str:
        cell = said(cell).replace(",", "") if "," in cell else said(cell)
        if not cell:
            return ""
        if not _NUMBER.match(cell):
            raise Unreadable("number")
        if not low <= float(cell) <= high:
            raise Unreadable("range")
        return cell

    return read


def whole(low: int, high: int) -> Cell:
    """A whole number; ``7.0`` is read as 7."""
    decimal = number(low, high)

    def read(cell: str) -> str:
        cell = decimal(cell)
        if not cell or cell.isdigit():
            return cell
        try:
            value = Decimal(cell)
        except InvalidOperation as error:  # pragma: no cover - the pattern above excludes it
            raise Unreadable("number") from error
        if value != value.to_integral_value():
            raise Unreadable("number")
        return str(int(value))

    return read


def year(cell: str) -> str:
    """A year, also out of a whole date."""
    cell = said(cell)
    if not cell:
        return ""
    if cell.isdigit() and len(cell) == 4:
        return cell
    return day(cell)[:4]


def day(cell: str) -> str:
    """A date as ISO 8601. Reads ISO dates and moments, and US dates, also spelled out."""
    cell = said(cell)
    if not cell:
        return ""
    if _ISO_DATE.match(cell):
        try:
            if date.fromisoformat(cell).year >= 1500:
                return cell
        except ValueError as error:
            raise Unreadable("date") from error
        raise Unreadable("date")
    return _moment(cell).date().isoformat()


def moment(cell: str) -> str:
    """A moment as ISO 8601 with its offset; without one it is taken as UTC."""
    cell = said(cell)
    if not cell:
        return ""
    read = _moment(cell)
    return read.isoformat() if read.tzinfo else read.isoformat() + "+00:00"


_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:[ T].*)?\Z")
_SPELLED = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\Z")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9})\.?,? (\d{4})\Z")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _moment(cell: str) -> datetime:
    try:
        return datetime.fromisoformat(cell)
    except ValueError:
        pass
    try:
        if found := _SLASHED.match(cell):
            return _date_of(found[3], int(found[1]), int(found[2]))
        if found := _SPELLED.match(cell):
            return _date_of(found[3], _month(found[1]), int(found[2]))
        if found := _DAY_FIRST.match(cell):
            return _date_of(found[3], _month(found[2]), int(found[1]))
    except ValueError as error:
        raise Unreadable("date") from error
    raise Unreadable("date")


def _date_of(year_text: str, month: int, of_month: int) -> datetime:
    year_number = int(year_text)
    if len(year_text) == 2:
        year_number += 1900 if year_number >= 50 else 2000
    if year_number < 1500:
        raise Unreadable("date")
    return datetime(year_number, month, of_month)  # noqa: DTZ001 - only its date is used


def _month(word: str) -> int:
    return _MONTHS.index(word[:3].lower()) + 1


TRUE_WORDS = frozenset({"true", "t", "yes", "y", "1", "x"})
_FALSE = frozenset({"false", "f", "no", "n", "0"})
TRUTH_WORDS = TRUE_WORDS | _FALSE


def truth(cell: str) -> str:
    """``true``, ``false`` or empty."""
    cell = said(cell).lower()
    if not cell:
        return ""
    if cell in TRUE_WORDS:
        return "true"
    if cell in _FALSE:
        return "false"
    raise Unreadable("truth")


_PLAIN_URL = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[A-Za-z0-9._~/?=%+-]*)?\Z")


def url(cell: str) -> str:
    """A web address with its scheme; ``www.example.org`` becomes ``http://www.example.org``.

    Anything but http and https is unreadable: it must never become a link.
    """
    cell = said(cell)
    if not cell or _PLAIN_URL.match(cell):
        return cell
    cell = _SPACE.sub("", html.unescape(_DROP.sub("", cell)))
    if not cell.lower().startswith(("http://", "https://")):
        if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:(?!\d)", cell) or "." not in cell:
            raise Unreadable("url")
        cell = "http://" + cell.lstrip("/")
    try:
        parts = urlsplit(cell)
        _ = parts.port
    except ValueError as error:
        raise Unreadable("url") from error
    if not parts.hostname or "." not in parts.hostname or set(cell) & set("<>\"'`{}|\\"):
        raise Unreadable("url")
    return cell


_EMAIL = re.compile(r"[^@\s<>\"']{1,64}@[^@\s<>\"'.]+(?:\.[^@\s<>\"'.]+)+\Z")


def email(cell: str) -> str:
    """An e-mail address."""
    cell = said(cell)
    if not cell:
        return ""
    cell = cell.removeprefix("mailto:").strip(" ;,.")
    if len(cell) > 254 or not _EMAIL.match(cell):
        raise Unreadable("email")
    return cell


def state(cell: str) -> str:
    """A state or province: ``FL `` and ``fl`` are ``FL``; longer names stay as written."""
    cell = name(cell)
    return cell.upper() if len(cell) == 2 else cell


def uuid_or_none(cell: str) -> str | None:
    """The canonical form where the cell is a UUID."""
    if len(cell) != 36:
        return None
    if _UUID.match(cell):
        return cell
    cell = cell.lower()
    return cell if _UUID.match(cell) else None


def are_uuids(column: Sequence[str]) -> bool:
    """Whether all of these are canonical UUIDs. Looked at as one long text, in a tenth of the time that a
    pattern takes for each; the hyphens stand at their places, and all else is lower-case hexadecimal."""
    count = len(column)
    if set(map(len, column)) != {36}:
        return False
    whole = "".join(column)
    digits = whole.replace("-", "")
    return (
        all(whole[place::36] == "-" * count for place in (8, 13, 18, 23))
        and len(digits) == 32 * count
        and digits.translate(_NO_HEX) == ""
    )


_NO_HEX: dict[int, None] = dict.fromkeys(map(ord, "0123456789abcdef"))


def are_plain(column: Sequence[str]) -> bool:
    """Whether ``name`` would give each of these cells, without surrounding space, just as it is."""
    whole = "|".join(column)
    return (
        whole.isprintable()  # no control characters, no space but the plain one, no marks of direction
        and not any(mark in whole for mark in ("<", "&", "\\", "\ufffd", "###", "  "))
        and NOTHING.isdisjoint({cell.lower() for cell in column if cell and len(cell) < 18})
    )


def printable(name_of_file: str, most: int = 120) -> str:
    """A file's name fit for a report: last part only, no control or direction characters, not too long.

    Never used as a path.
    """
    last = re.split(r"[/\\]", name_of_file)[-1]
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C")
    return kept if len(kept) <= most else kept[: most - 1] + "…"
