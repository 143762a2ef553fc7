"""When nobody answers, the first who can be told is told, and the thread says truly whom."""

from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from commonweal.foundation.access import acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts.models import Account, Membership
from commonweal.foundation.audit.queries import person_log
from commonweal.foundation.messages.models import Outbound
from commonweal.kernel.clock import at
from commonweal.partners.models import Partner
from commonweal.referrals import actions, facade
from commonweal.referrals.models import Task, TaskEvent
from commonweal.referrals.vocabulary import Event, Whom
from people.browsing import text

from .test_calendar import moment, run_at
from .world import CANARY, World, browser, herself


@pytest.fixture
def monday(world: World) -> UUID:
    world.consent("ferry-street")
    need = world.need()
    with at(moment("2027-03-01T09:00")), acting(world.danielle) as by:
        return actions.ask(need, [world.services["ferry-street"]], by=by)


def escalated(world: World, task_id: UUID) -> tuple[str, str, list[str]]:
    """What the thread says of whom was told, and who really got a mail."""
    run_at("2027-03-08T17:00")
    with acting(actions.program_of(world.table["alder-general"])):
        line = TaskEvent.objects.get(task_id=task_id, kind=Event.ESCALATED)
        mails = Outbound.objects.filter(template__contains="escalated").order_by("to")
        for mail in mails:
            for hidden in ("Teresa", CANARY, "0118"):
                assert hidden not in mail.subject + mail.text + mail.html
        return line.reason, line.words, [m.to for m in mails]


HOSPITAL, BACKBONE = "Alder General Hospital", "Alder Commons"
CHAIN = [
    # who works at the hospital besides Danielle, who asked; who is told
    ((Role.SUPERVISOR, Role.ORG_ADMIN), Whom.SUPERVISOR, HOSPITAL, "supervisor@alder-general.example.org"),
    ((Role.ORG_ADMIN,), Whom.ADMINISTRATOR, HOSPITAL, "org_admin@alder-general.example.org"),
    ((), Whom.BACKBONE, BACKBONE, "org_admin@alder-commons.example.org"),
]


@pytest.mark.parametrize(("roles", "whom", "partner", "address"), CHAIN)
def test_the_first_who_can_be_told_is_told(
    world: World, monday: UUID, roles: tuple[Role, ...], whom: Whom, partner: str, address: str
) -> None:
    for role in roles:
        world.worker("alder-general", role)
    world.worker("alder-commons", Role.ORG_ADMIN, Purpose.GOV)
    assert escalated(world, monday) == (whom, partner, [address])


def test_another_coordinator_is_told_where_nobody_supervises(world: World, monday: UUID) -> None:
    account = Account.objects.create(kind="staff", name="Another", email="another@alder-general.example.org")
    Membership.objects.create(
        account=account, partner_id=world.table["alder-general"], role=Role.COORDINATOR.value
    )
    found = escalated(world, monday)
    assert found == (Whom.COORDINATOR, HOSPITAL, ["another@alder-general.example.org"])


def test_the_backbone_hears_by_its_own_address_that_something_waits(world: World, monday: UUID) -> None:
    Partner.objects.filter(pk=world.table["alder-commons"]).update(email="desk@alder-commons.example.org")
    found = escalated(world, monday)
    assert found == (Whom.BACKBONE, BACKBONE, ["desk@alder-commons.example.org"])
    with acting(actions.program_of(world.table["alder-general"])):
        mail = Outbound.objects.get(template="referrals/mail/escalated-table")
    assert HOSPITAL in mail.text
    assert "/referrals/" not in mail.text


def test_where_nobody_could_be_told_every_page_says_so(world: World, monday: UUID) -> None:
    assert escalated(world, monday) == (Whom.NOBODY, "", [])
    page = text(browser(world, world.danielle).get(f"/referrals/{world.task(monday).referral_id}/"))
    assert "there was nobody to tell" in page
    assert "Told the coordinator" not in page
    with acting(herself(world.teresa)):
        log = [line.words for line in person_log(world.teresa)]
    assert "Found nobody to tell that nobody answers." in log


def test_the_thread_names_who_was_told(world: World, monday: UUID) -> None:
    world.worker("alder-general", Role.SUPERVISOR)
    escalated(world, monday)
    page = text(browser(world, world.danielle).get(f"/referrals/{world.task(monday).referral_id}/"))
    assert f"told who supervises at {HOSPITAL}" in page
    with acting(herself(world.teresa)):
        assert "Told a supervisor that nobody answers." in [line.words for line in person_log(world.teresa)]


# ── Homes ──────────────────────────────────────────────────────────────────────────────────────────
def test_late_requests_stand_on_the_homes_of_all_who_answer_for_them(world: World, monday: UUID) -> None:
    priya = world.worker("alder-commons", Role.ORG_ADMIN, Purpose.GOV, name="Priya Nair")
    admin = world.worker("alder-general", Role.ORG_ADMIN, Purpose.GOV)
    pantry = world.worker("ferry-street", Role.ORG_ADMIN, Purpose.GOV)
    with at(moment("2027-03-05T09:00")):
        for one in (world.danielle, world.worker("alder-general", Role.SUPERVISOR)):
            assert CANARY in text(browser(world, one).get("/"))
        for one in (priya, admin):
            page = text(browser(world, one).get("/"))
            assert "1 request is later than the table promised" in page
            assert CANARY not in page
            assert "Teresa" not in page
        assert "later than the table promised" not in text(browser(world, pantry).get("/"))


def test_only_administrators_count_in_the_facade_and_in_the_database(world: World, monday: UUID) -> None:
    with at(moment("2027-03-05T09:00")):
        for by in (world.danielle, world.marcus, herself(world.teresa)):
            with acting(by):
                assert not facade.waits(by)
                from commonweal.referrals.queries.table import waits

                with pytest.raises(DatabaseError), transaction.atomic():
                    waits(moment("2027-03-05T09:00"))
        priya = world.worker("alder-commons", Role.ORG_ADMIN, Purpose.GOV)
        with acting(priya):
            assert facade.waits(priya).late == 1
            assert not Task.objects.exists()
