"""A delegation on its pages: limits and what is left, deciding, reporting, reading; the nudges."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils.timezone import localdate
from tests.governance.decided import SETUP, bind, decide
from tests.governance.test_delegation import let, pay, shown
from tests.governance.test_web import browser
from tests.partners.table import Table

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.messages.models import Outbound
from commonweal.governance import facade, tasks
from commonweal.governance.actions import delegating
from commonweal.governance.models import Decision, Delegation, Initiative, ReportReading
from commonweal.governance.queries import reporting
from commonweal.kernel.clock import at, now
from commonweal.partners import actions as partners
from commonweal.partners import facade as table_of
from commonweal.partners.models import Body
from commonweal.partners.vocabulary import Authority


@pytest.fixture
def bound(table: Table) -> Table:
    """Under bylaws, with the pantry's Marcus on the body that delegates."""
    bind()
    with acting(SETUP):
        seat = partners.add_seat(Body.objects.get(slug="table").pk, by=SETUP, partner_id=table.pantry)
        (member,) = [m for m in table_of.members_of(table.pantry) if m.name == "Marcus Odom"]
        partners.fill_seat(seat, by=SETUP, member_id=member.id, authority=Authority.FULL)
    return table


def words_of(address: str, who: Actor | None = None) -> str:
    client = browser(who) if who else Client()
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return " ".join(answer.content.decode().split())


def page_of(given: UUID) -> str:
    return f"/decisions/delegations/{given}/"


def said(**more: str) -> dict[str, str]:
    return {
        "title": "Van on Tuesday",
        "words": "A van to the council.",
        "reason": "Four asked.",
        "amount": "120.50",
        "acted_on": localdate().isoformat(),
        **more,
    }


def test_anyone_reads_limits_uses_what_is_left_and_reports(bound: Table) -> None:
    assert "Nothing is decided alone here" in words_of("/decisions/delegations/")
    given = let()
    made = Decision.objects.get(pk=pay(given, bound.priya, 12_050)).number
    with acting(bound.priya):
        delegating.report(given, by=bound.priya, words="One van. Four people came.")
    page = words_of(page_of(given))
    for part in (
        "$379.50 of $500 is left",
        "at most $200",
        "$120.50",
        "Four asked.",
        "Used once",
        "Four people came",
    ):
        assert part in page
    assert "Nobody has read it for the table yet" in page
    assert "Decide something under it" not in page, "a stranger is offered no act"
    assert f"/decisions/{made}/" in page
    decided = words_of(f"/decisions/{made}/")
    assert "Alder Commons decided it alone" in decided
    assert "The table can end it by a decision" in decided
    assert "of 0" not in decided


def test_the_delegate_looks_first_and_then_decides(bound: Table) -> None:
    given = let()
    client = browser(bound.priya)
    looked = client.post(f"{page_of(given)}act/", said(step="look"))
    assert looked.status_code == 200
    page = " ".join(looked.content.decode().split())
    assert "It costs $120.50. After it, $379.50 is left." in page
    assert not Decision.objects.filter(delegation=given).exists(), "looking decides nothing"
    done = client.post(f"{page_of(given)}act/", said(step="decide"))
    assert done.status_code == 302
    assert shown(given).spent_cents == 12_050


def test_beyond_the_limit_the_page_says_what_is_left(bound: Table) -> None:
    given = let()
    answer = browser(bound.priya).post(f"{page_of(given)}act/", said(amount="200.01", step="decide"))
    assert answer.status_code == 422
    assert "at most $200" in answer.content.decode()
    assert shown(given).uses == 0


def test_an_initiative_begins_within_the_budget_and_its_page_names_the_delegation(bound: Table) -> None:
    given = let()
    client = browser(bound.priya)
    assert "Begin an initiative" in words_of(f"{page_of(given)}act/", bound.priya)
    form = said(
        **{"effect": "initiative.start", "effect-title": "Rides home", "effect-goal": "All get home",
           "effect-owner": str(bound.pantry), "step": "look"}
    )  # fmt: skip
    looked = client.post(f"{page_of(given)}act/?effect=initiative.start", form)
    assert "Ferry Street Pantry" in looked.content.decode()
    assert client.post(f"{page_of(given)}act/", {**form, "step": "decide"}).status_code == 302
    row = Initiative.objects.get()
    assert row.budget_cents == 12_050
    page = words_of("/decisions/initiatives/rides-home/")
    assert "Decided by Alder Commons under the table’s delegation" in page
    assert "$120.50" in page
    decide("mandate.withdraw", {"mandate": str(row.mandate_id), "why": "Not now."})
    assert "Nothing it allowed works any more" in words_of("/decisions/initiatives/rides-home/")
    assert "Withdrawn" in words_of("/decisions/initiatives/")


