"""The shared data dictionary: in force only by a decision; holders' words first; ranges point at nobody."""

import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from tests.foundation.accounts_tools import browser_of
from tests.governance.decided import bind, decide
from tests.measures.conftest import County
from tests.measures.ledger import TOPICS
from tests.partners.table import Table, lay_table, someone

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts.models import Account
from commonweal.governance.actions import effects
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.clock import now, today
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import BadInput, Refused
from commonweal.measures import actions
from commonweal.measures.models import Completeness, HolderNote
from commonweal.measures.queries import dictionary
from commonweal.measures.rules import elements
from commonweal.measures.rules.completeness import band, bands
from commonweal.measures.rules.definitions import DEFINITIONS
from commonweal.measures.shapes_data import OccasionRow, RequestRow
from commonweal.measures.vocabulary_data import Band


class TestRules:
    @pytest.mark.parametrize(
        ("has", "of", "found"),
        [
            (43, 43, Band.TOO_FEW),
            (44, 44, Band.MOST),
            (33, 44, Band.MOST),
            (32, 44, Band.MANY),
            (22, 44, Band.MANY),
            (21, 44, Band.SOME),
            (11, 44, Band.SOME),
            (10, 44, Band.FEW),
            (0, 44, Band.FEW),
            (0, 0, Band.TOO_FEW),
        ],
    )
    def test_a_range_is_a_quarter_wide_and_of_enough_rows(self, has: int, of: int, found: Band) -> None:
        assert band(has, of) is found

    def test_no_range_leaves_fewer_than_eleven_counts_possible(self) -> None:
        """Who knows how many rows there are, and the range, can still name eleven counts at least."""
        for of in range(44, 130):
            told: dict[Band, int] = {}
            for has in range(of + 1):
                told[band(has, of)] = told.get(band(has, of), 0) + 1
            assert min(told.values()) >= 11, of

    def test_help_that_began_is_asked_only_of_requests_that_were_accepted(self) -> None:
        row = RequestRow("a", NeedDomain.FOOD, True, True, True, True, True, True)
        refused = RequestRow("a", NeedDomain.FOOD, True, True, False, False, False, False)
        found = bands([row] * 44 + [refused] * 100, [OccasionRow("a", True, False)] * 50)
        assert found["a", "help-began-on"] is Band.MOST
        assert found["a", "request-accepted"] is Band.MOST
        assert found["a", "topics-asked"] is Band.FEW
        assert found["a", "screening-outcome"] is Band.MOST

    def test_every_measure_names_elements_that_there_are(self) -> None:
        for definition in DEFINITIONS:
            assert definition.elements
            assert all(elements.newest(one) for one in definition.elements), definition.id


@pytest.fixture
def table(db: None) -> Table:
    laid = lay_table()
    bind()
    return laid


def adopt(table: Table, element: str) -> None:
    decide("element.adopt", {"element": element, "steward": str(table.pantry)})


