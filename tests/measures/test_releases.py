"""Releasing what was counted: small counts held back, both engines, the command, the nightly job, targets."""

import random
from datetime import UTC, date, datetime
from importlib.util import find_spec
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from tests.measures.conftest import County
from tests.measures.counted import JULY, MONTHS, results, whole

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.kernel.errors import BadInput, Refused
from commonweal.measures import actions, facade
from commonweal.measures.models import ReleasedFigure
from commonweal.measures.rules.definitions import DEFINITIONS
from commonweal.measures.vocabulary import WHOLE, Grain


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