def test_only_the_delegate_opens_the_acts(bound: Table) -> None:
    given = let()
    for room in ("act", "report"):
        assert browser(bound.marcus).get(f"{page_of(given)}{room}/").status_code == 403
        assert browser(bound.priya).get(f"{page_of(given)}{room}/").status_code == 200
    decide("mandate.withdraw", {"mandate": str(shown(given).mandate_id), "why": "Enough."})
    assert browser(bound.priya).get(f"{page_of(given)}act/").status_code == 403
    assert "may not decide this alone any more" in words_of(page_of(given))


def test_the_report_is_written_on_a_page_and_read_for_the_table(bound: Table) -> None:
    given = let()
    priya, marcus = browser(bound.priya), browser(bound.marcus)
    assert priya.post(f"{page_of(given)}report/", {"words": ""}).status_code == 422
    assert priya.post(f"{page_of(given)}report/", {"words": "One van."}).status_code == 302
    report = shown(given).reports[0]
    read = f"/decisions/delegations/reports/{report.id}/"
    assert priya.post(read, {}).status_code == 403
    assert "We have read it" in words_of(page_of(given), bound.marcus)
    assert marcus.post(read, {"words": "Two vans next time."}).status_code == 302
    assert ReportReading.objects.get().recorded_by_name == "Marcus Odom"
    assert "Two vans next time." in words_of(page_of(given))
    assert marcus.post(read, {}).status_code == 302, "twice changes nothing"


def test_what_waits_stands_on_the_home_and_on_the_agenda(bound: Table) -> None:
    given = let(report_on=(localdate() + timedelta(days=9)).isoformat())
    assert [(w.is_to_write, w.is_overdue) for w in facade.reports_waiting(bound.priya)] == [(True, False)]
    assert facade.reports_waiting(bound.marcus) == []
    assert "You owe the table a report" in words_of("/", bound.priya)
    body = table_of.body_named("table")
    assert body is not None
    assert list(reporting.for_agenda(body)) == []
    with at(now() + timedelta(days=11)):
        (late,) = reporting.for_agenda(body)
        assert "was due on" in late.words
        assert facade.reports_waiting(bound.priya)[0].is_overdue
    with acting(bound.priya):
        delegating.report(given, by=bound.priya, words="One van.")
    (heard,) = reporting.for_agenda(body)
    assert "Alder Commons has reported" in heard.words
    assert [w.is_to_write for w in facade.reports_waiting(bound.marcus)] == [False]
    assert "read it for the table" in words_of("/", bound.marcus)


def letters() -> list[tuple[str, str]]:
    with acting(SETUP):
        return [(m.to, m.subject) for m in Outbound.objects.filter(template="governance/mail/report_due")]


def test_the_job_reminds_on_the_days_of_the_rule(bound: Table) -> None:
    let(report_on=(localdate() + timedelta(days=14)).isoformat())
    for day, total in ((0, 1), (1, 1), (11, 2), (14, 3), (15, 3), (21, 4)):
        with at(now() + timedelta(days=day)):
            tasks.remind_reports()
        assert len(letters()) == total, day
    due, overdue = "A report to the table is due", "A report to the table is overdue"
    assert sorted(letters()) == [("priya@example.org", due)] * 3 + [("priya@example.org", overdue)]


def test_what_ended_with_its_report_is_left_in_peace(bound: Table) -> None:
    given = let(report_on=(localdate() + timedelta(days=14)).isoformat())
    with acting(bound.priya):
        delegating.report(given, by=bound.priya, words="One van.")
    tasks.remind_reports()
    assert letters() == []
    assert Delegation.objects.count() == 1
