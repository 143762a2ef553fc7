"""A01, A05, P01, P34: every address as every role, as a person, by link and as nobody.

In each answer, whatever its status, stand only canaries that the rules let this one see; a new address is
walked without a line here. What may be seen comes from ``canaries``, never from a page.
"""

import logging
import logging.config
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.http import HttpResponse
from tests.security import at_table
from tests.security.canaries import Who, victims_words
from tests.security.county import ASKED, PROBER, VICTIMS, County
from tests.security.walker import (
    Address,
    Site,
    all_addresses,
    everything_in,
    in_a_form,
    lay_site,
    unknown_links,
)

from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.site.web import views

PARTNERS = (ASKED, "alder-general", "safe-harbor", "millrace", "alder-commons")
NO_SESSION = frozenset({Role.PROXY, Role.APP, Role.BACKEND_SERVICE, Role.ADT_SENDER})
"""Roles that no door gives a session to; walked all the same, as if one had slipped in."""

TREAT, COORD = Purpose.TREAT.value, Purpose.COORD.value
ALSO_UNDER = {
    "": (COORD, TREAT, Purpose.OPS.value, Purpose.AUD.value),  # a home reads for the work of its role
    # What is specially protected stands apart on these pages and is read for treatment.
    "screenings/<str:screening>/": (TREAT,),
    "screenings/<str:screening>/answer/": (TREAT,),
    "screenings/<str:screening>/wishes/": (TREAT,),
    "screenings/needs/<str:need>/": (TREAT,),
    "referrals/asked/<uuid:task_id>/": (TREAT,),
    "referrals/<uuid:referral_id>/": (TREAT,),
    "referrals/<uuid:referral_id>/<uuid:task_id>/": (TREAT,),
    "referrals/new/<uuid:need_id>/": (TREAT,),
    "referrals/new/<uuid:need_id>/ask/": (TREAT,),
}
"""Pages that read for another purpose than their door says."""

FEED, BALLOT = "table/calendar/<str:token>.ics", "decisions/ballots/<str:token>/"
BY_LINK = {
    "r/<str:token>/": (Who(Role.CASE_WORKER, ASKED, by_link=True), (COORD, TREAT)),
}
"""What a live link shows is what the partner that it was sent to may see; any other link shows nobody."""


@pytest.fixture(scope="module")
def said_in_logs() -> Iterator[list[str]]:
    """Everything that is logged while the site is walked, as an installation writes it."""
    kept: list[str] = []
    as_written = logging.config.DictConfigurator(settings.LOGGING).configure_formatter(
        dict(settings.LOGGING["formatters"]["plain"])
    )

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kept.append(self.format(record))

    handler = Keep(logging.INFO)
    handler.setFormatter(as_written)
    watched = [logging.getLogger(), *(x for x in map(logging.getLogger, _named()) if not x.propagate)]
    for one in watched:
        one.addHandler(handler)
    yield kept
    for one in watched:
        one.removeHandler(handler)


def _named() -> list[str]:
    return [name for name, one in logging.root.manager.loggerDict.items() if isinstance(one, logging.Logger)]


@pytest.fixture(scope="module")
def site(county: County, said_in_logs: list[str]) -> Site:
    return lay_site(county)


