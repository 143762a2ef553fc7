"""A15, A17, P04: what is hidden, what never was and what cannot be an id get one and the same answer."""

import re
from itertools import zip_longest
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from tests.security import canaries
from tests.security.canaries import Who
from tests.security.county import CANARY, PROBER, VICTIMS, County
from tests.security.walker import ROW_OF, Address, Site, all_addresses, everything_in, in_a_form, lay_site

from commonweal.foundation.access import acting
from commonweal.foundation.access.vocabulary import Role
from commonweal.foundation.accounts.models import Account

ASKERS = (
    Role.COORDINATOR,
    Role.CASE_WORKER,
    Role.CLINICIAN,
    Role.PRIVACY_OFFICER,
    Role.ORG_ADMIN,
    Role.RESIDENT,
)
_CHANGES = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|no-such-id"
    r"|Content-Length: \d+|csrf\w*\W[^\n]{0,40}?[A-Za-z0-9]{64}|csrftoken=\w+[^\n]*|nonce[-=]\"?[\w+/=-]+"
)


@pytest.fixture(scope="module")
def site(county: County) -> Site:
    laid = lay_site(county)
    for address in all_addresses():  # learn the forms from those who have them
        for role in (Role.COORDINATOR, Role.CASE_WORKER, Role.CLINICIAN, Role.RESIDENT):
            if role not in address.view.door.roles or not address.names_a_person:
                continue
            for slug in ("alder-general", "millrace"):
                path = address.path(laid.bags[slug][0])
                response = laid.ask(Who(role, slug), "get", path)
                if response.status_code == 200:
                    laid.learn_forms(response.content.decode(), path)
    return laid


def told(response: HttpResponse) -> str:
    """All that an answer tells, but for the ids that were asked for and what is new in every answer."""
    said = _CHANGES.sub("#", everything_in(response))
    return f"{response.status_code}\n{said}"


def named() -> list[Address]:
    return [address for address in all_addresses() if address.names_a_person]


@pytest.mark.parametrize("role", ASKERS)
def test_hidden_and_absent_are_told_alike(site: Site, role: Role) -> None:
    """Each address that names a row about a person, read and written to, by whoever its door lets in."""
    who, differ, asked = Who(role, PROBER), [], 0
    for address in named():
        if role not in address.view.door.roles:
            continue
        for slug in VICTIMS:
            hidden = site.bags[slug][0]
            absent = hidden | {name: str(uuid4()) for name in ROW_OF}
            for method, data in (
                ("get", {}),
                ("post", {}),
                ("post", in_a_form(site, address, slug, hidden)),
            ):
                theirs = site.ask(who, method, address.path(hidden), data)
                nobodys = site.ask(who, method, address.path(absent), data)
                asked += 1
                if told(theirs) != told(nobodys):
                    differ.append((method, address.route, slug, *_first_difference(theirs, nobodys)))
    assert differ == []
    assert asked or role is Role.ORG_ADMIN


def _first_difference(one: HttpResponse, other: HttpResponse) -> tuple[str, str]:
    lines = zip_longest(told(one).splitlines(), told(other).splitlines(), fillvalue="")
    return next((a, b) for a, b in lines if a != b)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.RESIDENT])
def test_what_cannot_be_an_id_is_absent_too(site: Site, role: Role) -> None:
    who = Who(role, PROBER)
    for address in named():
        if role not in address.view.door.roles:
            continue
        absent = site.bags["millrace"][0] | {name: str(uuid4()) for name in ROW_OF}
        for bad in ("no-such-id", "00000000-0000-0000-0000-000000000000"):
            if "<uuid:" in address.route and bad == "no-such-id":
                continue  # not an address at all
            broken = absent | dict.fromkeys(ROW_OF, bad)
            theirs = site.ask(who, "get", address.path(broken))
            nobodys = site.ask(who, "get", address.path(absent))
            assert told(theirs) == told(nobodys), (address.route, bad)


