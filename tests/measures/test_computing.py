"""Counting adopted measures: the worked cohort, the union, maturity, as-of, and the median."""

import random
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Model
from tests.measures.conftest import TODAY, County
from tests.measures.counted import JULY, MONTHS, released, results, whole
from tests.measures.ledger import TOPICS, Sent

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import Refused
from commonweal.measures import actions, facade
from commonweal.measures.models import Release, ReleasedFigure, Result
from commonweal.measures.rules.definitions import DEFINITIONS
from commonweal.measures.shapes import HELD, Figure, Place
from commonweal.measures.vocabulary import Grain, Shown
from commonweal.referrals.vocabulary import Status
from commonweal.screening.vocabulary import Outcome


def test_the_worked_cohort_comes_out_of_the_database(county: County) -> None:
    """DOMAIN §1.11: 200 sent, 158 known. Six entered in error drop out."""
    county.adopt("disposition-known", "need-met")
    for target in county.targets[:4]:
        county.ledger.month(JULY, target, sent=50, accepted=38, known=39, met=21)
    county.ledger.sent += [
        Sent(JULY, county.targets[4], status=Status.ENTERED_IN_ERROR, ended=JULY, counts=False)
        for _ in range(6)
    ]
    county.ledger.month(JULY, county.targets[5], sent=2, known=2)
    county.ledger.sent.pop()
    county.ledger.sent.pop()
    county.compute()
    assert whole("disposition-known") == {"sent": 200, "known": 156}
    assert whole("need-met") == {"sent": 200, "accepted": 152, "met": 84}
    shape = facade.measure("need-met")
    assert shape is not None
    of_sent, of_accepted = shape.definition.bases
    assert shape.released.ratio(Place(Grain.MONTH, JULY), of_sent) == (84, 200)
    assert shape.released.ratio(Place(Grain.MONTH, JULY), of_accepted) == (84, 152)


def test_nothing_is_counted_that_the_table_has_not_adopted(county: County) -> None:
    county.ledger.month(JULY, county.targets[0], sent=40, known=30)
    report = county.compute()
    assert report.computed == ()
    assert set(report.not_adopted) == {d.id for d in DEFINITIONS}
    assert not results(county)
    assert not ReleasedFigure.objects.exists()


def test_only_those_who_count_may_compute(county: County) -> None:
    county.adopt("need-met")
    for actor in (
        Actor.public(),
        county.table.danielle,
        county.table.priya,
        county.mei.for_purpose(Purpose.RES),
        Actor(Role.OPERATOR, Purpose.ADMIN, account_id=uuid4()),
    ):
        with pytest.raises(Refused) as refused:
            actions.compute(by=actor)
        assert refused.value.verdict.rule == "measure.compute.not-counting"


class TestUnion:
    """6-T10: a person met by three partners is one person."""

    def test_the_whole_is_counted_and_not_added_up(self, county: County) -> None:
        county.adopt("screening-rate")
        sizes = ((0, 120), (90, 180), (150, 210))
        for target, (first, last) in zip(county.targets, sizes, strict=False):
            for person in range(first, last):
                full = person % 3 > 0
                topics = TOPICS if full else frozenset({"food"})
                county.ledger.asked(
                    f"p{person}", target, JULY, topics, Outcome.COMPLETE if full else Outcome.PARTIAL
                )
        county.compute()
        assert whole("screening-rate") == {"people": 210, "asked": 140}
        by_partner = [
            released("screening-rate", Place(Grain.MONTH, JULY, str(target)))["people"].value
            for target in county.targets[:3]
        ]
        assert by_partner == [120, 90, 60]

    def test_who_declined_or_could_not_answer_is_not_counted(self, county: County) -> None:
        county.adopt("screening-rate")
        for person in range(100):
            outcome = (Outcome.DECLINED, Outcome.UNABLE, Outcome.NOT_ASKED, Outcome.COMPLETE)[person % 4]
            topics = TOPICS if outcome is Outcome.COMPLETE else frozenset()
            county.ledger.asked(f"p{person}", county.targets[0], JULY, topics, outcome)
        county.compute()
        assert whole("screening-rate") == {"people": 50, "asked": 25}

    def test_topics_of_two_screenings_add_up(self, county: County) -> None:
        county.adopt("screening-rate")
        for person in range(30):
            for topics in (frozenset({"food", "housing"}), frozenset({"transport", "utilities"})):
                county.ledger.asked(f"p{person}", county.targets[0], JULY, topics, Outcome.PARTIAL)
        county.compute()
        assert whole("screening-rate") == {"people": 30, "asked": 30}


