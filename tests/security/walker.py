"""Walks every address of the site: fills its parameters with real ids, asks as everyone, keeps the forms.

A new address is walked without a line here. One with a parameter that nothing here fills fails the walk.
"""

import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from http.cookies import Morsel, SimpleCookie
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.core.signing import b64_decode
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve
from tests.guards.walk import addresses
from tests.security import at_table
from tests.security.canaries import Canaries, Who
from tests.security.county import ASKED, CANARY, PROBER, VICTIMS, County

from commonweal.directory.actions import asking_room, corrections, verification, words
from commonweal.directory.models import Service
from commonweal.directory.queries import lexicon as words_in_use
from commonweal.directory.vocabulary import MatchKind
from commonweal.foundation import links
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts import tokens
from commonweal.foundation.accounts.models import Account
from commonweal.foundation.messages.models import Outbound
from commonweal.kernel.domains import NeedDomain
from commonweal.referrals.actions.inviting import BY_TEXT, person_link
from commonweal.screening import actions as screening
from commonweal.screening.vocabulary import Mode

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
BY_ENTRY = "directory/v/<str:token>/<uuid:service_id>/"
ROW_OF = {
    "person_id": "people_person",
    "person": "people_person",
    "consent_id": "people_consent",
    "screening": "screening_response",
    "need_id": "screening_need",
    "need": "screening_need",
    "task_id": "referrals_task",
    "referral_id": "referrals_referral",
    "glass_id": "access_glass",
    "member_id": "care_careteammember",
    "stay_id": "care_hospitalstay",
}
"""Parameters that name a row about a person."""


@dataclass(frozen=True)
class Address:
    """One route of the site."""

    route: str
    view: Any

    @property
    def parameters(self) -> tuple[str, ...]:
        return tuple(_PARAMETER.findall(self.route))

    @property
    def names_a_person(self) -> bool:
        return any(name in ROW_OF for name in self.parameters)

    @property
    def is_of_table(self) -> bool:
        """Whether it names something that the table said."""
        return at_table.is_of_table(self.route, self.parameters)

    @property
    def purposes(self) -> tuple[str, ...]:
        return (self.view.door.purpose.value,)

    def path(self, bag: dict[str, object]) -> str:
        """The address with its parameters filled. KeyError where the bag knows nothing for one."""
        bag = at_table.named_by(self.route, bag)
        filled = _PARAMETER.sub(lambda found: str(self._value(found.group(1), bag)), self.route)
        return f"/{filled}"

    def _value(self, name: str, bag: dict[str, object]) -> object:
        return self.token(bag) if name == "token" else bag[name]

    def token(self, bag: dict[str, object]) -> object:
        """The link of the bag that this address opens by."""
        return bag.get(f"token {self.route}", bag[f"token {self.route.partition('<')[0]}"])


def all_addresses() -> list[Address]:
    return [Address(route, view) for route, view in addresses()]


@dataclass
class Site:
    """A county to walk: its canaries, the ids to fill in, the forms that were met."""

    county: County
    canaries: Canaries
    bags: dict[str, list[dict[str, object]]]
    fields: dict[str, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(dict))
    """Of each route that a form leads to: its fields with the values that were offered."""
    answers: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def client(self, who: Who) -> Client:
        if who.role is Role.PUBLIC:
            return Client(raise_request_exception=False)
        return self.county.browser(who.role, who.slug or PROBER)

    def ask(
        self, who: Who, method: str, path: str, data: dict[str, object] | None = None, *, keep: bool = False
    ) -> HttpResponse:
        """One request; what it wrote is undone unless it is to be kept."""
        client = self.client(who)
        client.cookies.pop("messages", None)  # what the last answer said is no part of this one
        signed_in = SimpleCookie({name: one.value for name, one in client.cookies.items()})
        with transaction.atomic():
            response: HttpResponse = getattr(client, method)(path, data or {})
            connection.needs_rollback = False
            if not keep:
                transaction.set_rollback(True)
                client.cookies = signed_in  # who signed out is still there, and so is the session
        return response

    def learn_forms(self, page: str, path: str) -> None:
        """Keep the fields of every form on a page."""
        reader = _Forms()
        reader.feed(page)
        for action, fields in reader.found:
            try:
                match = resolve(urlsplit(action or path).path)
            except Resolver404:
                continue
            for name, values in fields.items():
                self.fields[match.route].setdefault(name, set()).update(values)


