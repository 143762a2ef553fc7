"""No path changes a governed thing without a live mandate (acceptance 2 of "the table decides").

In a county under bylaws that has decided one of everything, and in which no mandate may act any more, every
address, act, job, command and import is tried with what the county holds. After each attempt every governed
cell is as it was, but for what a named rule leaves free (``governed_rows.FREE``). A new path is tried without
a line here; one that can't be reached must be named, with the reason (``not_reached``).
"""

import json
from argparse import ArgumentParser, _SubParsersAction
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from http.cookies import SimpleCookie
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import Resolver404, resolve
from tests.guards.callers import Act, Filler, Form, Pool, acts, forms_in, try_acts
from tests.guards.governed_rows import FREE, Findings, Watch
from tests.guards.not_reached import (
    ACTS_NOT_REACHED,
    ADDRESSES_NOT_DONE,
    COMMANDS_NOT_REACHED,
    NOT_RUN,
)
from tests.guards.walk import SOURCE
from tests.guards.world import actors, askers, lay_world, readers, special
from tests.security.canaries import Who
from tests.security.probe import doors_of_run
from tests.security.walker import Address, Site, all_addresses

import commonweal
from commonweal.foundation import jobs
from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Role
from commonweal.governance.actions.effects import registry
from commonweal.kernel.clock import today
from commonweal.site import cli, install
from commonweal.site.web import views


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[Site]:
    with django_db_blocker.unblock():
        inside = transaction.atomic()
        inside.__enter__()
        try:
            yield lay_world()
        finally:
            transaction.set_rollback(True)
            inside.__exit__(None, None, None)
            with doors_of_run().connect(as_owner=True) as owner:
                owner.execute("drop table if exists planted_thing")


# ── Acts ───────────────────────────────────────────────────────────────────────────────────────────
FEW = ("the backbone", "a partner", "a delegate", "a helper", "the set-up", "the count")
"""As whom the core walk acts; the exhaustive one acts as everyone."""


def try_all(site: Site, found: dict[str, Act], watch: Watch, *, every: bool) -> Findings:
    """Acts as a few or as all, with several fillings of their arguments."""
    everyone = {who: by for who, by in actors(site).items() if every or who in FEW}
    filler = Filler(Pool(readers(site)), special(site))
    return try_acts(found, watch, everyone, filler, turns=12 if every else 4)


def _unnamed(
    missed: dict[str, dict[str, int]], named: dict[str, tuple[str, ...]]
) -> dict[str, dict[str, int]]:
    known = tuple(what for those in named.values() for what in those)
    rooms = tuple(what for what in known if what.endswith("."))
    return {what: how for what, how in missed.items() if what not in known and not what.startswith(rooms)}


def test_everything_governed_is_there_to_be_changed(site: Site) -> None:
    assert [table for table, rows in Watch().as_it_was.items() if not rows] == []


def test_no_act_changes_what_is_governed(site: Site) -> None:
    found, watch = acts(), Watch()
    findings = try_all(site, found, watch, every=False)
    assert findings.unguarded == {}
    assert len(found) > 200
    assert _unnamed(findings.not_reached(), ACTS_NOT_REACHED) == {}
    assert watch.wrote > 20, "nothing came near what is governed"


@pytest.mark.slow
def test_no_act_as_anyone_with_anything(site: Site) -> None:
    findings = try_all(site, acts(), Watch(), every=True)
    assert findings.unguarded == {}


# ── Addresses ──────────────────────────────────────────────────────────────────────────────────────
PASSED = (200, 201, 202, 204, 302, 303)


class Browsing:
    """Asks as everyone, reads the forms of all pages, and posts them filled."""

    def __init__(self, site: Site, watch: Watch) -> None:
        self.site, self.watch = site, watch
        self.forms: dict[str, dict[object, Form]] = defaultdict(dict)
        self.findings = Findings()

    def learn(self, address: Address, who: Who) -> None:
        """Keep the forms of a page, by the route that each leads to."""
        for path in self.paths(address, who):
            response = self.site.ask(who, "get", path)
            if response.status_code != 200 or response.streaming:
                continue
            for form in forms_in(response.content.decode("utf-8", "replace")):
                url = form.action or path
                try:
                    route = resolve(urlsplit(url).path).route
                except Resolver404:
                    continue
                self.forms[route].setdefault((form.shape, who.by_link), replace(form, action=url))

    def paths(self, address: Address, who: Who) -> list[str]:
        """An address with ids of the open body; for who sits elsewhere, of that body too."""
        bags = self.site.bags["alder-general"][: 3 if address.is_of_table and who.role in SEATED else 1]
        voted = [f"/decisions/questions/{bag['number voting']}/" for bag in bags]
        more = voted if address.route == "decisions/questions/<int:number>/" else []
        return list(dict.fromkeys([*(address.path(bag) for bag in bags), *more]))

    def ask(self, address: Address, who: Who, method: str, path: str, data: dict[str, Any]) -> None:
        by = Actor(who.role, address.view.door.purpose, self.site.county.table.ids.get(who.slug))

        def do() -> HttpResponse:
            return self.site.ask(who, method, path, data, keep=True)

        client = self.site.client(who)
        signed_in = SimpleCookie({name: one.value for name, one in client.cookies.items()})
        outcome = self.watch.attempt(do, by)
        client.cookies = signed_in  # who signed out is still there, and so is the session
        outcome.ended = _ended(outcome.result)
        self.findings.add(f"{method} {address.route}", str(who), outcome)

    def post(self, address: Address, who: Who, most: int) -> None:
        """Every form that leads here, or an empty one; filled in turns."""
        known = list(self.forms[address.route].values()) or [Form(self.paths(address, who)[0], ())]
        for form in known[:most]:
            for turn in range(min(form.turns, most)):
                self.ask(address, who, "post", form.action, form.filled(turn))


