"""Nobody finds out more than is theirs: strangers, other partners and wrong roles see absence."""

import re
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role, Segment
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import BadInput, Refused
from commonweal.referrals import actions, facade
from commonweal.referrals.models import PersonAnswer, Referral, Task, TaskEvent
from commonweal.referrals.queries import threads
from commonweal.referrals.shapes import Ask
from commonweal.referrals.vocabulary import Helped, Provenance, Status

from .world import CANARY, World, agree_one_way, browser, herself


@pytest.fixture
def sent(world: World) -> UUID:
    world.consent("ferry-street")
    return world.ask()


def bare(response: object) -> bytes:
    """A page without what names its own address or its form tokens."""
    body = re.sub(rb'next=[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"', b"", response.content)  # type: ignore[attr-defined]
    return re.sub(rb"[0-9a-f]{8}-[0-9a-f-]{27}|%[0-9A-F]{2}[^\"]*", b"", body)


def test_absent_hidden_and_anothers_look_alike_to_every_role_that_may_open_the_page(
    world: World, sent: UUID
) -> None:
    task = world.task(sent)
    for role in (Role.CASE_WORKER, Role.COORDINATOR, Role.SUPERVISOR, Role.CLINICIAN):
        client = browser(world, world.worker("northbank-rides", role))
        absent = client.get(f"/referrals/{uuid4()}/")
        hidden = client.get(f"/referrals/{task.referral_id}/")
        assert (absent.status_code, hidden.status_code) == (404, 404)
        assert bare(absent) == bare(hidden)
        absent = client.get(f"/referrals/asked/{uuid4()}/")
        hidden = client.get(f"/referrals/asked/{sent}/")
        assert (absent.status_code, hidden.status_code) == (404, 404)
        assert bare(absent) == bare(hidden)


def test_the_asked_service_does_not_open_the_askers_page_nor_the_asker_the_services(
    world: World, sent: UUID
) -> None:
    task = world.task(sent)
    assert browser(world, world.marcus).get(f"/referrals/{task.referral_id}/").status_code == 404
    assert browser(world, world.danielle).get(f"/referrals/asked/{sent}/").status_code == 404


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ORG_ADMIN, Role.MEMBER, Role.FINANCE_MAKER])
def test_roles_without_persons_open_no_list_and_no_request(world: World, sent: UUID, role: Role) -> None:
    client = browser(world, world.worker("alder-general", role))
    for path in ("/referrals/", "/referrals/asked/", "/referrals/working/", "/referrals/export/sent.csv"):
        assert client.get(path).status_code == 403, path
    page = client.get(f"/referrals/{world.task(sent).referral_id}/")
    assert page.status_code == 403
    assert CANARY not in page.content.decode()


def test_a_stranger_is_sent_to_sign_in_and_a_post_is_refused(world: World, sent: UUID) -> None:
    for path in ("/referrals/", "/referrals/gaps/", "/referrals/time/", f"/referrals/{uuid4()}/"):
        assert Client().get(path).status_code == 302
    task = world.task(sent)
    for path in (
        f"/referrals/{task.referral_id}/{sent}/",
        f"/referrals/my/{sent}/said/",
        f"/referrals/my/{sent}/stop/",
    ):
        assert Client().post(path, {"act": "mistake", "helped": "yes"}).status_code == 403
    assert world.task(sent).status == Status.REQUESTED


def test_a_person_sees_and_answers_only_their_own(world: World, sent: UUID) -> None:
    with acting(herself(world.teresa)):
        assert [t.id for t in facade.of_person(world.teresa)] == [sent]
    with acting(herself(world.harold)) as harold:
        assert facade.of_person(world.teresa) == []
        with pytest.raises(Exception, match="referral"):
            actions.record_answer(sent, Helped.YES, by=harold)


def test_a_coordinator_who_leads_sees_the_others_with_the_persons_yes_and_nobody_else_does(
    world: World, sent: UUID
) -> None:
    task = world.task(sent)
    ines = browser(world, world.ines)
    assert ines.get(f"/referrals/{task.referral_id}/").status_code == 404
    world.consent("millrace")
    page = ines.get(f"/referrals/{task.referral_id}/")
    assert page.status_code == 200
    assert "Take it back" not in page.content.decode()
    case_worker = browser(world, world.worker("millrace", Role.CASE_WORKER))
    assert case_worker.get(f"/referrals/{task.referral_id}/").status_code == 404


