"""A small county for the tests of referrals, laid through the real actions of the contexts below."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

from django.test import Client

from commonweal.directory.models import Organization, Service
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role, Segment
from commonweal.foundation.accounts.models import Account, Membership
from commonweal.foundation.accounts.sessions import Factor
from commonweal.foundation.messages.models import Outbound
from commonweal.governance import actions as governance
from commonweal.governance.models import scope_of_agreement
from commonweal.governance.rules import Vote
from commonweal.governance.shapes import TermShape
from commonweal.governance.vocabulary import Assent, Matter
from commonweal.kernel.answers import Answered
from commonweal.kernel.clock import now, today
from commonweal.kernel.domains import NeedDomain
from commonweal.partners.models import Partner
from commonweal.people.shapes import RecordDraft
from commonweal.people.vocabulary import Channel, DatePrecision
from commonweal.referrals import actions
from commonweal.referrals.models import Task
from commonweal.referrals.shapes import Ask
from commonweal.screening import facade as screening
from people.browsing import _signed_in as signed_in
from people.cast import Table, _keeper, agree, lay_table, register, say_yes

CANARY = "Aguilarcanary"
TERESA = RecordDraft(
    given="Teresa",
    family=CANARY,
    birth_date=date(1961, 3, 9),
    birth_precision=DatePrecision.DAY,
    language="es",
    phone="541-555-0118",
    place="Ferry Street area",
    zip="97701",
    channels={Channel.TEXT: Answered.YES, Channel.CALL: Answered.YES},
    best_time="mornings",
)
HAROLD = replace(TERESA, given="Harold", family="Munncanary", phone="541-555-0143", language="en")
FOOD = Ask("Food boxes and baby formula, weekly", "Ferry Street area", "es", 3, "no-car")


@dataclass
class World:
    """Who is here: the table, workers with real accounts, services, two persons known to the hospital."""

    table: Table
    workers: dict[tuple[str, Role], Actor] = field(default_factory=dict)
    services: dict[str, UUID] = field(default_factory=dict)
    teresa: UUID = field(default_factory=lambda: UUID(int=0))
    harold: UUID = field(default_factory=lambda: UUID(int=0))

    def worker(
        self, slug: str, role: Role = Role.CASE_WORKER, purpose: Purpose = Purpose.COORD, name: str = ""
    ) -> Actor:
        if (slug, role) not in self.workers:
            account = Account.objects.create(
                kind="staff", name=name or f"Worker of {slug}", email=f"{role.value}@{slug}.example.org"
            )
            Membership.objects.create(account=account, partner_id=self.table[slug], role=role.value)
            self.workers[slug, role] = Actor(role, purpose, self.table[slug], account.pk, name=account.name)
        return self.workers[slug, role].for_purpose(purpose)

    @property
    def danielle(self) -> Actor:
        return self.worker("alder-general", Role.COORDINATOR, name="Danielle Whitfield")

    @property
    def marcus(self) -> Actor:
        return self.worker("ferry-street", name="Marcus Odom")

    @property
    def rides(self) -> Actor:
        return self.worker("northbank-rides")

    @property
    def ines(self) -> Actor:
        return self.worker("millrace", Role.COORDINATOR, name="Inés Valdivia")

    def need(self, person_id: UUID | None = None, domain: NeedDomain = NeedDomain.FOOD) -> UUID:
        person = person_id or self.teresa
        with acting(self.danielle):
            for need in screening.needs_of(person):
                if need.domain is domain:
                    return need.id
            return screening.raise_need(person, domain, by=self.danielle)

    def ask(
        self, *slugs: str, person_id: UUID | None = None, domain: NeedDomain = NeedDomain.FOOD, **more: object
    ) -> UUID:
        """Danielle asks these partners' services; returns the sending."""
        need = self.need(person_id, domain)
        services = [self.services[slug] for slug in slugs or ("ferry-street",)]
        values: dict[str, object] = {"ask": FOOD, **more}
        with acting(self.danielle) as by:
            return actions.ask(need, services, by=by, **values)  # type: ignore[arg-type]

    def consent(self, *slugs: str, person_id: UUID | None = None, **more: object) -> UUID:
        """The person says yes to these partners."""
        recipients = [self.table[slug] for slug in slugs]
        return say_yes(person_id or self.teresa, self.danielle, *recipients, **more)

    def task(self, task_id: UUID, by: Actor | None = None) -> Task:
        with acting(by or self.danielle):
            return Task.objects.select_related("referral").get(pk=task_id)


PARTNERS = ("alder-general", "ferry-street", "northbank-rides", "millrace")


def lay_world() -> World:
    """Everyone at the table shares everyday needs; Teresa and Harold allow nobody anything yet."""
    table = lay_table()
    agree(table, *PARTNERS)
    world = World(table)
    for slug in ("alder-general", "ferry-street", "northbank-rides", "millrace", "safe-harbor"):
        Partner.objects.filter(pk=table[slug]).update(email=f"desk@{slug}.example.org", phone="555-0127")
        world.services[slug] = _service(table[slug], f"Service of {slug}")
    world.teresa = register(TERESA, world.danielle)
    world.harold = register(HAROLD, world.danielle)
    return world


def _service(partner_id: UUID, name: str) -> UUID:
    organization = Organization.objects.create(name=f"Organization of {name}", partner_id=partner_id)
    return Service.objects.create(name=name, organization=organization, status="active").pk


def herself(person_id: UUID) -> Actor:
    """The person on their own page."""
    return Actor(Role.RESIDENT, Purpose.SELF, person_id=person_id, name="Teresa")


@contextmanager
def at_work(actor: Actor) -> Iterator[Actor]:
    """Act in a transaction of one's own."""
    with acting(actor) as by:
        yield by


DV = Segment.DOMESTIC_VIOLENCE


def browser(world: World, actor: Actor) -> Client:
    """The browser of a worker, signed in by a real session."""
    account = Account.objects.get(pk=actor.account_id)
    return signed_in(account, Factor.PASSKEY)


def token_of(world: World, holder: str = "alder-general") -> str:
    """The token in the newest mail to a service."""
    with acting(actions.program_of(world.table[holder])):
        mail = Outbound.objects.filter(channel="email", text__contains="/r/").order_by("-queued_at").first()
        assert mail is not None
        found = re.search(r"/r/([\w-]{43})/", mail.text)
    assert found is not None
    return found.group(1)


def agree_one_way(
    table: Table, discloser: str, recipient: str, segments: tuple[Segment, ...], purpose: Purpose
) -> None:
    """The table lets one partner tell another, and not the other way round."""
    keeper = _keeper(table)
    terms = [TermShape(table[discloser], table[recipient], s.value, purpose.value) for s in segments]
    with acting(keeper):
        agreement = governance.record_agreement(
            by=keeper, slug=f"{discloser}-to-{recipient}", title="One way", terms=terms
        )
        decision = governance.record_decision(
            by=keeper,
            title="One way",
            question="Shall we?",
            body="The Table",
            decided_on=today(),
            method="Two thirds",
            vote=Vote(16, 2, 0, Assent.YES, True),
        )
        governance.give_mandate(
            decision,
            by=keeper,
            matter=Matter.DATA_SHARING,
            scope=scope_of_agreement(agreement),
            starts_at=now() - timedelta(minutes=1),
            ends_at=now() + timedelta(days=365),
        )