SEATED = (Role.CASE_WORKER, Role.MEMBER)


def _ended(response: HttpResponse | None) -> str:
    if response is None:
        return "broken"
    if "/accounts/sign-in/" in response.headers.get("Location", ""):
        return "sign-in"
    if response.status_code in PASSED:
        return "done"
    return {403: "refused", 409: "conflict"}.get(response.status_code, str(response.status_code))


def admitted(address: Address, who: Who) -> bool:
    return address.view.door.is_public or who.role in address.view.door.roles


def walk_addresses(site: Site, watch: Watch, *, every: bool) -> Browsing:
    """Read every page for its forms, then post them as those who may come in; ``every``: as anyone."""
    browsing, everyone = Browsing(site, watch), list(askers(site))
    few = [who for who in everyone if every or who in NEAR]
    for address in all_addresses():
        for who in (w for w in few if admitted(address, w)):
            browsing.learn(address, who)
    for address in all_addresses():
        for who in everyone:
            far = not address.view.door.is_public and address.view.door.roles.isdisjoint(ROLES_NEAR)
            if every or (admitted(address, who) and (who in few or far)):
                browsing.post(address, who, 8 if every else 2)
        for method in ("put", "patch", "delete") if every else ("put",):
            browsing.ask(address, NEAR[0], method, browsing.paths(address, NEAR[0])[0], {})
    return browsing


NEAR = (
    Who(Role.ORG_ADMIN, "alder-commons"),
    Who(Role.CASE_WORKER, "alder-general"),
    Who(Role.MEMBER, "neighbor-alder-general"),
    Who(Role.ORG_ADMIN, "alder-general"),
    Who(Role.OPERATOR, "alder-commons"),
)
"""Those who come nearest to what is governed: backbone, delegate, resident, partner, operator."""
ROLES_NEAR = {who.role for who in NEAR}


def test_no_address_changes_what_is_governed(site: Site) -> None:
    watch = Watch()
    browsing = walk_addresses(site, watch, every=False)
    assert browsing.findings.unguarded == {}
    posted = {what[5:]: how for what, how in browsing.findings.ended.items() if what.startswith("post ")}
    not_done = {
        route: dict(how) for route, how in posted.items() if "done" not in how and how.keys() != {"405"}
    }
    assert _unnamed(not_done, ADDRESSES_NOT_DONE) == {}
    assert sum("done" in how for how in posted.values()) > 90
    assert browsing.findings.free.keys() <= FREE.keys()


@pytest.mark.slow
def test_no_address_as_anyone(site: Site) -> None:
    assert walk_addresses(site, Watch(), every=True).findings.unguarded == {}


# ── Jobs ───────────────────────────────────────────────────────────────────────────────────────────
def try_jobs(site: Site, found: dict[str, Callable[..., None]], watch: Watch) -> Findings:
    """Each job, with ids of what waits for it."""
    filler, findings = Filler(Pool(readers(site)), special(site)), Findings()
    for name, work in found.items():
        for turn in range(4):
            findings.add(
                name, "a job", watch.attempt(partial(_run, filler, work, turn), None, always=turn == 0)
            )
    return findings


def _run(filler: Filler, work: Callable[..., None], turn: int) -> None:
    positional, named = filler.arguments(work, Actor.public(), turn * 2 + 1)
    texts = {name: str(v) if isinstance(v, UUID) else v for name, v in named.items()}
    work(*[str(v) if isinstance(v, UUID) else v for v in positional], **texts)