def test_the_database_itself_hides_every_table_from_a_partner_without_consent(
    world: World, sent: UUID
) -> None:
    with acting(world.danielle) as by:
        actions.record_answer(sent, Helped.NO, by=by, provenance=Provenance.PHONE)
    with acting(world.rides):
        for model in (Referral, Task, TaskEvent, PersonAnswer):
            assert not model.objects.exists(), model
        with pytest.raises(DatabaseError), transaction.atomic():
            TaskEvent(
                task_id=sent,
                seq=99,
                person_id=world.teresa,
                holder_id=world.table["alder-general"],
                topic=NeedDomain.FOOD.value,
                kind="accepted",
                status="accepted",
                via="account",
            ).save(force_insert=True)


# ── Specially protected ────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def safe(world: World) -> UUID:
    """A request to the safe house, for Teresa, who allows it: protected, one-way."""
    both = (Segment.DOMESTIC_VIOLENCE, Segment.GENERAL)
    agree_one_way(world.table, "alder-general", "safe-harbor", both, Purpose.TREAT)
    say = {"segments": (Segment.DOMESTIC_VIOLENCE, Segment.GENERAL), "purposes": (Purpose.TREAT,)}
    world.consent("safe-harbor", **say)
    need = world.need(domain=NeedDomain.HOUSING)
    with acting(world.danielle.for_purpose(Purpose.TREAT)) as by:
        return actions.ask(need, [world.services["safe-harbor"]], by=by, ask=Ask("A safe room"))


def test_a_request_to_a_safe_house_is_in_no_list_no_count_no_page_of_the_person(
    world: World, safe: UUID
) -> None:
    with acting(world.danielle):
        assert not Task.objects.filter(pk=safe).exists()
    with acting(world.danielle.for_purpose(Purpose.TREAT)):
        task = Task.objects.get(pk=safe)
        assert (task.segment, task.one_way) == ("domestic-violence", True)
        found = threads.referral_of_task(safe)
    with acting(herself(world.teresa)):
        assert facade.of_person(world.teresa) == []
        assert facade.answers_waiting(world.teresa) == []
    client = browser(world, world.danielle)
    listed = client.get("/referrals/?state=").content.decode()
    assert "safe-harbor" not in listed
    csv = client.get("/referrals/export/sent.csv").content.decode()
    assert "safe" not in csv
    assert found is not None
    assert client.get(f"/referrals/{found.id}/").status_code == 200  # by its own address, for treatment
    counter = Actor(Role.BACKEND_SERVICE, Purpose.OPS, world.table["alder-commons"])
    with acting(counter):
        year = (now().replace(year=now().year - 1), now().replace(year=now().year + 1))
        assert list(facade.facts(*year, now(), by=counter)) == []


def test_a_safe_house_answers_nothing_and_is_told_without_a_name_in_the_mail(
    world: World, safe: UUID
) -> None:
    from commonweal.foundation.messages.models import Outbound

    with acting(actions.program_of(world.table["alder-general"])):
        mail = Outbound.objects.get(to="desk@safe-harbor.example.org")
    assert mail.subject == "A request is waiting"
    assert "Alder General" not in mail.text
    token = re.search(r"/r/([\w-]{43})/", mail.text)
    assert token
    page = Client().get(f"/r/{token.group(1)}/").content.decode()
    assert "We ask nothing back" in page
    assert "Yes, we can help" not in page
    assert Client().post(f"/r/{token.group(1)}/", {"act": "yes"}).status_code == 422
    with acting(world.danielle.for_purpose(Purpose.TREAT)) as by:
        with pytest.raises(Refused):
            actions.remind(safe, by=by)
        assert Task.objects.get(pk=safe).look_at is None


def test_a_safe_house_is_never_asked_beside_others(world: World) -> None:
    need = world.need()
    with acting(world.danielle.for_purpose(Purpose.TREAT)) as by, pytest.raises(BadInput):
        actions.draft(need, [world.services["safe-harbor"], world.services["ferry-street"]], by=by)


def test_everyday_coordination_may_not_send_protected_requests(world: World) -> None:
    need = world.need(domain=NeedDomain.HOUSING)
    with acting(world.danielle) as by, pytest.raises(Refused) as refused:
        actions.draft(need, [world.services["safe-harbor"]], by=by)
    assert refused.value.verdict.rule == "referral.ask.purpose"
