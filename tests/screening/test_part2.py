"""What 42 CFR Part 2 sends along with another partner's answers (DOMAIN 2-T3)."""

import json
from datetime import timedelta

import pytest

from commonweal.foundation.access import acting
from commonweal.foundation.access.facts import assign
from commonweal.foundation.access.vocabulary import Purpose, Role, Segment
from commonweal.foundation.accounts.models import Account
from commonweal.kernel.clock import now
from commonweal.people import actions as people
from commonweal.screening import actions
from commonweal.screening.shapes import Given
from people.browsing import text, worker
from people.cast import Table, agree, draft_consent

from .cast import SETUP

NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
ALCOHOL = {
    "linkId": "alcohol",
    "type": "choice",
    "text": "How often do you drink?",
    "code": [{"system": "http://loinc.org", "code": "68517-2"}],
    "answerOption": [
        {"valueCoding": {"system": "urn:t", "code": c, "display": c}} for c in ("weekly", "never")
    ],
}


@pytest.fixture
def screening(stage, tmp_path):
    """The clinic's programme staff asked Teresa how often she drinks."""
    form = {"resourceType": "Questionnaire", "id": "drink", "title": "Drinking", "item": [ALCOHOL]}
    path = tmp_path / "drink.json"
    path.write_text(json.dumps(form), encoding="utf-8")
    with acting(SETUP):
        actions.load_instrument(path, by=SETUP)
    staff = stage.colleague(Role.PART2_STAFF, Purpose.TREAT)
    with acting(stage.ines):
        assign(stage.teresa, staff.account_id)
    with acting(staff):
        found = actions.start(stage.teresa, by=staff, instrument_key="drink")
        actions.finish(found, [Given("alcohol", codes=("weekly",))], by=staff)
    return found


@pytest.fixture
def table(stage) -> Table:
    return Table(stage.ids)


def yes(stage, recipient: str, *segments: Segment, purpose: Purpose) -> None:
    draft = draft_consent(
        stage.teresa,
        stage.ids[recipient],
        segments=segments,
        purposes=(purpose,),
        ends_at=now() + timedelta(days=120),
    )
    with acting(stage.ines):
        people.give_consent(draft, by=stage.ines)


def test_the_notice_and_this_consents_scope_stand_beside_anothers_answers(stage, table, screening):
    agree(table, "millrace", "ferry-street")
    agree(table, "millrace", "ferry-street", segments=("substance-use",), purposes=("TREAT",))
    yes(stage, "ferry-street", Segment.GENERAL, purpose=Purpose.COORD)
    browser = worker(table, "ferry-street", Role.CASE_WORKER)
    before = text(browser.get(f"/screenings/{screening}/"))
    assert "How often do you drink?" not in before
    assert NOTICE not in before, "where none of these records stand, nothing travels"
    yes(stage, "ferry-street", Segment.SUBSTANCE_USE, purpose=Purpose.TREAT)
    page = text(browser.get(f"/screenings/{screening}/"))
    assert "How often do you drink?" in page
    assert NOTICE in page
    assert "Teresa Aguilar allows Millrace Community Clinic to give Ferry Street Pantry" in page
    assert "42CFRPart2" in page
    assert "You may not pass them on." in page


def test_nothing_travels_where_nothing_leaves(stage, table, screening):
    browser = worker(table, "millrace", Role.PART2_STAFF)
    with acting(stage.ines):
        assign(stage.teresa, Account.objects.get(email__startswith="millrace-").pk)
    page = text(browser.get(f"/screenings/{screening}/"))
    assert "How often do you drink?" in page
    assert NOTICE not in page
