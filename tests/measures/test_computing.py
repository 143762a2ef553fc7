"""Counting adopted measures: the worked cohort, the union, maturity, as-of, and what was said once."""

import random
from datetime import UTC, date, datetime, timedelta
from importlib.util import find_spec
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Model, QuerySet
from tests.measures.conftest import TODAY, County
from tests.measures.ledger import TOPICS, Sent

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import BadInput, Refused
from commonweal.measures import actions, facade
from commonweal.measures.models import Release, ReleasedFigure, Result
from commonweal.measures.queries import released as queries
from commonweal.measures.rules.definitions import DEFINITIONS
from commonweal.measures.shapes import HELD, Figure, Place
from commonweal.measures.vocabulary import WHOLE, Grain, Shown
from commonweal.referrals.vocabulary import Status
from commonweal.screening.vocabulary import Outcome

JULY = date(2026, 7, 1)
MONTHS = [date(2026, m, 1) for m in range(4, 10)]


def released(measure: str, place: Place) -> dict[str, Figure]:
    shape = queries.measure(measure, by_partner=True)
    assert shape is not None
    return dict(shape.released.figures.get(place, {}))


def results(county: County) -> "QuerySet[Result]":
    """What was counted, as the counting program reads it."""
    with acting(county.mei):
        rows = Result.objects.order_by("measure", "base", "grain", "starts_on", "who", "known_to")
        len(rows)
        return rows


def whole(measure: str, first: date = JULY, grain: Grain = Grain.MONTH) -> dict[str, int | None]:
    return {what: f.value for what, f in released(measure, Place(grain, first)).items()}


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


