"""What 42 CFR Part 2 sends along with a request, and where such a request never goes (DOMAIN 2-T3)."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils.formats import date_format
from django.utils.timezone import localtime

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.facts import assign
from commonweal.foundation.access.vocabulary import DataClass, Purpose, Role, Segment
from commonweal.foundation.messages.models import Outbound
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import Refused
from commonweal.people.actions import give_consent
from commonweal.referrals import access, actions
from commonweal.referrals.rules.reasons import Moment, reasons_for
from commonweal.referrals.vocabulary import OutcomeCode
from commonweal.screening.actions.needs import need_row
from commonweal.screening.vocabulary import Agreed, Urgency
from people.browsing import text
from people.cast import agree, draft_consent

from .world import CANARY, FOOD, World, browser, lay_world, token_of

NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
UNTIL = timedelta(days=120)


@pytest.fixture
def world(db: None) -> World:
    return lay_world()


@pytest.fixture
def staff(world: World) -> Actor:
    """Who works in the hospital's programme and is assigned to Teresa."""
    found = world.worker("alder-general", Role.PART2_STAFF, Purpose.TREAT)
    with acting(world.danielle):
        assert found.account_id is not None
        assign(world.teresa, found.account_id)
    return found


@pytest.fixture
def sending(world: World, staff: Actor) -> UUID:
    """A request that holds treatment records, asked of the pantry with the consent that this takes."""
    agree(world.table, "alder-general", "ferry-street", segments=("substance-use",), purposes=("TREAT",))
    draft = draft_consent(
        world.teresa,
        world.table["ferry-street"],
        segments=(Segment.SUBSTANCE_USE,),
        purposes=(Purpose.TREAT,),
        topics=(NeedDomain.FOOD,),
        ends_at=now() + UNTIL,
    )
    with acting(world.danielle) as by:
        give_consent(draft, by=by)
    with acting(staff):
        need = need_row(
            world.teresa,
            NeedDomain.FOOD,
            holder_id=world.table["alder-general"],
            agreed=Agreed.SPOKEN,
            urgency=Urgency.ROUTINE,
            by=staff,
        )
        need.segment, need.data_class = Segment.SUBSTANCE_USE.value, DataClass.D6.value
        need.save(force_insert=True)
        return actions.ask(need.pk, [world.services["ferry-street"]], by=staff, ask=FOOD)


def until() -> str:
    return date_format(localtime(now() + UNTIL), "DATE_FORMAT")


def test_notice_and_scope_stand_on_the_page_of_the_link(world: World, sending: UUID) -> None:
    page = text(Client().get(f"/r/{token_of(world)}/"))
    assert NOTICE in page
    assert "The person allows Alder General Hospital to give Ferry Street Pantry" in page
    assert f"until {until()}" in page
    assert "You may not pass them on." in page
    assert CANARY not in page, "before the yes nobody is named"


def test_an_everyday_request_carries_nothing(world: World) -> None:
    world.consent("ferry-street")
    world.ask()
    assert NOTICE not in text(Client().get(f"/r/{token_of(world)}/"))


def test_the_thread_says_with_what_it_went(world: World, staff: Actor, sending: UUID) -> None:
    referral = world.task(sending, by=staff).referral_id
    page = text(browser(world, staff).get(f"/referrals/{referral}/"))
    assert NOTICE in page
    assert "to give Ferry Street Pantry" in page
    assert until() in page


def test_no_list_and_no_export_holds_it(world: World, staff: Actor, sending: UUID) -> None:
    """So no file needs the notice: none of these records is ever in one."""
    world.consent("ferry-street")
    for actor in (world.marcus, world.danielle, staff.for_purpose(Purpose.COORD)):
        browsing = browser(world, actor)
        for which in ("sent", "asked", "working"):
            rows = browsing.get(f"/referrals/export/{which}.csv").content.decode().splitlines()
            assert len(rows) == 1, (actor.name, which)
            assert str(sending) not in text(browsing.get(f"/referrals/{which}/"))


# ── The answer ─────────────────────────────────────────────────────────────────────────────────────
POSTS = ("yes", "no", "full", "ask", "begin", "finish", "fail", "hold", "hand-on", "met")


def answer_url(world: World) -> str:
    return f"/r/{token_of(world)}/"


def test_the_page_of_the_link_says_to_call_and_asks_to_fill_in_nothing(world: World, sending: UUID) -> None:
    response = Client().get(answer_url(world))
    page = text(response)
    assert response.status_code == 200
    assert "Please answer by phone" in page
    assert "Call Worker of alder-general at Alder General Hospital" in page
    assert 'href="tel:555-0127"' in response.content.decode()
    assert "Only the program that keeps them may write in them" in page
    assert "Yes, we can help" not in page
    assert response.content.decode().count('name="act"') == 1, "nothing but: this is not for us"