class TestMaturity:
    """6-T12: a month is told when its youngest case has had its time, and the young ones are counted."""

    def test_young_months_are_left_out_and_the_report_says_how_many(self, county: County) -> None:
        county.adopt("disposition-known")
        for first in (date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)):
            for target in county.targets[:3]:
                county.ledger.month(first, target, sent=21, known=12)
        county.ledger.sent = [s for s in county.ledger.sent if s.on <= TODAY.date()]
        report = county.compute()
        assert "2026-09" in report.periods
        assert not {"2026-10", "2026-11"} & set(report.periods)
        young = sum(s.on >= date(2026, 10, 1) for s in county.ledger.sent)
        assert abs((report.too_young or 0) - young) <= 5
        assert (report.too_young or 0) % 10 == 0

    @pytest.mark.parametrize(
        ("when", "told"),
        [
            (datetime(2026, 9, 4, 3, tzinfo=UTC), False),
            (datetime(2026, 9, 4, 12, tzinfo=UTC), True),
        ],
    )
    def test_to_the_day(self, county: County, when: datetime, told: bool) -> None:
        """July ends on the 31st; 35 days later it is September 4, local time."""
        county.adopt("disposition-known")
        county.ledger.month(JULY, county.targets[0], sent=60, known=30)
        assert ("2026-07" in county.compute(when).periods) is told

    def test_what_is_written_down_too_late_does_not_move_a_month(self, county: County) -> None:
        county.adopt("disposition-known")
        county.ledger.month(JULY, county.targets[0], sent=60, known=30)
        county.ledger.sent += [
            Sent(JULY, county.targets[0], ended=date(2026, 10, 20), status=Status.COMPLETED)
            for _ in range(20)
        ]
        county.compute()
        assert whole("disposition-known") == {"sent": 80, "known": 30}