def test_ids_of_others_in_a_list_are_as_ids_of_nobody(site: Site) -> None:
    """A filter by a person whom one may not see gives what a filter by nobody gives."""
    who = Who(Role.COORDINATOR, PROBER)
    person = site.bags["millrace"][0]["person_id"]
    for path in ("/referrals/?person={}", "/screenings/?person={}", "/care/?person={}", "/people/?person={}"):
        assert told(site.ask(who, "get", path.format(person))) == told(
            site.ask(who, "get", path.format(uuid4()))
        )


# ── Searching for a person ─────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("slug", VICTIMS)
def test_a_search_that_fits_a_hidden_person_exactly_is_as_one_that_fits_nobody(site: Site, slug: str) -> None:
    """A17: name, day of birth, telephone, e-mail and number of a person of another partner."""
    canary, born, phone = canaries.victims_words(slug)
    real = {
        "given": f"{canary}given",
        "family": f"{canary}family",
        "name": f"{canary}given {canary}family",
        "born": f"{born}-07-14",
        "birth_year": str(born),
        "birth_month": "7",
        "birth_day": "14",
        "phone": f"541-555-{phone}",
        "email": f"{canary.lower()}mail@example.org",
        "number": f"{canary}number17",
        "own_number": f"{canary}number17",
    }
    who = Who(Role.COORDINATOR, PROBER)
    fields = set(site.fields["people/"]) | set(real)
    fitting = {name: real.get(name, "") for name in fields}
    other = {canary: f"Qx{canary[2:]}", canary.lower(): f"qx{canary[2:]}", str(born): "1909", phone: "0199"}
    nobody = {name: _replaced(value, other) for name, value in fitting.items()}
    for path in ("/people/", "/people/new/"):
        for method in ("get", "post"):
            theirs, nobodys = (site.ask(who, method, path, dict(form)) for form in (fitting, nobody))
            assert _replaced(told(theirs), other) == told(nobodys), (path, method)


def _replaced(text: str, other: dict[str, str]) -> str:
    for one, another in other.items():
        text = text.replace(one, another)
    return text


def test_no_one_learns_from_an_address_that_it_has_an_account(county: County, site: Site) -> None:
    """A17, N12: an e-mail address that opens somebody's own page looks free to another partner's worker."""
    mine = county.persons[PROBER]
    taken = f"{CANARY['millrace'].lower()}own@example.org"
    who = Who(Role.COORDINATOR, PROBER)
    path = f"/people/{mine}/own-page/"
    with acting(county.actor(PROBER)):
        Account.objects.filter(person_id=mine).update(person_id=None)
    answers = [site.ask(who, "post", path, {"email": email}) for email in (taken, "free@example.org")]
    assert [a.status_code for a in answers] == [302, 302]
    assert told(answers[0]) == told(answers[1])


def test_an_administrator_does_not_learn_it_either(county: County, site: Site) -> None:
    """A17: nor by inviting that address to a seat."""
    who = Who(Role.ORG_ADMIN, PROBER)
    path = f"/table/partners/{PROBER}/people/"
    form = {"name": "A new colleague", "role": Role.CASE_WORKER.value, "language": "en"}
    taken = f"{CANARY['millrace'].lower()}own@example.org"
    answers = [site.ask(who, "post", path, form | {"email": email}) for email in (taken, "free@example.org")]
    assert [a.status_code for a in answers] == [302, 302]
    assert told(answers[0]).replace(taken, "#") == told(answers[1]).replace("free@example.org", "#")


def test_the_ids_asked_for_were_real(site: Site) -> None:
    """Or the comparisons above compare nothing with nothing."""
    for slug in VICTIMS:
        known = {row["id"] for rows in site.canaries.rows.values() for row in rows}
        assert site.bags[slug][0]["person_id"] in known
        assert UUID(str(site.bags[slug][0]["need_id"]))