class TestInForce:
    def test_an_element_is_in_force_by_a_decision_and_ends_with_it(self, table: Table) -> None:
        assert _shape("need-met").mandate_id is None
        adopt(table, "need-met")
        shape = _shape("need-met")
        assert shape.mandate_id is not None
        assert shape.steward == "Ferry Street Pantry"
        decide("mandate.withdraw", {"mandate": str(shape.mandate_id), "why": "It means two things."})
        assert _shape("need-met").mandate_id is None

    def test_the_preview_shows_which_measures_a_change_touches(self, table: Table) -> None:
        params = effects.read("element.adopt", {"element": "need-met", "steward": str(table.pantry)})
        rows = {row.what for row in effects.preview("element.adopt", params).rows}
        assert "Help that met the need" in rows
        assert "People who were asked what they need" not in rows

    def test_nobody_defines_what_there_is_not(self, table: Table) -> None:
        with pytest.raises(BadInput):
            effects.read("element.adopt", {"element": "shoe-size", "steward": str(table.pantry)})
        with pytest.raises(BadInput):
            effects.read("element.adopt", {"element": "need-met", "steward": str(uuid4())})

    def test_the_version_that_was_voted_stays_in_force_when_a_newer_one_is_written(
        self, table: Table, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from dataclasses import replace

        adopt(table, "need-met")
        second = replace(elements.NEED_MET, version=2, meaning="Another meaning")
        monkeypatch.setattr(elements, "ELEMENTS", (*elements.ELEMENTS, second))
        assert _shape("need-met").element.version == 1
        adopt(table, "need-met")
        assert _shape("need-met").element.version == 2


def _shape(element: str) -> dictionary.ElementShape:
    found = dictionary.element(element)
    assert found is not None
    return found


class TestOwnWords:
    def test_a_holder_says_it_for_itself_and_the_newest_words_stand(self, table: Table) -> None:
        owen = someone(table.hospital, "Owen Pratt", Role.ORG_ADMIN)
        with acting(owen):
            actions.say_of_data(
                "need-met", by=owen, shows="Answers.", not_shown="The silent.", faults="Late."
            )
            newer = "Answers we wrote down."
            actions.say_of_data("need-met", by=owen, shows=newer, not_shown="The silent.")
            (words,) = dictionary.holder_words("need-met")
            assert words.shows == "Answers we wrote down."
            assert HolderNote.objects.count() == 2, "what was said before stays"

    def test_nobody_says_it_for_another(self, table: Table) -> None:
        with acting(table.marcus), pytest.raises(Refused):
            actions.say_of_data(
                "need-met", by=table.marcus, shows="x", not_shown="y", partner_id=table.hospital
            )

    def test_the_database_asks_whose_words_they_are(self, table: Table) -> None:
        with acting(table.marcus), pytest.raises(DatabaseError), transaction.atomic():
            HolderNote.objects.create(partner_id=table.hospital, element="need-met", shows="x", not_shown="y")

    def test_words_are_not_changed_afterwards(self, table: Table) -> None:
        with acting(table.marcus):
            actions.say_of_data("need-met", by=table.marcus, shows="x", not_shown="y")
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("update measures_holdernote set shows = 'z'")
                assert cursor.rowcount == 0

    def test_both_sides_are_said(self, table: Table) -> None:
        with acting(table.marcus), pytest.raises(BadInput):
            actions.say_of_data("need-met", by=table.marcus, shows="All of it", not_shown=" ")


class TestCapture:
    def test_ranges_by_partner_come_from_real_rows(self, county: County) -> None:
        for person in range(50):
            day = today() - timedelta(days=60)
            topics = TOPICS if person < 20 else frozenset({"food"})
            county.ledger.asked(f"p{person}", county.table.pantry, day, topics)
        actions.look_at_capture(by=county.mei)
        rows = {(r.partner_id, r.element): r.band for r in Completeness.objects.all()}
        assert rows[county.table.pantry, "topics-asked"] == "some"
        assert rows[county.table.pantry, "screening-outcome"] == "most"
        actions.look_at_capture(by=county.mei)
        assert Completeness.objects.count() == len(rows), "looking again replaces"

    def test_a_shelter_is_in_no_range(self, county: County) -> None:
        for person in range(50):
            county.ledger.asked(f"p{person}", county.table.shelter, today() - timedelta(days=60))
        actions.look_at_capture(by=county.mei)
        assert not Completeness.objects.filter(partner=county.table.shelter).exists()

    def test_only_the_counting_program_looks(self, table: Table) -> None:
        with pytest.raises(Refused):
            actions.look_at_capture(by=table.marcus)
        with acting(table.marcus), pytest.raises(DatabaseError), transaction.atomic():
            Completeness.objects.create(partner_id=table.pantry, element="x", band="most", as_of=now())


class TestPages:
    def test_anyone_reads_the_dictionary_and_takes_it_along(self, table: Table) -> None:
        adopt(table, "need-met")
        page = Client().get("/measures/dictionary/")
        assert "Whether the need is met" in page.content.decode()
        text = Client().get("/measures/dictionary.csv").content.decode()
        rows = {row["element"]: row for row in csv.DictReader(io.StringIO(text))}
        assert rows["need-met"]["adopted"] == "yes"
        assert rows["need-met"]["steward"] == "Ferry Street Pantry"
        assert rows["consent"]["adopted"] == "no"
        columns = Client().get("/measures/dictionary-columns.csv").content.decode()
        told = {row["column"] for row in csv.DictReader(io.StringIO(columns))}
        assert told == set(next(iter(rows.values())))

    def test_an_elements_page_says_holders_words_first_then_who_decided(self, table: Table) -> None:
        adopt(table, "need-met")
        with acting(table.marcus):
            actions.say_of_data("need-met", by=table.marcus, shows="What people say.", not_shown="Silence.")
        page = Client().get("/measures/dictionary/need-met/").content.decode()
        assert page.index("What people say.") < page.index("FHIR R4")
        assert "Decided by" in page
        assert Client().get("/measures/dictionary/shoe-size/").status_code == 404

    def test_ranges_by_partner_are_for_those_at_the_table(self, county: County) -> None:
        for person in range(50):
            county.ledger.asked(f"p{person}", county.table.pantry, today() - timedelta(days=60))
        actions.look_at_capture(by=county.mei)
        page = Client().get("/measures/dictionary/topics-asked/").content.decode()
        assert "three quarters" not in page
        county.adopt("measures-by-partner", matter=Matter.PUBLICATION)
        page = Client().get("/measures/dictionary/topics-asked/").content.decode()
        assert "three quarters" in page

    def test_an_analysis_is_asked_for_only_with_what_is_defined_together(self, table: Table) -> None:
        asks = browser_of(Account.objects.get(pk=table.marcus.account_id))
        page = asks.get("/measures/analyses/new/").content.decode()
        assert "Nothing is defined together yet" in page
        assert "Which holders are asked" not in page, "a form that cannot be sent is none"
        adopt(table, "need-met")
        page = asks.get("/measures/analyses/new/").content.decode()
        assert "Nothing is defined together yet" not in page
        assert "Which holders are asked" in page

    def test_a_measures_page_names_its_elements(self, table: Table) -> None:
        page = Client().get("/measures/need-met/").content.decode()
        assert "/measures/dictionary/need-met/" in page


def test_an_analyst_of_nobody_is_not_a_holder(table: Table) -> None:
    by = Actor(Role.ANALYST, Purpose.GOV, None, name="Nobody")
    with pytest.raises(Refused):
        actions.say_of_data("need-met", by=by, shows="x", not_shown="y")
