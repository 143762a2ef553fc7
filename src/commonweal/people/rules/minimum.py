"""The least about a person that each kind of help needs (45 CFR 164.502(b); trap 2-T12)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from commonweal.kernel.domains import NeedDomain
from commonweal.people.shapes import ContactShape, PersonShape
from commonweal.people.vocabulary import DatePrecision, Element, Sex

_REACH = frozenset({Element.GIVEN_NAME, Element.LANGUAGE, Element.PHONE, Element.CONTACT_RULES})
_NAMED = _REACH | {Element.FAMILY_NAME}
_HOME = _NAMED | {Element.ADDRESS, Element.PLACE, Element.ZIP}

ELEMENTS: Mapping[NeedDomain, frozenset[Element]] = {
    NeedDomain.FOOD: _REACH | {Element.HOUSEHOLD, Element.PLACE},
    NeedDomain.TRANSPORT: _NAMED | {Element.ADDRESS, Element.PLACE},
    NeedDomain.HOUSING: _HOME | {Element.HOUSEHOLD, Element.BIRTH_YEAR},
    NeedDomain.HOMELESSNESS: _NAMED | {Element.PLACE, Element.HOUSEHOLD, Element.BIRTH_YEAR},
    NeedDomain.INADEQUATE_HOUSING: _HOME | {Element.HOUSEHOLD},
    NeedDomain.UTILITIES: _HOME | {Element.HOUSEHOLD},
    NeedDomain.MONEY: _NAMED | {Element.PLACE, Element.HOUSEHOLD},
    NeedDomain.MATERIAL: _REACH | {Element.HOUSEHOLD, Element.PLACE},
    NeedDomain.WORK: _NAMED | {Element.PLACE, Element.EMAIL},
    NeedDomain.EDUCATION: _NAMED | {Element.PLACE, Element.EMAIL, Element.BIRTH_YEAR},
    NeedDomain.CHILDCARE: _NAMED | {Element.PLACE, Element.HOUSEHOLD},
    NeedDomain.ISOLATION: _REACH | {Element.PLACE, Element.BIRTH_YEAR},
    NeedDomain.INSURANCE: _NAMED | {Element.ZIP, Element.BIRTH_DATE},
    NeedDomain.MEDICAL_COST: _NAMED | {Element.ZIP, Element.BIRTH_DATE},
    NeedDomain.SAFETY: frozenset({Element.GIVEN_NAME, Element.LANGUAGE, Element.CONTACT_RULES}),
    NeedDomain.ELDER_ABUSE: frozenset({Element.GIVEN_NAME, Element.LANGUAGE, Element.CONTACT_RULES}),
}
"""By need. A need that is not listed gets ``DEFAULT``. No set ever holds an answer to another question,
a diagnosis or an identity number."""

DEFAULT = _REACH | {Element.PLACE}


def elements_for(domains: Iterable[NeedDomain]) -> frozenset[Element]:
    """The elements that help with ``domains`` needs, joined. For safety alone no phone goes along."""
    return frozenset().union(*(ELEMENTS.get(domain, DEFAULT) for domain in domains))


def reduced(person: PersonShape, elements: frozenset[Element]) -> PersonShape:
    """The person with everything outside ``elements`` taken away."""
    whole = Element.BIRTH_DATE in elements
    year = whole or Element.BIRTH_YEAR in elements
    born = person.birth_date
    return replace(
        person,
        given=person.given if Element.GIVEN_NAME in elements else "",
        family=person.family if Element.FAMILY_NAME in elements else "",
        suffix=person.suffix if Element.FAMILY_NAME in elements else "",
        birth_date=born if whole or born is None else born.replace(month=1, day=1) if year else None,
        birth_precision=(
            person.birth_precision
            if whole or not born
            else DatePrecision.YEAR
            if year
            else DatePrecision.UNKNOWN
        ),
        sex=person.sex if Element.SEX in elements else Sex.UNKNOWN,
        pronouns=person.pronouns if Element.GIVEN_NAME in elements else "",
        language=person.language if Element.LANGUAGE in elements else "",
        phone=person.phone if Element.PHONE in elements else "",
        place=person.place if Element.PLACE in elements else "",
        zip=person.zip if Element.ZIP in elements else "",
    )


def reduced_contact(contact: ContactShape, elements: frozenset[Element]) -> ContactShape:
    """How to reach the person, less all outside ``elements``. What is unsafe always stays."""
    home = Element.ADDRESS in elements
    return replace(
        contact,
        name=contact.name if Element.FAMILY_NAME in elements else contact.name.split(" ")[0],
        phone=contact.phone if Element.PHONE in elements else "",
        email=contact.email if Element.EMAIL in elements else "",
        address=contact.address if home else "",
        city=contact.city if home or Element.PLACE in elements else "",
        zip=contact.zip if home or Element.ZIP in elements else "",
        place=contact.place if Element.PLACE in elements else "",
    )
