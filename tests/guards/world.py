"""A county under bylaws that has decided one of everything, and in which no mandate may act any more."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from tests.governance.decided import decide
from tests.guards.test_governed import _of, _one_of_each, tell_an_analysis
from tests.security.canaries import Who
from tests.security.county import County, lay_county
from tests.security.walker import Site, lay_site

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import effects
from commonweal.governance.actions.telling import News
from commonweal.governance.models import Mandate
from commonweal.kernel.clock import now, today
from commonweal.measures.models import Release, ReleasedFigure
from commonweal.partners import actions as partners
from commonweal.partners.vocabulary import MemberClass

SETUP = Actor(Role.OPERATOR, Purpose.ADMIN, name="setup")
YEAR = timedelta(days=365)


def lay_world() -> Site:
    """The walk's county; its decisions fall between its bylaws and what is said under them."""
    return lay_site(lay_county(), decided=_decide_everything)


def _decide_everything(county: County) -> None:
    of = county.table.ids
    with acting(SETUP):
        loretta = partners.welcome_resident_member(
            by=SETUP, name="Loretta Hayes", lives_here=True, is_or_was_served=True
        )
        residents = county.bodies["residents"]
        seat = partners.add_seat(residents, by=SETUP, member_class=MemberClass.RESIDENT, title="Chair")
        watcher = partners.invite_member(
            of["alder-commons"],
            by=SETUP,
            name="Walt Kessler",
            email="walt@example.org",
            role=Role.COORDINATOR,
            send=False,
        ).account_id
    table = SimpleNamespace(
        pantry=of["ferry-street"],
        hospital=of["alder-general"],
        backbone=of["alder-commons"],
        priya=SimpleNamespace(account_id=watcher),
    )
    for kind, params, end in _one_of_each(table, seat, loretta):
        decide(kind, params, ends_at=now() + YEAR if end else None, gate="residents" if end else "")
    with acting(replace(THE_COUNT, purpose=Purpose.OPS)):
        release = Release.objects.create(family="referral", as_of=now(), policy="x")
        ReleasedFigure.objects.create(
            release=release, family="referral", grain="month", starts_on=today(), what="sent", state="held"
        )
    tell_an_analysis()
    for mandate in (*_of("measure.adopt"), *_of("analysis.run")):
        decide("mandate.withdraw", {"mandate": str(mandate), "why": "Nothing is counted now."})


def special(site: Site) -> dict[str, Any]:
    """Arguments that only a living world has: a link that opens something, effects with their params."""
    bag = site.bags["alder-general"][0]
    with acting(THE_COUNT):
        known = dict(
            Mandate.objects.exclude(effect="").order_by("entered_at").values_list("effect", "params")
        )
    kinds = [effect.kind for effect in effects.effects()]

    def kind(turn: int) -> str:
        return kinds[turn % len(kinds)]

    return {
        "token": bag["token decisions/ballots/"],
        "invitation_id": bag["invitation_id"],
        "kind": kind,
        "effect": kind,
        "params": lambda turn: known.get(kind(turn), {}),
        "news": lambda turn: list(News)[turn % len(News)].value,
    }


def actors(site: Site) -> dict[str, Actor]:
    """One of each kind that the application ever acts as."""
    county = site.county
    hospital, commons = "alder-general", "alder-commons"
    delegate = county.actor(hospital, Role.CASE_WORKER, Purpose.GOV)
    neighbor = county.neighbors[hospital]
    return {
        "the backbone": county.actor(commons, Role.ORG_ADMIN, Purpose.GOV),
        "a partner": county.actor(hospital, Role.ORG_ADMIN, Purpose.GOV),
        "a delegate": delegate,
        "a helper": county.actor("ferry-street", Role.CASE_WORKER, Purpose.COORD),
        "a resident": neighbor,
        "an election officer": county.actor(commons, Role.ELECTION_OFFICER, Purpose.GOV),
        "an analyst": county.actor(commons, Role.ANALYST, Purpose.OPS),
        "an operator": county.actor(commons, Role.OPERATOR, Purpose.ADMIN),
        "the set-up": SETUP,
        "the count": THE_COUNT,
    }


def askers(site: Site) -> Iterator[Who]:
    """Browsers of everyone who may have business at some address."""
    yield Who(Role.PUBLIC)
    yield Who(Role.RESIDENT, "millrace")
    for role in Role:
        if role not in (Role.PUBLIC, Role.RESIDENT):
            yield Who(role, "alder-commons")
    yield from (Who(role, "alder-general") for role in (Role.ORG_ADMIN, Role.CASE_WORKER, Role.COORDINATOR))
    yield Who(Role.MEMBER, "neighbor-alder-general")


def readers(site: Site) -> list[Actor]:
    """As whom ids are gathered."""
    found = list(actors(site).values())
    coordinator = site.county.actor("alder-general", Role.COORDINATOR, Purpose.COORD)
    clinician = site.county.actor("alder-general", Role.CLINICIAN, Purpose.TREAT)
    return [*found, coordinator, clinician]
