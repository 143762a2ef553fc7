"""An invented directory of some three hundred services in Alder County, the same for every seed.

The rows come in through the intake of deliveries; who checked them, what room there is and what nobody
could meet is told through the directory's own acts.
"""

from datetime import date, timedelta
from random import Random
from uuid import UUID

from commonweal.directory.actions import capacity, corrections, links_to_partners, search_index, wishes, words
from commonweal.directory.actions.verification import mark_checked
from commonweal.directory.demo.cast import CAST, Offer
from commonweal.directory.demo.county import ALDER_FALLS, TOWNS, Town, organization_name, spot_in
from commonweal.directory.demo.delivering import Delivery
from commonweal.directory.demo.neighbors import PATTERNS, Pattern
from commonweal.directory.vocabulary import Capacity, MatchKind, VerifiedHow
from commonweal.directory.vocabulary import RecordType as T
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.kernel.clock import at, now, today
from commonweal.kernel.domains import NAMES, NeedDomain
from commonweal.kernel.ids import named_id
from commonweal.partners import facade as partners

SEED = 20261122
KEEPER = Actor(Role.OPERATOR, Purpose.ADMIN, name="Alder County list")
VOCABULARY = "Alder County needs"


def service_id(partner: str, name: str) -> UUID:
    """The id of a service of the cast, for other seeds."""
    return named_id("demo.directory", T.SERVICE.value, f"{partner}/{name}")


def seed(by: Actor) -> None:
    """Fill the directory; ``by`` keeps it (the backbone's coordinator or the operator)."""
    random = Random(SEED)  # noqa: S311 - the same county for every seed
    delivery = Delivery()
    terms = _vocabulary(delivery)
    for offer in CAST:
        _cast(delivery, offer, terms, random)
    _neighbors(delivery, terms, random)
    _hidden(delivery, terms)
    with acting(KEEPER):
        for domain in NeedDomain:
            words.map_term(VOCABULARY, MatchKind.CODE, domain.value, domain, by=KEEPER)
    delivery.bring_in(KEEPER, "Alder County’s list of services")
    _link_partners()
    search_index.refresh_all()
    _checks_and_room(by)
    _said_by_visitors(random)


def _vocabulary(delivery: Delivery) -> dict[NeedDomain, UUID]:
    taxonomy = delivery.add(
        T.TAXONOMY, "needs", {"name": VOCABULARY, "description": "Our own words, by need.", "licensed": "f"}
    )
    return {
        domain: delivery.add(
            T.TAXONOMY_TERM,
            domain.value,
            {
                "taxonomy_id": taxonomy,
                "code": domain.value,
                "name": NAMES[domain],
                "taxonomy_name": VOCABULARY,
                "licensed": "f",
            },
        )
        for domain in NeedDomain
    }


def _cast(delivery: Delivery, offer: Offer, terms: dict[NeedDomain, UUID], random: Random) -> None:
    key = f"{offer.partner}/{offer.name}"
    organization = named_id("demo.directory", T.ORGANIZATION.value, offer.partner)
    if offer.partner not in delivery.known:
        delivery.known.add(offer.partner)
        partner = partners.partner_named(offer.partner)
        name = partner.name if partner else offer.partner
        delivery.add(T.ORGANIZATION, offer.partner, {"name": name, "email": f"hello@{offer.partner}.example"})
    service = delivery.add(
        T.SERVICE,
        key,
        {
            "organization_id": organization,
            "name": offer.name,
            "description": offer.description,
            "email": f"hello@{offer.partner}.example",
            "status": "active",
            "application_process": offer.apply,
            "fees_description": offer.fees,
            "eligibility_description": offer.eligibility,
            "minimum_age": "" if offer.minimum_age is None else offer.minimum_age,
            "maximum_age": "" if offer.maximum_age is None else offer.maximum_age,
            "alert": offer.alert,
            "assured_date": _days_ago(offer.checked),
        },
    )
    _belongings(delivery, key, service, offer.needs, terms, offer.languages, offer.documents)
    for area in offer.areas:
        delivery.add(T.SERVICE_AREA, f"{key}/{area}", {"service_id": service, "name": area})
    delivery.add(
        T.PHONE,
        key,
        {"service_id": service, "number": offer.phone, "e164": _e164(offer.phone), "type": "voice"},
    )
    place = _place(delivery, offer.partner, organization, offer, random) if offer.town else None
    if place:
        delivery.add(T.SERVICE_AT_LOCATION, key, {"service_id": service, "location_id": place})
    for number, (days, opens, closes) in enumerate(offer.hours):
        _hours(delivery, f"{key}/{number}", service, days, opens, closes)


