"""A table with a backbone, eight partners and adopted measures; facts from a ledger."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.utils import translation
from tests.measures.ledger import Ledger
from tests.partners.table import SETUP, Table, lay_table

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.governance import actions as governance
from commonweal.governance.rules import Vote
from commonweal.governance.vocabulary import Assent, Matter
from commonweal.kernel.clock import at
from commonweal.measures import actions
from commonweal.measures.queries import cases
from commonweal.measures.shapes import ComputeReport
from commonweal.partners import actions as partners
from commonweal.partners.vocabulary import Sector

TODAY = datetime(2026, 11, 22, 15, tzinfo=UTC)
NAMES = (
    "Millrace",
    "Northbank Rides",
    "Energy Fund",
    "Housing Trust",
    "Blue Heron",
    "Hope Street",
    "St. Brigid",
)


@dataclass
class County:
    """The table, who counts, and what was recorded."""

    table: Table
    targets: list[UUID]
    ledger: Ledger = field(default_factory=Ledger)
    mandates: dict[str, UUID] = field(default_factory=dict)

    @property
    def mei(self) -> Actor:
        return Actor(Role.ANALYST, Purpose.OPS, self.table.backbone, name="Mei Hsu")

    def adopt(self, *measures: str, matter: Matter = Matter.MEASURE) -> UUID:
        """The table adopts them all in one decision; the last mandate is returned."""
        with acting(self.table.priya) as by:
            decision = governance.record_decision(
                by=by, title="Count together", question="Shall we?", body="The Table",
                decided_on=date(2025, 3, 12), method="majority",
                vote=Vote(16, 2, 0, Assent.YES, True), undo="Five residents can ask to undo it.",
            )  # fmt: skip
            for measure in measures:
                self.mandates[f"{matter}:{measure}"] = given = governance.give_mandate(
                    decision, by=by, matter=matter, scope=measure, starts_at=datetime(2025, 3, 12, tzinfo=UTC)
                )
        return given

    def withdraw(self, measure: str) -> None:
        with acting(self.table.priya) as by:
            governance.withdraw(
                self.mandates[f"measure:{measure}"], by=by, why="It measured the wrong thing."
            )

    def compute(self, when: datetime = TODAY, **more: object) -> ComputeReport:
        with at(when):
            return actions.compute(by=self.mei, **more)  # type: ignore[arg-type]


@pytest.fixture
def county(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[County]:
    table = lay_table()
    with acting(SETUP):
        more = [
            partners.join(
                by=SETUP, slug=name.lower().replace(" ", "-").replace(".", ""), name=name,
                sector=Sector.HEALTH_CARE, joined_on=date(2024, 1, 5),
            )
            for name in NAMES
        ]  # fmt: skip
    made = County(table, [table.pantry, *more])
    monkeypatch.setattr(cases.referrals, "facts", made.ledger.facts)
    monkeypatch.setattr(cases.screening, "occasions", made.ledger.occasions)
    with at(TODAY):
        yield made


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


Adopt = Callable[..., UUID]