def everything_in(response: HttpResponse) -> str:
    """Status line, headers, cookies and body of a response as one text."""
    head = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    cookies = "\n".join(_opened(cookie) for cookie in response.cookies.values())
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return "\n".join((response.reason_phrase, head, cookies, body.decode("utf-8", "replace")))


def _opened(cookie: Morsel[str]) -> str:
    """A cookie as it is sent; the one of messages with its signature taken off and its text unpacked."""
    if cookie.key != "messages" or not cookie.value:
        return str(cookie)
    packed = cookie.value.split(":")[0]
    raw = b64_decode(packed.removeprefix(".").encode())
    return f"messages={(zlib.decompress(raw) if packed.startswith('.') else raw).decode()}"


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, set[str]]]] = []
        self._open = False
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.found.append((given.get("action") or "", {}))
            self._open = (given.get("method") or "").lower() == "post"
            if not self._open:
                self.found.pop()
        elif self._open and tag in ("input", "textarea", "button", "select") and given.get("name"):
            name = str(given["name"])
            values = self.found[-1][1].setdefault(name, set())
            if given.get("value"):
                values.add(str(given["value"]))
            if tag == "select":
                self._select = name
        elif self._open and tag == "option" and given.get("value"):
            self.found[-1][1][self._select].add(str(given["value"]))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = False


# ── What fills an address ──────────────────────────────────────────────────────────────────────────
def lay_site(county: County, decided: Callable[[County], None] | None = None) -> Site:
    """The county with all that its addresses name, and bags of ids of each partner; ``decided``: what the
    table decided before anything else was said under its bylaws."""
    letters = {slug: _letters(county, slug) for slug in VICTIMS}
    common = _common(county)
    rooms = at_table.lay_table(county, decided)
    canaries = Canaries(county)
    bags = {slug: _bags(canaries, slug, {**common, **letters.get(slug, {})}) for slug in (*VICTIMS, PROBER)}
    for slug, mine in bags.items():
        said = rooms.get(slug, rooms[VICTIMS[0]])
        while len(mine) < len(said):
            mine.append(dict(mine[0]))
        for n, bag in enumerate(mine):
            bag |= said[n % len(said)]
    return Site(county, canaries, bags)


def absent() -> dict[str, object]:
    """Ids of nothing."""
    return {name: uuid4() for name in (*ROW_OF, "account", "membership_id")}


def _bags(canaries: Canaries, slug: str, common: dict[str, object]) -> list[dict[str, object]]:
    """Ids of what a partner holds, one bag for each row of the table that has most, at the most twelve."""
    known = {table: canaries.ids_of(table, slug) for table in set(ROW_OF.values())}
    tasks = {str(t["referral_id"]): t for t in known["referrals_task"]}
    protected = [n for n in known["screening_need"] if n["segment"] != "general"]
    known["screening_need"] = [*known["screening_need"][:1], *protected, *known["screening_need"][1:]]
    bags = []
    for n in range(min(12, max(len(rows) for rows in known.values()))):
        bag = {name: _nth(known[table], n) for name, table in ROW_OF.items()}
        task = known["referrals_task"][n % len(tasks)] if tasks else {}
        bag |= {"task_id": task.get("id", uuid4()), "referral_id": task.get("referral_id", uuid4())}
        bags.append({**common, **canaries.county.ids.get(slug, {}), **bag, "slug": slug})
    return bags


def _nth(rows: list[dict[str, object]], n: int) -> object:
    return rows[n % len(rows)]["id"] if rows else uuid4()


def _common(county: County) -> dict[str, object]:
    """What belongs to the whole table or to nobody."""
    steward = county.actor("alder-commons", Role.ORG_ADMIN, Purpose.OPS)
    service = county.ids["alder-general"]["service_id"]
    with acting(steward):
        return {
            **county.ids["alder-general"],
            "correction_id": corrections.suggest_correction(
                UUID(str(service)), "phone", "It is 541-555-0190 now", by=steward
            ),
            "synonym_id": words.add_synonym("larder", _topic(), by=steward),
            "mapping_id": words.map_term("other", MatchKind.CODE, "BD-1800", NeedDomain.FOOD, by=steward),
        } | {
            f"token {before}": "x" * 43
            for before in {a.route.partition("<")[0] for a in all_addresses() if "token" in a.parameters}
        }