class Walk:
    """What a walk found, all of it, so that a failure names every hole at once."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.asked = 0
        self.faults: dict[str, str] = {}

    def ask(
        self,
        address: Address,
        who: Who,
        method: str,
        bag: dict[str, object],
        data: dict[str, object] | None = None,
        seen_as: tuple[Who, tuple[str, ...]] | None = None,
    ) -> HttpResponse:
        path = address.path(bag)
        response = self.site.ask(who, method, path, data)
        self.asked += 1
        self.site.answers[address.route].add(response.status_code)
        reader, purposes = seen_as or (who, (*address.purposes, *ALSO_UNDER.get(address.route, ())))
        self.judge(f"{method} {address.route} as {who}", reader, purposes, response, f"{path} {data or ''}")
        if method == "get" and response.status_code == 200:
            self.site.learn_forms(response.content.decode("utf-8", "replace"), path)
        return response

    def judge(
        self, what: str, reader: Who, purposes: tuple[str, ...], response: HttpResponse, sent: str
    ) -> None:
        if response.status_code >= 500:
            self.faults.setdefault(what, f"answered {response.status_code}")
        hidden = self.site.canaries.hidden_from(reader, purposes, everything_in(response), sent)
        if hidden:
            self.faults.setdefault(what, f"showed {dict(sorted(hidden.items())[:3])}")

    def expect_door(self, address: Address, who: Who, response: HttpResponse) -> None:
        """Who has no business here is sent away before anything is read."""
        door = address.view.door
        if not door.is_public and who.role not in door.roles and response.status_code not in (302, 403):
            self.faults.setdefault(f"door {address.route} as {who}", f"answered {response.status_code}")


def admitted(address: Address, role: Role) -> bool:
    return address.view.door.is_public or role in address.view.door.roles


OF_TABLE = ("table/", "decisions/", "promises/", "voices/", "measures/analyses/", "measures/dictionary")


def whos(address: Address, number: int, *, every: bool) -> Iterator[Who]:
    """Everyone who knocks here. Who is let in comes from several partners; ``every``: from all of them.

    On the pages of the table the seat decides and not the role: there each role knocks once, by turns from
    the prober's and from another partner, and those knock who sit there.
    """
    of_table = address.route.startswith(
        ("table/", "decisions/", "promises/", "voices/", "measures/analyses/", "measures/dictionary")
    )
    yield Who(Role.PUBLIC)
    for n, role in enumerate(r for r in Role if r is not Role.PUBLIC):
        others = PARTNERS if role is not Role.RESIDENT else tuple(s for s in PARTNERS if s in VICTIMS)
        is_let_in = role in address.view.door.roles
        if every or not (of_table and is_let_in) or (number + n) % 2:
            yield Who(role, PROBER)
        if every or (is_let_in and not (of_table and (number + n) % 2)) or address.route == "":
            turn = others if every else (others[(number + n) % len(others)],)
            yield from (Who(role, slug) for slug in turn)
    if of_table or address.route == "":
        yield from at_table.seated(VICTIMS[number % len(VICTIMS)])


def bags_for(
    site: Site, address: Address, who: Who, number: int, *, every: bool
) -> Iterator[tuple[str, dict[str, object]]]:
    """Ids to fill in: of each victim where persons are named; the second bag of one has protected rows."""
    if address.is_of_table and (every or admitted(address, who.role)):
        for slug in VICTIMS if every else (VICTIMS[number % len(VICTIMS)],):
            those = site.bags[slug][: at_table.BODIES_EACH]
            turn = (number + len(who.role) + len(who.slug)) % len(those)
            all_of_them = every or who in tuple(at_table.seated(slug))[:2]
            yield from ((slug, bag) for bag in (those if all_of_them else those[turn : turn + 1]))
        return
    if not address.names_a_person or (not every and not admitted(address, who.role)):
        slug = VICTIMS[number % len(VICTIMS)]
        yield slug, site.bags[slug][0]
        return
    for n, slug in enumerate((*VICTIMS, PROBER) if every else VICTIMS):
        bags = site.bags[slug]
        most = len(bags) if every else 2 if (number + n) % len(VICTIMS) == 0 or slug == who.slug else 1
        yield from ((slug, bag) for bag in bags[:most])


def read_everything(site: Site, *, every: bool) -> Walk:
    walk = Walk(site)
    for number, address in enumerate(all_addresses()):
        for who in whos(address, number, every=every):
            for _, bag in bags_for(site, address, who, number, every=every):
                response = walk.ask(address, who, "get", unknown_links(bag))
                walk.expect_door(address, who, response)
    return walk


def write_everything(site: Site, *, every: bool) -> Walk:
    """Each form once empty, then filled with each victim's ids, names and addresses."""
    walk = Walk(site)
    for number, address in enumerate(all_addresses()):
        for who in whos(address, number, every=every):
            bags = list(bags_for(site, address, who, number, every=every))
            response = walk.ask(address, who, "post", unknown_links(bags[0][1]), {})
            if response.status_code == 405 or not admitted(address, who.role):
                walk.expect_door(address, who, response)
                continue
            for slug, bag in bags if every or who.slug == PROBER else bags[:1]:
                walk.ask(address, who, "post", unknown_links(bag), in_a_form(site, address, slug, bag))
    return walk


def test_whoever_reads_any_address_sees_what_is_theirs_to_see(site: Site) -> None:
    """A01: GET; ids of every partner's persons in every parameter."""
    walk = read_everything(site, every=False)
    assert walk.faults == {}
    assert walk.asked > 3_000


def test_whoever_posts_to_any_address_is_told_nothing_more(site: Site) -> None:
    """A01, A03: forms empty, and filled with others' ids, names, telephones and addresses."""
    walk = write_everything(site, every=False)
    assert walk.faults == {}
    assert walk.asked > 2_000


@pytest.mark.slow
def test_everyone_everywhere_with_every_id(site: Site) -> None:
    """A01 without rotation: every role at every partner, every row of every victim."""
    assert read_everything(site, every=True).faults == {}
    assert write_everything(site, every=True).faults == {}


def test_other_verbs_open_nothing(site: Site) -> None:
    """A01, A18: HEAD, OPTIONS, PUT, PATCH, DELETE; and a verb named in a header."""
    walk = Walk(site)
    for number, address in enumerate(all_addresses()):
        slug = VICTIMS[number % len(VICTIMS)]
        for who in (Who(Role.PUBLIC), Who(Role.COORDINATOR, PROBER)):
            for method in ("head", "options", "put", "patch", "delete"):
                walk.ask(address, who, method, unknown_links(site.bags[slug][0]))
    assert walk.faults == {}