def test_a_worker_who_signs_in_reads_the_same(world: World, sending: UUID) -> None:
    page = text(browser(world, world.marcus).get(f"/referrals/asked/{sending}/"))
    assert "Please answer by phone" in page
    assert "Yes, we can help" not in page


@pytest.mark.parametrize("act", POSTS)
def test_an_answer_by_link_or_account_is_refused_in_plain_words(
    world: World, staff: Actor, sending: UUID, act: str
) -> None:
    for browsing, url in (
        (Client(), answer_url(world)),
        (browser(world, world.marcus), f"/referrals/asked/{sending}/"),
    ):
        response = browsing.post(
            url, {"act": act, "why": "full", "q": "When?", "outcome": OutcomeCode.RECEIVED_FULL.value}
        )
        assert response.status_code == 422, act
        assert "Call the one who asks. They write down what you say." in text(response)
    task = world.task(sending, by=staff)
    assert (task.status, task.event_count) == ("requested", 2)


def test_the_program_writes_down_what_it_is_told_from_yes_to_the_end(
    world: World, staff: Actor, sending: UUID
) -> None:
    browsing = browser(world, staff)
    thread = f"/referrals/{world.task(sending, by=staff).referral_id}/"
    page = text(browsing.get(thread))
    assert "call you with their answer: only your program may write in these records." in page

    def tell(**post: str) -> None:
        assert browsing.post(f"{thread}{sending}/", post).status_code == 302, post

    tell(act="told-yes")
    shown = text(Client().get(answer_url(world)))
    assert "Tell by phone how it goes" in shown
    tell(act="told-begun")
    tell(act="told-end", outcome=OutcomeCode.RECEIVED_FULL.value)
    assert world.task(sending, by=staff).status == "completed"


def test_the_program_writes_down_that_it_could_not_be_done_after_all(
    world: World, staff: Actor, sending: UUID
) -> None:
    browsing = browser(world, staff)
    thread = f"/referrals/{world.task(sending, by=staff).referral_id}/"
    browsing.post(f"{thread}{sending}/", {"act": "told-yes"})
    assert "What happened?" in text(browsing.get(thread))
    why = reasons_for(Moment.FAIL)[0].code
    assert browsing.post(f"{thread}{sending}/", {"act": "told-fail", "why": why}).status_code == 302
    assert world.task(sending, by=staff).status == "failed"


def test_the_mail_does_not_promise_an_answer_on_the_page(world: World, sending: UUID) -> None:
    with acting(actions.program_of(world.table["alder-general"])):
        mail = Outbound.objects.get(to="desk@ferry-street.example.org")
    assert "The page says how: there, or by phone." in mail.text
    assert "two minutes" not in mail.text
    assert "Part 2" not in mail.text + mail.subject


def test_whoever_should_not_have_the_link_shuts_it_and_the_asker_is_told(
    world: World, staff: Actor, sending: UUID
) -> None:
    url = answer_url(world)
    assert Client().post(url, {"act": "not-us"}).status_code == 302
    assert Client().get(url).status_code == 404
    with acting(actions.program_of(world.table["alder-general"])):
        told = Outbound.objects.get(to="part2_staff@alder-general.example.org")
    assert told.subject == "A link reached the wrong reader"
    assert "Part 2" not in told.text


def test_before_it_is_sent_the_asker_reads_how_the_answer_comes(
    world: World, staff: Actor, sending: UUID
) -> None:
    need = world.task(sending, by=staff).need_id
    service = world.services["ferry-street"]
    page = text(browser(world, staff).get(f"/referrals/new/{need}/ask/?service={service}"))
    assert "They can’t answer in writing: only your program may write in these records." in page


def test_these_records_are_asked_of_one_service_at_a_time(world: World, staff: Actor, sending: UUID) -> None:
    need = world.task(sending, by=staff).need_id
    services = [world.services[slug] for slug in ("ferry-street", "northbank-rides")]
    with acting(staff), pytest.raises(Refused) as refused:
        actions.draft(need, services, by=staff, ask=FOOD)
    assert refused.value.verdict.rule == "referral.several.by-voice"


def test_only_treatment_records_and_counseling_notes_are_told_by_voice() -> None:
    told = {segment for segment in Segment if access.is_told_by_voice(segment)}
    assert told == {Segment.SUBSTANCE_USE, Segment.PSYCHOTHERAPY}