def _letters(county: County, slug: str) -> dict[str, object]:
    """A live link of every kind that this partner's work sent out."""
    teresa, ids, by = county.persons[slug], county.ids[slug], county.actor(slug)
    with acting(by):
        alone = screening.start(teresa, by=by, mode=Mode.SELF)
        found = {"token screenings/alone/": screening.invite(alone, by=by)}
    own_page = _account_of(county, slug)
    found["token accounts/link/"] = tokens.new_link(own_page, own_page.email or "", "")
    worker = Account.objects.get(pk=by.account_id)
    found["token accounts/invitation/"] = tokens.new_invitation(worker, None, recovers=True)
    with acting(county.actor("alder-commons", Role.COORDINATOR, Purpose.OPS)) as steward:
        asked = verification.ask_verification(UUID(str(ids["service_id"])), by=steward)
        if asked is not None:
            found["token directory/v/"] = asked.token
    service = Service.objects.get(pk=str(ids["service_id"]))
    for route, kind, subject in (
        ("directory/room/<str:token>/", asking_room.LINK_KIND, service.pk),
        (BY_ENTRY, verification.ORGANIZATION_LINK, service.organization_id),
    ):
        found[f"token {route}"] = links.issue(
            kind=kind, subject=subject, partner_id=county.table[slug], valid_for=timedelta(days=1)
        )
    if "task_id" in ids:
        with acting(by):
            link = person_link(UUID(str(ids["task_id"])), county.table[slug], BY_TEXT)
        found["token r/said/"] = link.rstrip("/").rpartition("/")[2]
        found["token r/"] = _answer_link(county, slug)
    return found


def _account_of(county: County, slug: str) -> Account:
    with acting(county.actor(slug)):
        return Account.objects.get(person_id=county.persons[slug])


def _answer_link(county: County, slug: str) -> str:
    program = Actor(Role.BACKEND_SERVICE, Purpose.COORD, county.table[slug])
    with acting(program):
        texts = Outbound.objects.filter(to=f"desk@{ASKED}.example.org", holder_id=county.table[slug])
        sent = [re.search(r"/r/([\w-]{43})/", mail.text) for mail in texts.order_by("queued_at")]
    return next(link.group(1) for link in sent if link)


# ── Who asks, with what ────────────────────────────────────────────────────────────────────────────
def in_a_form(site: Site, address: Address, slug: str, bag: dict[str, object]) -> dict[str, object]:
    """Every field that forms of this address have, filled with what another partner's pages offer."""
    return {
        name: _filled(name, sorted(values), slug, bag)
        for name, values in site.fields[address.route].items()
        if name != "csrfmiddlewaretoken"
    }


def _filled(name: str, offered: list[str], slug: str, bag: dict[str, object]) -> object:
    canary = CANARY[slug]
    for known, value in bag.items():
        if name == known or name == known.removesuffix("_id"):
            return str(value)
    if offered:
        return offered[0] if len(offered) == 1 else offered[1]
    for word, value in (
        ("email", f"{canary.lower()}own@example.org"),
        ("given", f"{canary}given"),
        ("family", f"{canary}family"),
        ("phone", "541-555-0151"),
        ("year", "1901"),
        ("month", "7"),
        ("day", "14"),
        ("date", "1901-07-14"),
        ("name", f"{canary}given {canary}family"),
        ("number", f"{canary}number17"),
    ):
        if word in name:
            return value
    return "Words that are long enough"


def unknown_links(bag: dict[str, object]) -> dict[str, object]:
    """The bag with links that open nothing."""
    return {name: "x" * 43 if name.startswith("token ") else value for name, value in bag.items()}


def staff(role: Role) -> bool:
    return role not in (Role.RESIDENT, Role.PUBLIC)


def everyone(slugs: tuple[str, ...]) -> Iterator[Who]:
    """Every role of the design at each of these partners; those who have no partner once."""
    yield Who(Role.PUBLIC)
    for role in Role:
        if role is not Role.PUBLIC:
            yield from (Who(role, slug) for slug in slugs if staff(role) or slug in (*VICTIMS, PROBER))


def _topic() -> str:
    return min(words_in_use.lexicon().topics)