def test_a_link_shows_what_it_is_for_and_no_more(site: Site) -> None:
    """A01: with a live link of every kind and every victim, as nobody and as one signed in elsewhere."""
    walk, used = Walk(site), set()
    for address in all_addresses():
        if "token" not in address.parameters:
            continue
        for slug, bag in _bags_with_links(site, address):
            for who in (Who(Role.PUBLIC), Who(Role.COORDINATOR, PROBER)):
                seen_as = _reader_by_link(address, bag)
                for method, data in (("get", None), ("post", {}), ("put", None)):
                    response = walk.ask(address, who, method, bag, data, seen_as)
                    if method == "get" and response.status_code == 200:
                        used.add(address.route)
                filled = in_a_form(site, address, slug, bag)
                walk.ask(address, who, "post", bag, filled, seen_as)
    assert walk.faults == {}
    assert used >= {"r/<str:token>/", "r/said/<str:token>/", "screenings/alone/<str:token>/", FEED, BALLOT}


def _bags_with_links(site: Site, address: Address) -> Iterator[tuple[str, dict[str, object]]]:
    """A victim's first bag; of what the table sends out, one for each body."""
    for slug in VICTIMS:
        for bag in site.bags[slug][: at_table.BODIES_EACH if address.route in (FEED, BALLOT) else 1]:
            if address.token(bag) != "x" * 43:
                yield slug, bag


def _reader_by_link(address: Address, bag: dict[str, object]) -> tuple[Who, tuple[str, ...]]:
    """As whom a live link reads; a mailed ballot shows its voter what it asks, a calendar nobody's words."""
    if address.route == BALLOT:
        return at_table.voter_of(bag), (Purpose.GOV.value,)
    return BY_LINK.get(address.route, (Who(Role.PUBLIC), (Purpose.SELF.value,)))


def test_every_address_was_opened_by_somebody(site: Site) -> None:
    """A walk against closed doors proves nothing: each address let someone in, or led on."""
    never = {
        address.route: sorted(site.answers[address.route])
        for address in all_addresses()
        if not site.answers[address.route] & {200, 302, 303, 400, 410, 422}
        and address.route not in ONLY_IN_A_DEMO
    }
    assert never == {}


ONLY_IN_A_DEMO = ("demo/", "demo/mail/", "demo/days/")


def test_no_log_line_holds_a_canary_or_a_live_link(site: Site, said_in_logs: list[str]) -> None:
    """P34: what the walk above left in the logs. Ids of rows may stand there; words of persons may not."""
    everything = "\n".join(said_in_logs)
    assert len(said_in_logs) > 100
    words = {m for m in site.canaries.marks if m.startswith(("zq", "born", "phone"))}
    assert {word for word in words if word in everything.casefold()} == set()
    links = {v for bags in site.bags.values() for k, v in bags[0].items() if k.startswith("token ")}
    assert {link for link in links - {"x" * 43} if str(link) in everything} == set()


# ── Does the walk bite? ────────────────────────────────────────────────────────────────────────────
PLANTED = {
    "in the title": ("<title>{word}</title>", {}),
    "in capitals": ("<p>{WORD}</p>", {}),
    "as an entity": ("<p>&#90;{rest}</p>", {}),
    "in an address": ("", {"Location": "/people/?q={word}%20x"}),
    "in a cookie or header": ("", {"X-Note": "{word}"}),
    "an id in a link": ('<a href="/people/{id}/">one</a>', {}),
    "an id without dashes": ('<i data-x="{hex}"></i>', {}),
    "a telephone": ("<p>(541) 555-{phone}</p>", {}),
    "a year of birth": ("<p>14 July {born}</p>", {}),
}


@pytest.mark.parametrize("place", PLANTED)
def test_a_planted_leak_is_found(site: Site, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    """P37: the same walk over a public page that gives away a victim, and over one that gives nothing."""
    canary, born, phone = victims_words("millrace")
    person = site.bags["millrace"][0]["person_id"]
    word = f"{canary}family"
    given = {
        "word": word,
        "WORD": word.upper(),
        "rest": word[1:],
        "id": person,
        "hex": str(person).replace("-", ""),
        "phone": phone,
        "born": born,
    }
    body, headers = PLANTED[place]
    address = next(a for a in all_addresses() if a.route == "accessibility/")

    def leak(request: object, template: str) -> HttpResponse:
        held = {name: value.format(**given) for name, value in headers.items()}
        return HttpResponse(body.format(**given), headers=held)

    clean, leaky = Walk(site), Walk(site)
    clean.ask(address, Who(Role.CASE_WORKER, PROBER), "get", {})
    monkeypatch.setattr(views, "render", leak)
    leaky.ask(address, Who(Role.CASE_WORKER, PROBER), "get", {})
    assert (len(clean.faults), len(leaky.faults)) == (0, 1)


def test_a_parameter_that_nothing_fills_fails_the_walk(site: Site) -> None:
    with pytest.raises(KeyError):
        Address("people/<uuid:brand_new_id>/", None).path(site.bags["millrace"][0])