def _place(delivery: Delivery, key: str, organization: UUID, offer: Offer, random: Random) -> UUID:
    place = named_id("demo.directory", T.LOCATION.value, key)
    if f"place/{key}" in delivery.known:
        return place
    delivery.known.add(f"place/{key}")
    assert offer.town is not None
    hidden = "confidential-address" if offer.hidden_place else ""
    latitude, longitude = spot_in(offer.town, random)
    area = offer.town.areas[0] if offer.town.areas and "Ferry Street" in offer.address else ""
    delivery.add(
        T.LOCATION,
        key,
        {
            "organization_id": organization,
            "location_type": "physical",
            "name": "",
            "latitude": latitude,
            "longitude": longitude,
            "transportation": offer.transport,
            "timezone": "America/New_York",
        },
        hidden,
    )
    _address(delivery, key, place, offer.address, offer.town, area, hidden)
    if offer.access:
        delivery.add(T.ACCESSIBILITY, key, {"location_id": place, "description": offer.access}, hidden)
    return place


def _address(
    delivery: Delivery, key: str, place: UUID, street: str, town: Town, area: str = "", hidden: str = ""
) -> None:
    delivery.add(
        T.ADDRESS,
        key,
        {
            "location_id": place,
            "address_1": street,
            "city": town.name,
            "region": area,
            "state_province": "PA",
            "postal_code": town.zip,
            "country": "US",
            "address_type": "physical",
        },
        hidden,
    )


def _hours(
    delivery: Delivery, key: str, service: UUID, days: str, opens: str, closes: str, **more: object
) -> None:
    monthly = any(c.isdigit() for c in days)
    delivery.add(
        T.SCHEDULE,
        key,
        {
            "service_id": service,
            "freq": "MONTHLY" if monthly else "WEEKLY",
            "byday": days,
            "opens_at": opens,
            "closes_at": closes,
            "timezone": "America/New_York",
            "closed": "f",
            **more,
        },
    )


def _belongings(
    delivery: Delivery,
    key: str,
    service: UUID,
    needs: tuple[NeedDomain, ...],
    terms: dict[NeedDomain, UUID],
    languages: tuple[str, ...],
    documents: tuple[str, ...],
) -> None:
    for need in needs:
        delivery.add(
            T.ATTRIBUTE,
            f"{key}/{need.value}",
            {
                "service_id": service,
                "taxonomy_term_id": terms[need],
                "link_id": service,
                "link_entity": "service",
            },
        )
    for code in languages:
        delivery.add(T.LANGUAGE, f"{key}/{code}", {"service_id": service, "code": code})
    for document in documents:
        if document:
            delivery.add(
                T.REQUIRED_DOCUMENT, f"{key}/{document}", {"service_id": service, "document": document}
            )


def _neighbors(delivery: Delivery, terms: dict[NeedDomain, UUID], random: Random) -> None:
    number = 0
    for pattern in PATTERNS:
        for _ in range(pattern.share):
            number += 1
            _neighbor(delivery, f"neighbor-{number}", number, pattern, terms, random)


def _neighbor(
    delivery: Delivery, key: str, number: int, pattern: Pattern, terms: dict[NeedDomain, UUID], random: Random
) -> None:
    town = random.choices(TOWNS, (9, 4, 4, 3, 2))[0]
    name = next(
        n for n in iter(lambda: organization_name(pattern.kind, random), "") if n not in delivery.known
    )
    delivery.known.add(name)
    email = f"office@{name.lower().replace(' ', '-')}.example" if random.random() < 0.8 else ""
    organization = delivery.add(T.ORGANIZATION, name, {"name": name, "email": email})
    low, high = random.choice(pattern.ages)
    service = delivery.add(
        T.SERVICE,
        key,
        {
            "organization_id": organization,
            "name": pattern.name,
            "description": pattern.description,
            "status": "active",
            "application_process": random.choice(pattern.apply),
            "fees_description": random.choice(pattern.fees),
            "minimum_age": low,
            "maximum_age": high,
            "assured_date": _days_ago(_checked(random)),
        },
    )
    languages = ("eng", *(code for code, odds in (("spa", 0.45), ("vie", 0.06)) if random.random() < odds))
    document = random.choice(pattern.documents)
    _belongings(delivery, key, service, pattern.needs, terms, languages, (document,))
    phone = f"555-01{67 + number % 33:02d}"
    delivery.add(
        T.PHONE, key, {"service_id": service, "number": phone, "e164": _e164(phone), "type": "voice"}
    )
    place = _neighbors_place(delivery, key, organization, town, random)
    delivery.add(T.SERVICE_AT_LOCATION, key, {"service_id": service, "location_id": place})
    more: dict[str, object] = {"valid_to": _days_ago(30)} if random.random() < 0.04 else {}
    for line, (days, opens, closes) in enumerate(random.choice(pattern.hours)):
        _hours(delivery, f"{key}/{line}", service, days, opens, closes, **more)


