"""What governance tells on the pages of the table: who may bind, what to mend, what a seat votes on."""

import pytest
from django.test import Client
from tests.scenarios.play import DAY, ONE, lay, put, vote

from commonweal.foundation.access import acting
from commonweal.foundation.accounts import installation
from commonweal.governance.web import at_table
from commonweal.kernel.clock import at
from commonweal.partners import actions as partners
from commonweal.partners import facade
from commonweal.site.demo.charter_table import SETUP

pytestmark = pytest.mark.django_db
GROUP = "access-to-care"


def test_a_body_short_of_a_co_lead_is_told_on_the_page_what_to_mend(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(installation, "refuse_mixed", lambda: None)
    laid = lay("north-carolina")
    body = facade.body_named(GROUP)
    with at(DAY):
        assert at_table.standings([body.id], DAY.date())[body.id].short == "Can decide"
    with acting(SETUP), at(DAY):
        seat = laid.seat_of(GROUP, "faith-bridge")
        partners.vacate_seat(seat.id, by=SETUP, why="Found other work", ended_on=DAY.date())
    with at(DAY + 10 * ONE):
        told = at_table.standings([body.id], (DAY + 10 * ONE).date())[body.id]
        assert (told.may_bind, told.state, told.cure_by) == (True, "is-late", (DAY + 60 * ONE).date())
    late = DAY + 60 * ONE
    with at(late):
        told = at_table.standings([body.id], late.date())[body.id]
        assert (told.may_bind, told.state, told.short) == (False, "is-no", "Needs a co-lead")
        assert "2 of 3 co-leads" in told.words
        assert told.article
        page = Client().get("/table/").content.decode()
    assert "Needs a co-lead" in page
    assert "Find a co-lead from a sector that leads nothing here yet." in page


def test_the_pack_of_a_seat_names_the_decision_in_which_it_had_a_vote() -> None:
    laid = lay("north-carolina")
    question = put(laid)
    says = dict.fromkeys(("piney-health", "tar-river-homes", "foothill-plan"), "yes")
    vote(laid, question, says, body=GROUP)
    seat, body = laid.seat_of(GROUP, "piney-health"), facade.body_named(GROUP)
    with at(DAY + 30 * ONE):
        items = list(at_table.in_pack(facade.seat(seat.id), body))
    assert [item.part for item in items] == ["decision"]
    assert items[0].url.startswith("/decisions/")
