"""C01, C02, C05: what leaves as a file is read again at that moment, and holds nothing that was withdrawn."""

import csv
import io
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from tests.security.county import ASKED, CANARY, PROBER, County

from commonweal.exchange.hsds import export
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Role
from commonweal.kernel.domains import NeedDomain
from commonweal.people import actions as people
from commonweal.people.vocabulary import How
from commonweal.referrals import actions as referrals
from commonweal.referrals.models import Task
from commonweal.referrals.shapes import Ask
from commonweal.referrals.web import lists
from commonweal.screening import actions as screening

LISTS = (
    "/referrals/export/asked.csv",
    "/referrals/export/working.csv",
    "/referrals/asked/",
    "/referrals/working/",
)
NAME = f"{CANARY['alder-general']}given"


@pytest.fixture(scope="module")
def helper(county: County):
    return county.browser(Role.CASE_WORKER, ASKED)


@pytest.fixture(autouse=True)
def undone(county: County, helper: object) -> Iterator[None]:
    county.browser(Role.CASE_WORKER, PROBER)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def working(county: County) -> None:
    """The pantry has said yes to a new request for the hospital's person."""
    by, served = county.actor("alder-general"), county.actor(ASKED, Role.CASE_WORKER)
    with acting(by):
        need = screening.raise_need(county.persons["alder-general"], NeedDomain.MATERIAL, by=by)
        service = Task.objects.exclude(service_id=None).values_list("service_id", flat=True)[0]
        task = referrals.ask(need, [service], by=by, ask=Ask("A winter coat", "", "en", 1, ""))
    with acting(served):
        referrals.accept(task, by=served)


def stop(county: County) -> None:
    by = county.actor("alder-general")
    with acting(by):
        people.withdraw_consent(
            county.persons["alder-general"],
            county.ids["alder-general"]["consent_id"],
            by=by,
            how=How.BY_PHONE,
        )


def rows(response: HttpResponse) -> list[list[str]]:
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(response.content.decode())))[1:]


def test_before_and_after_she_stops(county: County, helper, working: None) -> None:
    """The same files once more: as if there had never been a request."""
    before = {path: helper.get(path) for path in LISTS}
    assert [row[0] for row in rows(before[LISTS[1]])] == [NAME]
    stop(county)
    for path in LISTS:
        page = helper.get(path)
        assert CANARY["alder-general"].casefold() not in page.content.decode().casefold(), path
        assert page.headers["Cache-Control"] == "no-store"
    assert rows(helper.get(LISTS[1])) == []
    with acting(county.actor(ASKED, Role.CASE_WORKER)):
        left = Task.objects.values_list("holder_id", flat=True)
        assert set(left) == {county.table["millrace"]}
    assert 0 < len(rows(helper.get(LISTS[0]))) <= len(left) < len(rows(before[LISTS[0]]))


def test_she_stops_while_the_file_is_written(
    county: County, helper, working: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the reading of the rows and the reading of the names: no name leaves any more."""
    names = lists._names

    def stopped_meanwhile(*args: object) -> object:
        kept = connection.cursor()
        kept.execute("select current_setting('commonweal.ctx')")
        (context,) = kept.fetchone()
        stop(county)
        kept.execute("select set_config('commonweal.ctx', %s, true)", [context])
        return names(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(lists, "_names", stopped_meanwhile)
    assert [row[0] for row in rows(helper.get(LISTS[1]))] in ([], [""])


def test_a_file_holds_the_columns_that_it_names_and_nothing_else(county: County, helper) -> None:
    """I09: a new column is seen here first."""
    heads = {
        "asked": "need,asked by,service,sent,answer due,status,reason,began,ended",
        "working": "first name,need,asked by,service,sent,status,began",
        "sent": "name,need,asked,service,sent,answer due,status,reason,began,ended,said",
    }
    for which, head in heads.items():
        first = helper.get(f"/referrals/export/{which}.csv").content.decode().splitlines()[0]
        assert first == head


def test_a_partner_that_nobody_named_gets_empty_files(county: County) -> None:
    stranger = county.browser(Role.CASE_WORKER, PROBER)
    for which in ("asked", "working", "sent"):
        assert rows(stranger.get(f"/referrals/export/{which}.csv")) == []


def test_the_public_directory_leaves_without_persons(county: County, tmp_path) -> None:
    """A11, D09: the HSDS export is made as anyone, and every byte of it is read here."""
    folder = tmp_path / "hsds"
    with acting(Actor.public()) as anyone:
        export.write(folder, anyone)
    said = "".join(
        file.read_bytes().decode("utf-8", "replace") for file in tmp_path.rglob("*") if file.is_file()
    )
    assert "Service alder-general" in said
    assert [canary for canary in CANARY.values() if canary.casefold() in said.casefold()] == []
