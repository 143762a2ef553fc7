"""U07: the person's log against a ledger of what stood in each answer: equal sets, in both directions.

Every address that a worker may open is opened as every role of every partner, and in the same transaction the
person's log is read as the person reads it. A name, a telephone, a year of birth or an id on the page without
a line in the log is a look that they never learn of; a reading without any of them is a look that never was.
"""

import re
from uuid import UUID

import pytest
from django.db import connection, transaction
from tests.security.canaries import Who, marks_in
from tests.security.county import BORN, CANARY, PHONE, PROBER, VICTIMS, County
from tests.security.test_walk import NO_SESSION, PARTNERS, admitted, bags_for, unknown_links
from tests.security.walker import Address, Site, all_addresses, everything_in, lay_site

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.audit.models import AuditEntry

GROUNDS = re.compile(r"^access\.(own|shared|assigned|case|glass)")
OWN_DATA = frozenset({Role.PUBLIC, Role.RESIDENT})
"""Who signs in as nobody reads nothing by name; a person's own look at their own page is not one of these."""


@pytest.fixture(scope="module")
def site(county: County) -> Site:
    return lay_site(county)


def persons_of(site: Site, slug: str) -> set[UUID]:
    """Everyone whose name carries this partner's canary."""
    return {site.county.persons[slug], *(UUID(str(bag["person_id"])) for bag in site.bags[slug])}


def marks_of(site: Site, slug: str) -> set[str]:
    """What names one of these persons or points at them."""
    canary = CANARY[slug]
    words = {f"{canary}{part}".casefold() for part in ("given", "family", "also", "maiden")}
    return words | {f"phone {PHONE[canary]}", f"born {BORN[canary]}", *map(str, persons_of(site, slug))}


def logs(site: Site, slug: str) -> dict[UUID, AuditEntry]:
    """What these persons read in their logs."""
    found: dict[UUID, AuditEntry] = {}
    for person in persons_of(site, slug):
        with acting(Actor(Role.RESIDENT, Purpose.SELF, person_id=person)):
            found |= {line.pk: line for line in AuditEntry.objects.filter(person_id=person)}
    return found


def compare(site: Site, address: Address, who: Who, path: str, before: set[UUID]) -> list[str]:
    """Open one page and hold its text against the logs. What stood in the address is not shown by it."""
    faults, where = [], f"{address.route} as {who}"
    client = site.client(who)
    client.cookies.pop("messages", None)
    with transaction.atomic():
        response = client.get(path)
        connection.needs_rollback = False
        shown = marks_in(everything_in(response)) - marks_in(path) if response.status_code == 200 else set()
        for slug in CANARY:
            fresh = [line for pk, line in logs(site, slug).items() if pk not in before]
            reads, stood = [line for line in fresh if line.kind == "read"], shown & marks_of(site, slug)
            if stood and not fresh:
                faults.append(f"{where}: {sorted(stood)[:2]} of {slug}, not in the log")
            if reads and not stood:
                faults.append(f"{where}: the log of {slug} says {reads[0].words!r}, not shown")
            faults += [f"{where}: no ground for {x.words!r}" for x in reads if not GROUNDS.match(x.because)]
        transaction.set_rollback(True)
    return faults


def readers(address: Address, number: int) -> list[Who]:
    """Every role that is let in, from the partner that nobody named and from two others, by turns."""
    roles = [r for r in Role if r not in OWN_DATA | NO_SESSION and admitted(address, r)]
    if not address.route:
        return [Who(role, slug) for role in roles for slug in (PROBER, *PARTNERS)]
    turn = (PROBER, PARTNERS[number % len(PARTNERS)], PARTNERS[(number + 2) % len(PARTNERS)])
    return [Who(role, slug) for role in roles for slug in turn]


def test_what_the_log_says_is_what_stood_on_the_page(site: Site) -> None:
    before = {pk for slug in CANARY for pk in logs(site, slug)}
    faults: set[str] = set()
    opened = 0
    done: set[tuple[str, Who]] = set()
    for number, address in enumerate(all_addresses()):
        if address.view.door.is_public and address.route:  # but not the home, which is everyone's
            continue
        for who in readers(address, number):
            for slug, bag in bags_for(site, address, who, number, every=False):
                if address.names_a_person and slug not in (who.slug, VICTIMS[number % len(VICTIMS)]):
                    continue
                path = address.path(unknown_links(bag))
                if (path, who) in done:
                    continue
                done.add((path, who))
                faults.update(compare(site, address, who, path, before))
                opened += 1
    assert sorted(faults) == []
    assert opened > 500