class TestReleases:
    def test_small_counts_are_nowhere_in_what_was_released(self, county: County) -> None:
        county.adopt(*(d.id for d in DEFINITIONS))
        county.ledger.history(random.Random(5), county.targets, MONTHS, 12)
        report = county.compute()
        assert report.shown
        assert report.held
        rows = ReleasedFigure.objects.exclude(what="median-days")
        assert not rows.filter(value__range=(1, 10)).exists()
        assert not rows.filter(state="held", value__isnull=False).exists()

    def test_the_database_takes_no_number_for_a_held_figure(self, county: County) -> None:
        county.adopt("disposition-known")
        county.ledger.month(JULY, county.targets[0], sent=60, known=30)
        county.compute()
        row = ReleasedFigure.objects.all()[0]
        with pytest.raises(DatabaseError), transaction.atomic():
            ReleasedFigure.objects.create(
                release_id=row.release_id, family="referral", grain="month", starts_on=date(2020, 1, 1),
                what="sent", state="held", value=7,
            )  # fmt: skip

    def test_a_quarter_is_not_released_against_its_months(self, county: County) -> None:
        """Q1 minus January and February (6-T8), released at three different times."""
        county.adopt("disposition-known")
        for first, sent in ((JULY, 40), (date(2026, 8, 1), 52), (date(2026, 9, 1), 6)):
            county.ledger.month(first, county.targets[0], sent=sent, known=sent // 2)
        for day in (date(2026, 9, 10), date(2026, 10, 10), date(2026, 11, 22)):
            county.compute(datetime(day.year, day.month, day.day, 15, tzinfo=UTC))
        assert whole("disposition-known")["sent"] == 40
        assert whole("disposition-known", date(2026, 8, 1))["sent"] == 52
        assert whole("disposition-known", date(2026, 9, 1))["sent"] is None
        assert whole("disposition-known", JULY, Grain.QUARTER)["sent"] is None

    def test_a_measure_adopted_later_is_protected_with_those_before(self, county: County) -> None:
        county.adopt("disposition-known")
        county.ledger.history(random.Random(6), county.targets, MONTHS, 15)
        county.compute()
        before = set(ReleasedFigure.objects.values_list("id", flat=True))
        county.adopt("need-met", "days-to-service")
        county.compute()
        assert whole("need-met")["sent"] == whole("disposition-known")["sent"]
        assert before < set(ReleasedFigure.objects.values_list("id", flat=True))
        assert not ReleasedFigure.objects.filter(value__range=(1, 10)).exclude(what="median-days").exists()

    def test_requests_that_nobody_took_are_in_the_whole_and_at_no_partner(self, county: County) -> None:
        county.adopt("disposition-known")
        county.ledger.month(JULY, county.targets[0], sent=60, known=30)
        county.ledger.month(JULY, None, sent=25)
        county.compute()
        assert whole("disposition-known")["sent"] == 85
        assert set(ReleasedFigure.objects.values_list("who", flat=True)) == {WHOLE, str(county.targets[0])}


class TestEngines:
    @pytest.mark.parametrize("engine", ["spark", "sqlite", ""])
    def test_an_engine_that_is_not_there_is_refused_in_words(self, county: County, engine: str) -> None:
        with pytest.raises(BadInput, match="use postgresql"):
            county.compute(engine=engine)

    @pytest.mark.skipif(find_spec("duckdb") is not None, reason="DuckDB is installed")
    def test_duckdb_is_refused_where_it_is_not_installed(self, county: County) -> None:
        with pytest.raises(BadInput, match="DuckDB is not installed here"):
            county.compute(engine="duckdb")

    def test_both_engines_find_the_same(self, county: County) -> None:
        pytest.importorskip("duckdb", reason="DuckDB is not installed")
        county.adopt(*(d.id for d in DEFINITIONS))
        county.ledger.history(random.Random(7), county.targets, MONTHS, 15)
        for person in range(200):
            county.ledger.asked(f"p{person % 150}", county.targets[person % 4], JULY)
        county.compute(period="2026-Q3", engine="duckdb")
        again = county.compute(period="2026-Q3")
        assert not again.not_released
        assert {row.engine for row in results(county)} == {"duckdb"}

    @pytest.mark.parametrize("period", ["2026", "July", "2026-Q5", "2026-00"])
    def test_a_period_that_is_none_is_refused_in_words(self, county: County, period: str) -> None:
        with pytest.raises(BadInput, match="neither a month like 2026-07 nor a quarter"):
            county.compute(period=period)


class TestCommand:
    SETUP = Actor(Role.OPERATOR, Purpose.ADMIN, name="Commonweal")

    def test_the_command_line_counts_and_says_what_it_did(self, county: County) -> None:
        county.adopt("disposition-known")
        county.ledger.month(JULY, county.targets[0], sent=60, known=30)
        report = actions.compute(period="2026-07", as_of="2026-09-30", by=self.SETUP)
        said = "\n".join(report.lines())
        assert "Released 2026-07 to 2026-07" in said
        assert "Not adopted, so not counted: need-met" in said
        assert report.exit_code == 0
        assert report.as_json()["periods"] == ["2026-07"]

    @pytest.mark.parametrize(
        ("as_of", "told"),
        [("2026-09-02", False), ("2026-09-03", True), ("2026-09-04T09:00", True)],
    )
    def test_a_day_means_its_end(self, county: County, as_of: str, told: bool) -> None:
        county.adopt("disposition-known")
        county.ledger.month(JULY, county.targets[0], sent=60, known=30)
        assert ("2026-07" in actions.compute(as_of=as_of, by=self.SETUP).periods) is told

    def test_a_moment_that_is_none_is_refused_in_words(self, county: County) -> None:
        with pytest.raises(BadInput, match="is not a moment like"):
            actions.compute(as_of="last week", by=self.SETUP)

    def test_changed_facts_give_an_exit_code_of_their_own(self, county: County) -> None:
        county.adopt("disposition-known")
        county.ledger.month(JULY, county.targets[0], sent=60, known=30)
        county.compute()
        county.ledger.sent.pop()
        report = county.compute(period="2026-07")
        assert report.exit_code == 3
        assert "Not released: 2026-07" in "\n".join(report.lines())


def test_the_nightly_job_counts_as_the_backbones_program(county: County) -> None:
    from commonweal.measures import tasks

    county.adopt("disposition-known")
    county.ledger.month(JULY, county.targets[0], sent=60, known=30)
    tasks.compute_adopted()
    assert whole("disposition-known") == {"sent": 60, "known": 30}


class TestTargets:
    def test_a_target_holds_while_its_mandate_does(self, county: County) -> None:
        from decimal import Decimal

        from commonweal.governance import actions as governance
        from commonweal.governance.vocabulary import Matter

        county.adopt("need-met")
        mandate = county.adopt("need-met", matter=Matter.TARGET)
        with acting(county.table.priya) as by:
            actions.set_target("need-met", Decimal("70"), date(2027, 3, 31), mandate_id=mandate, by=by)
            with pytest.raises(BadInput, match="a change takes a new decision"):
                actions.set_target("need-met", Decimal("60"), date(2027, 3, 31), mandate_id=mandate, by=by)
        shape = facade.measure("need-met")
        assert shape is not None
        assert shape.target is not None
        assert (shape.target.value, shape.target.due_on) == (70, date(2027, 3, 31))
        with acting(county.table.priya) as by:
            governance.withdraw(mandate, by=by, why="Too easy.")
        shape = facade.measure("need-met")
        assert shape is not None
        assert shape.target is None

    def test_only_the_record_keeper_writes_one_down(self, county: County) -> None:
        from decimal import Decimal

        with acting(county.table.danielle) as by, pytest.raises(Refused):
            actions.set_target("need-met", Decimal("70"), date(2027, 3, 31), mandate_id=uuid4(), by=by)

    @pytest.mark.parametrize(("measure", "value"), [("nothing", 50), ("need-met", 101)])
    def test_a_target_that_makes_no_sense_is_refused(self, county: County, measure: str, value: int) -> None:
        from decimal import Decimal

        with acting(county.table.priya) as by, pytest.raises(BadInput):
            actions.set_target(measure, Decimal(value), date(2027, 3, 31), mandate_id=uuid4(), by=by)
