"""Phones, mail addresses and places, made comparable."""

import re
from collections.abc import Iterable

import phonenumbers

from commonweal.kernel.text import fold
from commonweal.people.vocabulary import Channel

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_SHARED_PLACES = re.compile(
    r"\b(general delivery|homeless|no fixed|unhoused|unsheltered|shelter|albergue|sin domicilio|sin hogar)\b"
)
_PO_BOX = re.compile(r"\bp ?o ?box\b|\bpob\b|\bapartado\b")


def phone_e164(text: str, *, region: str = "US", area: str = "") -> str:
    """A phone number as E.164, an extension kept as ``;ext=12``; empty for empty text.

    ``area`` completes a number of seven digits, as neighbors write them. Raises ValueError on what
    cannot be a phone number.
    """
    if not text.strip():
        return ""
    digits = re.sub(r"\D", "", text)
    if area and len(digits) == 7:
        text = area + digits
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException as fault:
        raise ValueError("not a phone number") from fault
    if not phonenumbers.is_possible_number(number):
        raise ValueError("not a phone number")
    plain = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{plain};ext={number.extension}" if number.extension else plain


def phone_shown(e164: str, *, region: str = "US") -> str:
    """A phone number as people of ``region`` write it; text that is none comes back unchanged."""
    try:
        number = phonenumbers.parse(e164, region)
    except phonenumbers.NumberParseException:
        return e164
    home = number.country_code == phonenumbers.country_code_for_region(region)
    form = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)


def email_clean(text: str) -> str:
    """A mail address, trimmed, its domain in lower case. Raises ValueError on what is none."""
    if not text.strip():
        return ""
    if not _EMAIL.fullmatch(text.strip()):
        raise ValueError("not a mail address")
    name, _, domain = text.strip().rpartition("@")
    return f"{name}@{domain.lower()}"


def is_residence(address: str) -> bool:
    """Whether an address can tell households apart: no post box, no shelter, no *general delivery*."""
    words = fold(re.sub(r"[.,#]", " ", address))
    return bool(words) and not _PO_BOX.search(words) and not _SHARED_PLACES.search(words)


def zip5(text: str) -> str:
    """The five digits of a US ZIP code; empty where there are none."""
    found = re.match(r"\s*(\d{5})(?:-?\d{4})?\s*$", text)
    return found.group(1) if found else ""


def may_try(channel: Channel, *, safe: Iterable[Channel], prohibited: bool) -> bool:
    """Whether a way to reach the person may be used: only what they called safe, and nothing where
    contact is prohibited. *Not asked* is not yes."""
    return not prohibited and channel in frozenset(safe)
