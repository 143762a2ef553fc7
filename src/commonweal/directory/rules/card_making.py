"""From the facts of an entry to its card."""

from functools import lru_cache

from commonweal.directory.rules import fit
from commonweal.directory.rules.card import Card
from commonweal.directory.rules.facts import CardFacts, PhoneFacts, hours_of, phones_of
from commonweal.directory.rules.judging import cost_of, documents_of, step_free_of
from commonweal.directory.rules.lexicon import Lexicon
from commonweal.directory.rules.meaning import meaning_of
from commonweal.directory.rules.plain_words import tokens_of
from commonweal.directory.rules.timetable import timetable_of
from commonweal.directory.vocabulary import Capacity, VerifiedHow

_NOT_VOICE = ("fax", "sms", "text", "tty", "tdd")
_NO_ADDRESS = ("", "", "", "", "")
_way_in = lru_cache(maxsize=4096)(fit.way_in)


def card_of(facts: CardFacts, lexicon: Lexicon) -> Card:
    """All that a list says of the entry."""
    names = tokens_of(f"{facts.name} {facts.alternate_name}")
    meaning = meaning_of(names, tokens_of(facts.description), tuple(facts.domains or ()), lexicon)
    rules, off_days = timetable_of(hours_of(facts.hours))
    free, cost = cost_of(facts.costs, facts.fees)
    documents = tuple(d for d in facts.documents or () if d.strip())
    street, city, state, postal_code, country = facts.address or _NO_ADDRESS
    phone = nearest_voice(phones_of(facts.phones))
    return Card(
        service_id=facts.service_id,
        name=facts.name,
        organization=facts.organization,
        location_id=facts.location_id,
        partner_id=facts.partner_id,
        confidential=facts.confidential,
        remote=facts.remote,
        address=street,
        city=city,
        state=state,
        postal_code=postal_code,
        country=country,
        latitude=facts.latitude,
        longitude=facts.longitude,
        phone=phone_words(phone),
        phone_link=phone_link(phone),
        zone=facts.zone,
        rules=rules,
        off_days=off_days,
        topics=meaning.offered,
        more_topics=meaning.mentioned,
        domains=meaning.domains,
        languages=tuple(facts.languages),
        interpreter=facts.interpreter,
        documents=documents_of("\n".join(documents), facts.eligibility),
        document_list=documents[:4],
        free=free,
        cost=cost,
        minimum_age=facts.minimum_age,
        maximum_age=facts.maximum_age,
        eligibility=facts.eligibility,
        step_free=step_free_of("; ".join(facts.accessibility or ())),
        way_in=_way_in(facts.application_process),
        areas=tuple((facts.areas or ())[:3]),
        alert=facts.alert,
        capacity=Capacity(facts.capacity),
        capacity_at=facts.capacity_at,
        capacity_until=facts.capacity_until,
        available=facts.available,
        verified_at=facts.verified_at,
        verified_how=VerifiedHow(facts.verified_how),
        verified_by=facts.verified_by,
        helped=facts.helped,
        asked=facts.asked,
    )


def nearest_voice(phones: tuple[PhoneFacts, ...]) -> PhoneFacts | None:
    """The number to call: the nearest to the service that somebody answers."""
    voices = (p for p in phones if p.number.strip() and not p.type.lower().startswith(_NOT_VOICE))
    return min(voices, key=lambda phone: phone.rank, default=None)


def phone_words(phone: PhoneFacts | None) -> str:
    """The number as the source wrote it, with its extension."""
    if phone is None:
        return ""
    return f"{phone.number} ext. {phone.extension}" if phone.extension else phone.number


def phone_link(phone: PhoneFacts | None) -> str:
    """The address of a call: ``+15550127;ext=4`` or the digits as written."""
    if phone is None:
        return ""
    number = phone.e164 or "".join(c for c in phone.number if c.isdigit() or c == "+")
    extension = "".join(c for c in phone.extension if c.isdigit())
    return f"{number};ext={extension}" if number and extension else number
