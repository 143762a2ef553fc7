"""A table of partners and workers for the tests of people, laid through the real actions."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import permutations
from uuid import UUID

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role, Segment
from commonweal.foundation.accounts.models import Account
from commonweal.governance import actions as governance
from commonweal.governance.models import scope_of_agreement
from commonweal.governance.rules import Vote
from commonweal.governance.shapes import TermShape
from commonweal.governance.vocabulary import Assent, Matter
from commonweal.kernel.clock import now, today
from commonweal.kernel.ids import new_id
from commonweal.partners import actions as partners
from commonweal.partners.vocabulary import Kind, Sector
from commonweal.people import actions
from commonweal.people.shapes import ConsentDraft, RecordDraft
from commonweal.people.vocabulary import DatePrecision, How

SETUP = Actor(Role.OPERATOR, Purpose.ADMIN, name="setup")

PARTNERS = (
    ("alder-commons", "Alder Commons", Sector.SOCIAL_SERVICES),
    ("alder-general", "Alder General Hospital", Sector.HEALTH_CARE),
    ("millrace", "Millrace Community Clinic", Sector.HEALTH_CARE),
    ("ferry-street", "Ferry Street Pantry", Sector.SOCIAL_SERVICES),
    ("northbank-rides", "Northbank Rides", Sector.SOCIAL_SERVICES),
    ("safe-harbor", "Safe Harbor", Sector.SOCIAL_SERVICES),
)


@dataclass
class Table:
    """Partner ids by slug, and who works there."""

    ids: dict[str, UUID]
    mandates: dict[str, UUID] = field(default_factory=dict)

    def __getitem__(self, slug: str) -> UUID:
        return self.ids[slug]

    def worker(self, slug: str, role: Role = Role.COORDINATOR, purpose: Purpose = Purpose.COORD) -> Actor:
        return Actor(role, purpose, self.ids[slug], named(slug, role), name=f"Worker of {slug}")

    @property
    def danielle(self) -> Actor:
        return replace(self.worker("alder-general"), name="Danielle Whitfield")

    @property
    def ines(self) -> Actor:
        return replace(self.worker("millrace", Role.CASE_WORKER), name="Inés Valdivia")

    @property
    def marcus(self) -> Actor:
        return replace(self.worker("ferry-street", Role.CASE_WORKER), name="Marcus Odom")

    @property
    def advocate(self) -> Actor:
        return replace(self.worker("safe-harbor", Role.CASE_WORKER), name="An advocate")


_workers: dict[tuple[str, Role], UUID] = {}


def named(slug: str, role: Role) -> UUID:
    """One account id for each place and role; accounts themselves play no part here."""
    return _workers.setdefault((slug, role), new_id())


def person_self(person_id: UUID) -> Actor:
    return Actor(Role.RESIDENT, Purpose.SELF, person_id=person_id, account_id=named("self", Role.RESIDENT))


def lay_table() -> Table:
    with acting(SETUP):
        ids = {
            slug: partners.join(
                by=SETUP,
                slug=slug,
                name=name,
                sector=sector,
                kind=Kind.BACKBONE if slug == "alder-commons" else Kind.ORGANIZATION,
                joined_on=date(2026, 1, 5),
                is_victim_service_provider=slug == "safe-harbor",
            )
            for slug, name, sector in PARTNERS
        }
    return Table(ids)


def _keeper(table: Table) -> Actor:
    """Who keeps the table's record; an account of its own, since decisions name one."""
    account, _ = Account.objects.get_or_create(kind="staff", name="Priya Nair", email="priya@example.org")
    return Actor(Role.ORG_ADMIN, Purpose.GOV, table["alder-commons"], account.pk, name="Priya Nair")


def agree(
    table: Table,
    *slugs: str,
    segments: tuple[str, ...] = ("general",),
    purposes: tuple[str, ...] = ("COORD",),
) -> UUID:
    """An agreement among these partners, in force under a mandate; kept as ``table.mandates``."""
    keeper = _keeper(table)
    terms = [
        TermShape(table[a], table[b], segment, purpose)
        for a, b in permutations(slugs, 2)
        for segment in segments
        for purpose in purposes
    ]
    with acting(keeper):
        agreement = governance.record_agreement(
            by=keeper,
            slug=f"care-{new_id().hex}",
            title="Care partners",
            terms=terms,
        )
        decision = governance.record_decision(
            by=keeper,
            title="Share what helps",
            question="Shall we?",
            body="The Table",
            decided_on=today(),
            method="Two thirds",
            vote=Vote(16, 2, 0, Assent.YES, True),
        )
        mandate = governance.give_mandate(
            decision,
            by=keeper,
            matter=Matter.DATA_SHARING,
            scope=scope_of_agreement(agreement),
            starts_at=now() - timedelta(days=1),
            ends_at=now() + timedelta(days=365),
        )
    table.mandates["-".join(slugs)] = mandate
    return mandate


def withdraw_mandate(table: Table, mandate: UUID) -> None:
    keeper = _keeper(table)
    with acting(keeper):
        governance.withdraw(mandate, by=keeper, why="The residents asked.")


TERESA = RecordDraft(
    given="Teresa",
    family="Aguilar Ríos",
    birth_date=date(1961, 3, 9),
    birth_precision=DatePrecision.DAY,
    language="es",
    phone="(541) 555-0118",
    place="Ferry Street",
    zip="97701",
)
HAROLD = RecordDraft(
    given="Harold",
    family="Munn",
    suffix="Sr.",
    birth_date=date(1955, 2, 3),
    phone="541-555-0143",
    zip="97702",
)


def register(draft: RecordDraft, by: Actor) -> UUID:
    with acting(by):
        return actions.register(draft, by=by)


def draft_consent(person_id: UUID, *recipients: UUID, **more: object) -> ConsentDraft:
    values: dict[str, object] = {
        "person_id": person_id,
        "recipient_ids": recipients,
        "ends_at": now() + timedelta(days=180),
        "how": How.SIGNED_ON_SCREEN,
        "words": "They would tell each other about you.",
        "signed_name": "Teresa Aguilar",
        **more,
    }
    return ConsentDraft(**values)  # type: ignore[arg-type]


def say_yes(person_id: UUID, by: Actor, *recipients: UUID, **more: object) -> UUID:
    with acting(by):
        return actions.give_consent(draft_consent(person_id, *recipients, **more), by=by)


GENERAL, TREATMENT = Segment.GENERAL, Segment.SUBSTANCE_USE
