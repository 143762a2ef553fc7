"""Whom a service is for and what it asks, read from what its organization wrote.

A source that says nothing leaves a fact *unknown*; it is never read as yes or no.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum

from commonweal.kernel.text import fold


class Known(StrEnum):
    """What is known about a fact."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


_FREE = re.compile(
    r"\b(free|no (?:cost|charge|fee|fees)|without charge|gratis|gratuit[oa]s?|sin costo|sin cargo"
    r"|none|\$?0(?:\.00)?)\b"
)
_NOT_FREE = re.compile(
    r"\bnot free|\bfree (?:for|if|only|with)\b|[$]\s?[1-9]|\bsliding|\bco-?pay|\bvar(?:y|ies)\b"
    r"|\bfee[s]? (?:may|apply)"
)
_NO_PAPERS = re.compile(
    r"\b(none|nothing|ningun[oa]?|not required|without (?:id|documents)|no (?:id|i\.d\.|documents?"
    r"|documentation|papers|paperwork|identification|se pide|questions asked))\b"
)
_STEP_FREE = re.compile(
    r"wheel ?chair|step[- ]free|no (?:steps|stairs)|\bramp|elevator|\bada\b|accessible|ground floor"
    r"|sin escal|silla de ruedas|rampa|level entr"
)
_NOT_STEP_FREE = re.compile(
    r"not (?:wheelchair|ada|accessible|handicap)|no (?:wheelchair|ramp|elevator)|inaccessible|stairs only"
    r"|steps at|flight of|no es accesible"
)
_WALK_IN = re.compile(r"\bwalk[- ]?ins?\b|drop[- ]?in|no appointment|just come|sin cita")
_APPOINTMENT = re.compile(
    r"\b(?:by|need|make|schedule|requires? an?|call for an?) appointment"
    r"|appointments? (?:is |are )?(?:required|only|needed)|con cita|hacer (?:una )?cita"
)
_REFERRAL = re.compile(
    r"referral (?:is )?(?:required|needed|only)|must be referred|by referral|requires? (?:a )?referral"
    r"|con referencia"
)
_NO_REFERRAL = re.compile(r"no referral|referral (?:is )?not|self[- ]referral")


def fits_age(age: int, minimum: Decimal | float | None, maximum: Decimal | float | None) -> bool:
    """Whether somebody ``age`` years old is within the bounds; a missing bound is no bound.

    Our reading (DOMAIN 4-T8): ``maximum_age`` 18 holds through the whole year of being eighteen, until the
    nineteenth birthday. A minimum of 0.5 is half a year; a child of 0 whole years may not be that old yet,
    so it is let in and the bound is shown.
    """
    too_young = minimum is not None and age < int(minimum)
    too_old = maximum is not None and age > int(maximum)
    return not (too_young or too_old)


def is_free(amounts: Iterable[Decimal | float | None], texts: Iterable[str]) -> Known:
    """Whether it costs nothing. Amounts outrank words; *free for members* is not free."""
    given = [amount for amount in amounts if amount is not None]
    if given:
        return Known.YES if all(amount == 0 for amount in given) else Known.NO
    words = fold(" ; ".join(texts)).strip(" ;")
    if not words:
        return Known.UNKNOWN
    if _NOT_FREE.search(words):
        return Known.NO
    return Known.YES if _FREE.search(words) else Known.UNKNOWN


def asks_no_documents(documents: Sequence[str], eligibility: str) -> Known:
    """Whether one may come without papers: only where somebody said so."""
    listed = [fold(text) for text in documents if text.strip()]
    if listed:
        return Known.YES if all(_NO_PAPERS.search(text) for text in listed) else Known.NO
    says_so = re.search(r"\bno (?:id|documents?|documentation|papers|identification)\b", fold(eligibility))
    return Known.YES if says_so else Known.UNKNOWN


def is_step_free(descriptions: Sequence[str]) -> Known:
    """Whether somebody who cannot climb stairs gets in."""
    words = fold(" ; ".join(descriptions))
    if not words.strip(" ;"):
        return Known.UNKNOWN
    if _NOT_STEP_FREE.search(words):
        return Known.NO
    return Known.YES if _STEP_FREE.search(words) else Known.UNKNOWN


class Way(StrEnum):
    """How one gets in."""

    WALK_IN = "walk-in"
    APPOINTMENT = "appointment"
    REFERRAL = "referral"
    UNKNOWN = ""


def way_in(application: str) -> Way:
    """How one gets in, from what the organization wrote about applying."""
    words = fold(application)
    if not words:
        return Way.UNKNOWN
    if _REFERRAL.search(words) and not _NO_REFERRAL.search(words):
        return Way.REFERRAL
    if _WALK_IN.search(words):
        return Way.WALK_IN
    return Way.APPOINTMENT if _APPOINTMENT.search(words) else Way.UNKNOWN


# ISO 639-1 to 639-3 for the languages that directories name most; others keep the code they came with.
_LONG_CODES = {
    "en": "eng", "es": "spa", "vi": "vie", "ar": "ara", "so": "som", "ht": "hat", "zh": "zho", "cmn": "zho",
    "yue": "yue", "ru": "rus", "fr": "fra", "pt": "por", "ko": "kor", "tl": "tgl", "fil": "tgl", "hi": "hin",
    "ur": "urd", "fa": "fas", "am": "amh", "ti": "tir", "sw": "swa", "ne": "nep", "my": "mya", "km": "khm",
    "hm": "hmn", "pl": "pol", "uk": "ukr", "ja": "jpn", "de": "deu", "it": "ita", "bn": "ben", "pa": "pan",
    "so-so": "som", "hy": "hye", "he": "heb", "th": "tha", "lo": "lao", "bo": "bod", "gu": "guj", "el": "ell",
}  # fmt: skip


def language_code(code: str) -> str:
    """ISO 639-3 where we know it: ``es``, ``es-MX`` and ``spa`` are all ``spa``; empty for no code."""
    short = code.strip().lower().replace("_", "-").split("-")[0]
    if not (2 <= len(short) <= 3 and short.isascii() and short.isalpha()):
        return ""
    return _LONG_CODES.get(short, short)