def _neighbors_place(delivery: Delivery, key: str, organization: UUID, town: Town, random: Random) -> UUID:
    latitude, longitude = spot_in(town, random)
    place = delivery.add(
        T.LOCATION,
        key,
        {
            "organization_id": organization,
            "location_type": "physical",
            "latitude": latitude,
            "longitude": longitude,
            "timezone": "America/New_York",
        },
    )
    area = random.choice(town.areas) if town.areas and random.random() < 0.5 else ""
    _address(delivery, key, place, f"{random.randrange(2, 190)} {random.choice(town.streets)}", town, area)
    access = random.choices(
        ("Wheelchair accessible", "Ramp at the side", "Steps at the entrance", ""), (5, 2, 2, 2)
    )[0]
    if access:
        delivery.add(T.ACCESSIBILITY, key, {"location_id": place, "description": access})
    return place


def _checked(random: Random) -> int | None:
    """How long ago somebody checked: mostly lately, some too long ago, some never."""
    chance = random.random()
    if chance < 0.08:
        return None
    return random.randrange(185, 500) if chance < 0.18 else random.randrange(2, 170)


def _hidden(delivery: Delivery, terms: dict[NeedDomain, UUID]) -> None:
    """Three entries that strangers never see, and one that has ended: each for a reason that happens."""
    organization = delivery.add(T.ORGANIZATION, "hidden", {"name": "Lantern Safe Homes"})
    for key, name, hidden, status in (
        ("hidden/partners", "Motel rooms for the coldest nights", "partners", "active"),
        ("hidden/refer", "Rent fund under review", "do-not-refer", "active"),
        ("hidden/private", "Staff line for host families", "private", "active"),
        ("hidden/ended", "Summer meals in the park", "", "defunct"),
    ):
        service = delivery.add(
            T.SERVICE,
            key,
            {
                "organization_id": organization,
                "name": name,
                "description": "Kept by the county’s list.",
                "status": status,
                "assured_date": _days_ago(12),
            },
            hidden,
        )
        _belongings(delivery, key, service, (NeedDomain.HOMELESSNESS,), terms, ("eng",), ())
        delivery.add(T.PHONE, key, {"service_id": service, "number": "555-0199", "type": "voice"})


def _days_ago(days: int | None) -> str:
    return "" if days is None else (today() - timedelta(days=days)).isoformat()


def _e164(number: str) -> str:
    return "+1814" + number.replace("-", "")


def _link_partners() -> None:
    with acting(KEEPER):
        for slug in dict.fromkeys(offer.partner for offer in CAST):
            partner = partners.partner_named(slug)
            if partner:
                organization = named_id("demo.directory", T.ORGANIZATION.value, slug)
                links_to_partners.link_partner(organization, partner.id, by=KEEPER)


def _checks_and_room(by: Actor) -> None:
    for offer in CAST:
        service = service_id(offer.partner, offer.name)
        if offer.by_call and offer.checked is not None:
            with at(now() - timedelta(days=offer.checked)), acting(by):
                mark_checked(service, VerifiedHow.CALL, by=by)
        if offer.capacity is not Capacity.UNKNOWN:
            _tell(service, offer, by)


def _tell(service: UUID, offer: Offer, by: Actor) -> None:
    until: date | None = today() + timedelta(days=offer.until) if offer.until else None
    with at(now() - timedelta(hours=4 * offer.told)), acting(by):
        capacity.report_capacity(service, offer.capacity, until=until, available=offer.available, by=by)


def _said_by_visitors(random: Random) -> None:
    """A few suggestions that wait, and what people could not find this fall."""
    anyone = Actor.public()
    said = (
        ("hope-street", "Hot supper", "hours", "On Friday they start at half past five now."),
        (
            "millrace",
            "Doctor visits on a sliding scale",
            "phone",
            "The number rings and nobody answers after four.",
        ),
    )
    with acting(anyone):
        for partner, name, fact, words_ in said:
            corrections.suggest_correction(service_id(partner, name), fact, words_, by=anyone)
    wanted = (
        (NeedDomain.UTILITIES, "full", 14),
        (NeedDomain.TRANSPORT, "hours", 12),
        (NeedDomain.CHILDCARE, "full", 6),
    )
    for domain, reason, count in wanted:
        for _ in range(count):
            with at(now() - timedelta(days=random.randrange(1, 80))), acting(anyone):
                wishes.say_unmet(domain, ALDER_FALLS.name, reason, by=anyone)
