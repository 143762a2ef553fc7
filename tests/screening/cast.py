"""Who plays in the screening tests, laid through the real actions: partners, workers, two persons."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role, Segment
from commonweal.governance import actions as governance
from commonweal.governance.models import scope_of_agreement
from commonweal.governance.rules import Vote
from commonweal.governance.shapes import TermShape
from commonweal.governance.vocabulary import Assent, Matter
from commonweal.kernel.clock import now, today
from commonweal.kernel.ids import new_id
from commonweal.partners import actions as partners
from commonweal.partners.vocabulary import Kind, Sector
from commonweal.people import actions as people
from commonweal.people.shapes import ConsentDraft, RecordDraft
from commonweal.people.vocabulary import DatePrecision, How

SETUP = Actor(Role.OPERATOR, Purpose.ADMIN, name="setup")
PARTNERS = (
    ("alder-commons", "Alder Commons", Sector.SOCIAL_SERVICES, Kind.BACKBONE),
    ("millrace", "Millrace Community Clinic", Sector.HEALTH_CARE, Kind.ORGANIZATION),
    ("ferry-street", "Ferry Street Pantry", Sector.SOCIAL_SERVICES, Kind.ORGANIZATION),
)


@dataclass
class Stage:
    """``ines`` works at the clinic that holds the record of both persons; ``marcus`` at the pantry."""

    ids: dict[str, UUID]
    ines: Actor
    marcus: Actor
    teresa: UUID
    harold: UUID

    @property
    def treating(self) -> Actor:
        return self.ines.for_purpose(Purpose.TREAT)

    def colleague(self, role: Role, purpose: Purpose = Purpose.COORD) -> Actor:
        """Somebody else at the clinic."""
        return Actor(role, purpose, self.ids["millrace"], new_id(), name=f"A {role.value}")


def lay_stage() -> Stage:
    with acting(SETUP):
        ids = {
            slug: partners.join(
                by=SETUP, slug=slug, name=name, sector=sector, kind=kind, joined_on=date(2026, 1, 5)
            )
            for slug, name, sector, kind in PARTNERS
        }
    ines = Actor(Role.CASE_WORKER, Purpose.COORD, ids["millrace"], new_id(), name="Inés Valdivia")
    marcus = Actor(Role.CASE_WORKER, Purpose.COORD, ids["ferry-street"], new_id(), name="Marcus Odom")
    with acting(ines):
        teresa, harold = (
            people.register(replace(draft, birth_precision=DatePrecision.DAY), by=ines)
            for draft in (
                RecordDraft("Teresa", "Aguilar", birth_date=date(1984, 5, 2), language="es"),
                RecordDraft("Harold", "Munn", birth_date=date(1955, 3, 9)),
            )
        )
    return Stage(ids, ines, marcus, teresa, harold)


def herself(person_id: UUID) -> Actor:
    """The person, on her own page."""
    return Actor(Role.RESIDENT, Purpose.SELF, account_id=new_id(), person_id=person_id, name="Teresa Aguilar")


def agree_and_consent(stage: Stage) -> None:
    """The table lets clinic and pantry share everyday needs, and Teresa says yes to the pantry."""
    keeper = Actor(Role.ORG_ADMIN, Purpose.GOV, stage.ids["alder-commons"], name="Priya Nair")
    term = TermShape(
        stage.ids["millrace"], stage.ids["ferry-street"], Segment.GENERAL.value, Purpose.COORD.value
    )
    with acting(keeper):
        agreement = governance.record_agreement(by=keeper, slug="food", title="Food partners", terms=[term])
        decision = governance.record_decision(
            by=keeper,
            title="Share what helps",
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
    with acting(stage.ines):
        people.give_consent(
            ConsentDraft(
                person_id=stage.teresa,
                recipient_ids=(stage.ids["ferry-street"],),
                ends_at=now() + timedelta(days=180),
                how=How.SIGNED_ON_SCREEN,
                words="They would tell each other about you.",
                signed_name="Teresa Aguilar",
            ),
            by=stage.ines,
        )