def all_jobs() -> dict[str, Callable[..., None]]:
    for module in walk_packages(commonweal.__path__, "commonweal."):
        if module.name.rpartition(".")[2] == "tasks":
            import_module(module.name)
    return {name: work for work, name in jobs._names.items() if work.__module__.startswith("commonweal.")}


def test_no_job_changes_what_is_governed(site: Site) -> None:
    found = all_jobs()
    findings = try_jobs(site, found, Watch())
    assert findings.unguarded == {}
    assert len(found) >= 15
    assert findings.not_reached() == {}


# ── Commands, and with them every import ───────────────────────────────────────────────────────────
def commands(site: Site, folder: Path) -> dict[str, list[str]]:
    """Every command that is run, with its arguments."""
    services = folder / "services.json"
    service = {"id": str(uuid4()), "name": "Planted", "status": "active"}
    organization = {"id": str(uuid4()), "name": "Planted", "description": "Food."}
    services.write_text(json.dumps([{**service, "organization": organization}]))
    shares = folder / "shares.csv"
    shares.write_text("county,population,percent\nAlder,older,10\n")
    questionnaire = str(SOURCE / "screening" / "instruments" / "neighbor-check-in.json")
    founding = ["--name", "Other", "--backbone", "Other", "--admin-email", "x@example.org"]
    return {
        "setup": [*founding, "--charter", "trenton", "--bylaws-from", today().isoformat()],
        "charters": [],
        "import hsds": [str(services), "--source", "planted"],
        "import instrument": [questionnaire],
        "import population": [str(shares), "--county", "Alder", "--year", "2025"],
        "export hsds": [str(folder / "out.json")],
        "export measures": [str(folder / "measures")],
        "quarantine list": [],
        "quarantine show": [str(uuid4())],
        "quarantine replay": [],
        "measures compute": [],
        "recount": [str(site.bags["alder-general"][0]["number over"])],
    }


def leaves(parser: ArgumentParser, before: str = "") -> Iterator[str]:
    """Every command that the parser knows, by its words."""
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            for word, inner in action.choices.items():
                yield from leaves(inner, f"{before} {word}".strip())
            return
    yield before


def test_no_command_changes_what_is_governed(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(install, "migrate", lambda *_: None)  # it was, before this transaction began
    watch, findings, tried = Watch(), Findings(), commands(site, tmp_path)
    assert set(leaves(cli._parser())) == tried.keys() | NOT_RUN.keys(), "run it here, or say why not"
    for name, words in tried.items():

        def run(said: tuple[str, ...] = (*name.split(), *words)) -> object:
            asked = cli._parser().parse_args(said)
            return asked.run(asked)

        findings.add(name, "the command line", watch.attempt(run, None, always=True))
    assert findings.unguarded == {}
    assert _unnamed(findings.not_reached(), COMMANDS_NOT_REACHED) == {}


# ── Does the walk bite? ────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def planted(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A governed table that nobody guards."""
    with doors_of_run().connect(as_owner=True) as owner:
        owner.execute("create table planted_thing (id uuid primary key, words text)")
        owner.execute("insert into planted_thing values (gen_random_uuid(), 'x')")
        owner.execute(f"grant select, insert, update on planted_thing to {doors_of_run().app}")
    governs = ("planted_thing", "planted_thing.words")
    monkeypatch.setitem(
        registry._kinds, "planted", replace(registry.effect(""), kind="planted", governs=governs)
    )


def _write(*_: object, **__: object) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("update planted_thing set words = words || 'y'")
        cursor.execute("insert into planted_thing values (gen_random_uuid(), 'z')")
    return HttpResponse("done")


def plant_act(by: Actor) -> None:
    _write(by)


def test_a_planted_path_is_noticed(site: Site, planted: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same walks over an act, an address, a job and a command that write what nobody guards."""
    watch = Watch()
    both = ["planted_thing.*", "planted_thing.words"]
    act = try_all(site, {"planted": plant_act}, watch, every=False)
    job = try_jobs(site, {"planted": lambda timestamp=None: _write() and None}, watch)
    assert {tuple(sorted(set(c))) for c in act.unguarded.values()} == {tuple(both)}
    assert len(act.unguarded) == len(FEW)
    assert [sorted(c) for c in job.unguarded.values()] == [both]
    address = next(a for a in all_addresses() if a.route == "accessibility/")
    browsing = Browsing(site, watch)
    browsing.ask(address, NEAR[0], "post", "/accessibility/", {})
    assert browsing.findings.unguarded == {}
    monkeypatch.setattr(views, "render", _write)
    browsing.ask(address, NEAR[0], "get", "/accessibility/", {})
    assert [sorted(c) for c in browsing.findings.unguarded.values()] == [both]
    assert sorted(watch.attempt(_write, None, always=True).unguarded) == both
