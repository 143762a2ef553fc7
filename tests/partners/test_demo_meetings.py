"""The demo's meetings: what was, what is on Thursday, and that it may be shown."""

import pytest
from django.test import Client

from commonweal.foundation.access import acting
from commonweal.foundation.accounts import installation
from commonweal.governance import demo as governance_demo
from commonweal.governance.demo.promises import seed as promise
from commonweal.governance.queries import promises
from commonweal.governance.vocabulary_promises import Stands
from commonweal.partners import demo, queries
from commonweal.partners.demo import meetings as seeding
from commonweal.partners.queries import meetings, pulse, work
from commonweal.partners.web.views_burden import window


@pytest.fixture
def county(db: None, settings) -> None:
    settings.DEMO = True
    with acting(demo.SETUP):
        installation.mark("demo", name="Alder County Health Table", time_zone="America/New_York")
    demo.seed()
    governance_demo.seed(demo.keeper())
    seeding.seed(demo.SETUP)
    promise(demo.SETUP)


def test_the_county_met_and_meets_on_thursday(county: None) -> None:
    table = queries.body_named("table")
    assert table is not None
    coming = meetings.to_come([table.id])
    assert [m.starts_at.weekday() for m in coming if m.starts_at] == [3]
    assert [i.title for i in meetings.items(coming[0])][1:3] == [
        "Housing: what the workgroup found",
        "14 people, no help with an electric bill. $9,400 would close it",
    ]
    past = meetings.before(coming[0])
    assert len(past) == 3
    assert len(meetings.lines(past[0].id)) == 7
    stands = promises.counted(promises.promises())
    assert stands == {
        Stands.KEPT: 2,
        Stands.UNDER_WAY: 1,
        Stands.LATE: 1,
        Stands.BROKEN: 1,
        Stands.WITHDRAWN: 1,
    }
    found = {a.words: a for a in work.of_bodies([table.id])}
    assert [a.state.value for a in found.values()] == ["done", "blocked", "open"] or len(found) == 3
    worth = pulse.worth_of(pulse.closed_pulses(window()))
    assert worth.whole is not None
    assert worth.whole.of >= 44
    hours, paid, count = pulse.hours_asked(window())
    assert (paid, count) == (True, 7)
    assert {h.side.value for h in hours if h.low is not None} >= {"health", "community", "residents"}
    assert pulse.shortfalls([table.id]), "St. Brigid comes without authority"
    for path in ("/table/", "/table/burden/", "/promises/", "/promises/power/", "/table/meetings/"):
        reply = Client().get(path)
        assert reply.status_code == 200, path
        assert "Loretta" not in reply.content.decode() or path == "/table/"
    assert "Agenda for Thursday" in Client().get("/table/").content.decode()