class TestAsOf:
    """DOMAIN §0.2 rule 2: the same as-of gives the same numbers at any later time."""

    @staticmethod
    def figures(county: County) -> list[tuple[object, ...]]:
        return [
            (
                r.measure,
                r.base,
                r.grain,
                r.starts_on,
                r.who,
                r.known_to,
                r.numerator,
                r.denominator,
                r.median_days,
            )
            for r in results(county)
        ]

    def test_again_changes_nothing(self, county: County) -> None:
        county.adopt(*(d.id for d in DEFINITIONS))
        county.ledger.history(random.Random(3), county.targets, MONTHS, 15)
        first = county.compute()
        before, shown = self.figures(county), list(ReleasedFigure.objects.values_list())
        again = county.compute(TODAY + timedelta(days=2), as_of=first.as_of)
        forced = county.compute(TODAY + timedelta(days=2), as_of=first.as_of, period="2026-Q3")
        assert first.periods
        assert again.periods == forced.periods == ()
        assert not again.not_released
        assert not forced.not_released
        assert self.figures(county) == before
        assert list(ReleasedFigure.objects.values_list()) == shown

    def test_month_by_month_or_all_at_once(self, county: County) -> None:
        county.adopt("disposition-known")
        county.ledger.history(random.Random(4), county.targets, MONTHS, 15)
        for day in (date(2026, 7, 8), date(2026, 8, 9), date(2026, 9, 10), date(2026, 11, 22)):
            county.compute(datetime(day.year, day.month, day.day, 15, tzinfo=UTC))
        steps = {row[:6]: row[6:] for row in self.figures(county)}
        with transaction.atomic():
            county.compute(TODAY, as_of=TODAY, period="2026-Q3")
        assert {row[:6]: row[6:] for row in self.figures(county)} == steps

    def test_facts_that_changed_under_a_published_figure_are_told_and_not_published(
        self, county: County
    ) -> None:
        county.adopt("disposition-known")
        county.ledger.month(JULY, county.targets[0], sent=60, known=30)
        county.compute()
        county.ledger.sent.pop()
        report = county.compute(TODAY, period="2026-07")
        assert report.not_released == ("2026-07",)
        assert whole("disposition-known") == {"sent": 60, "known": 30}

    @pytest.mark.parametrize("table", [Result, ReleasedFigure, Release])
    def test_what_was_said_cannot_be_changed(self, county: County, table: type[Model]) -> None:
        county.adopt("disposition-known")
        county.ledger.month(JULY, county.targets[0], sent=60, known=30)
        county.compute()
        rows = table._default_manager.all()
        for act in (rows.delete, lambda: rows.update(id=uuid4())):
            with pytest.raises(DatabaseError), acting(county.mei):
                act()

    def test_what_was_counted_is_for_the_counting_program_alone(self, county: County) -> None:
        """Small counts are in it: no other request reads them, whatever it asks."""
        county.adopt("disposition-known")
        county.ledger.month(JULY, county.targets[0], sent=60, known=57)
        county.compute()
        assert results(county)
        for actor in (
            Actor.public(),
            county.table.danielle,
            county.table.priya,
            county.mei.for_purpose(Purpose.GOV),
        ):
            with acting(actor):
                assert not Result.objects.exists()
        assert not Result.objects.exists()
        with pytest.raises(DatabaseError), acting(county.table.priya):
            Result.objects.create(
                measure="need-met", version=1, base="sent", grain="month", starts_on=JULY, known_to=TODAY,
                numerator=1, denominator=2, engine="postgresql",
            )  # fmt: skip


class TestMedian:
    def test_half_had_help_by_then_and_those_who_wait_count(self, county: County) -> None:
        county.adopt("days-to-service")
        for target in county.targets[:2]:
            county.ledger.month(JULY, target, sent=30, accepted=20, after_days=6)
            county.ledger.month(JULY, target, sent=30, accepted=15, after_days=12)
        county.compute()
        assert whole("days-to-service")["median-days"] == 12

    def test_not_reached_while_more_than_half_wait(self, county: County) -> None:
        county.adopt("days-to-service")
        county.ledger.month(JULY, county.targets[0], sent=60, accepted=20)
        county.compute()
        shape = facade.measure("days-to-service")
        assert shape is not None
        assert shape.released.median(Place(Grain.MONTH, JULY)).state is Shown.NOT_REACHED

    def test_a_median_needs_eleven_on_either_side(self, county: County) -> None:
        county.adopt("days-to-service")
        county.ledger.month(JULY, county.targets[0], sent=21, accepted=21)
        county.compute()
        assert released("days-to-service", Place(Grain.MONTH, JULY)) == {
            "sent": Figure(Shown.SHOWN, 21),
            "median-days": HELD,
        }


class TestSafetyAtHome:
    def test_it_is_in_no_count(self, county: County) -> None:
        county.adopt("disposition-known", "screening-rate")
        county.ledger.month(JULY, county.targets[0], sent=60, known=30)
        for domain in (NeedDomain.SAFETY, NeedDomain.ELDER_ABUSE):
            county.ledger.sent += [Sent(JULY, county.targets[1], domain=domain) for _ in range(15)]
        county.ledger.month(JULY, county.table.shelter, sent=15, known=15)
        for person in range(40):
            county.ledger.asked(f"p{person}", county.table.shelter, JULY)
        county.compute()
        assert whole("disposition-known") == {"sent": 60, "known": 30}
        assert not ReleasedFigure.objects.filter(who=str(county.table.shelter)).exists()
        assert whole("screening-rate") == {}
