"""What was typed about a person, made clean; what cannot be used is said by field."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.domains import SAFETY_DOMAINS
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_
from commonweal.people.rules.contacts import email_clean, phone_e164
from commonweal.people.rules.names import clean, read_name
from commonweal.people.shapes import ConsentDraft, OtherName, RecordDraft
from commonweal.people.vocabulary import DatePrecision

NOT_A_PHONE = N_("This does not look like a phone number. Write it with the area code.")
NOT_A_MAIL = N_("This does not look like an e-mail address.")
NO_NAME = N_("Write at least one name, as the person says it.")
IN_FUTURE = N_("The birth date is in the future.")
TOO_LONG_AGO = N_("The birth date is too long ago.")


def settled(draft: RecordDraft, today: date, *, area: str = "") -> RecordDraft:
    """The draft with clean names, an E.164 phone and a checked birth date.

    Raises BadInput, whose ``where`` is the field and ``what`` a sentence marked for translation.
    """
    name = read_name(draft.given, draft.family, draft.suffix)
    if not (name.given or name.family):
        raise BadInput("given", NO_NAME)
    precision = draft.birth_precision
    if draft.birth_date is not None and precision is DatePrecision.UNKNOWN:
        precision = DatePrecision.DAY
    if draft.birth_date is not None and draft.birth_date > today:
        raise BadInput("birth", IN_FUTURE)
    if draft.birth_date is not None and draft.birth_date.year < 1890:
        raise BadInput("birth", TOO_LONG_AGO)
    return replace(
        draft,
        given=name.given,
        family=name.family,
        suffix=name.suffix,
        also=tuple(_other(other) for other in draft.also if other.given.strip() or other.family.strip()),
        birth_precision=precision if draft.birth_date is not None else DatePrecision.UNKNOWN,
        phone=_or_say("phone", NOT_A_PHONE, lambda: phone_e164(draft.phone, area=area)),
        email=_or_say("email", NOT_A_MAIL, lambda: email_clean(draft.email)),
        address=clean(draft.address),
        city=clean(draft.city),
        place=clean(draft.place),
        zip=draft.zip.strip(),
        own_number=clean(draft.own_number),
    )


def settled_consent(draft: ConsentDraft) -> ConsentDraft:
    """The draft as it may be shown and kept: what is about safety alone is of the segment of safety at home.

    So no everyday consent holds a safety topic, and whatever hides that segment hides this one. A mixture
    stays as it is and is refused (``validity``: ``consent.safety-apart``).
    """
    if draft.topics and SAFETY_DOMAINS.issuperset(draft.topics):
        return replace(draft, segments=(Segment.DOMESTIC_VIOLENCE,))
    return draft


def _other(other: OtherName) -> OtherName:
    return replace(other, given=clean(other.given), family=clean(other.family))


def _or_say(where: str, what: str, read: Callable[[], str]) -> str:
    try:
        return read()
    except ValueError as fault:
        raise BadInput(where, what) from fault
