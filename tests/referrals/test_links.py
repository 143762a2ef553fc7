"""A service with an e-mail address and nothing else does it all from one link on a phone."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils.html import escape

from commonweal.directory import facade as directory
from commonweal.foundation.access import acting
from commonweal.foundation.links.models import SignedLink
from commonweal.foundation.messages.models import Outbound
from commonweal.foundation.messages.tasks import settle_message
from commonweal.kernel.clock import now
from commonweal.people import actions as people_actions
from commonweal.people.vocabulary import How as ConsentHow
from commonweal.referrals import actions
from commonweal.referrals.models import PersonAnswer, Task, TaskEvent
from commonweal.referrals.vocabulary import Helped, OutcomeCode, Provenance, Status

from .world import CANARY, World, herself, token_of


@pytest.fixture
def sent(world: World) -> UUID:
    world.consent("ferry-street")
    return world.ask()


def press(client: Client, token: str, act: str, **fields: str):
    """Open the page, then send its form as a browser would."""
    page = client.get(f"/r/{token}/")
    intent = re.search(rb'name="intent" value="([^"]+)"', page.content)
    assert intent is not None
    return client.post(f"/r/{token}/", {"act": act, "intent": intent.group(1).decode(), **fields})


def test_the_page_asks_with_the_least_and_names_nobody(world: World, sent: UUID) -> None:
    page = Client().get(f"/r/{token_of(world)}/").content.decode()
    assert "Can you help a family of three with food?" in page
    assert "Food boxes and baby formula, weekly" in page
    assert "Danielle Whitfield" in page
    for hidden in ("Teresa", CANARY, "555-0118", "0118", "1961", "mornings", str(world.teresa)):
        assert hidden not in page


def test_it_speaks_spanish(world: World, sent: UUID) -> None:
    page = Client(headers={"accept-language": "es"}).get(f"/r/{token_of(world)}/").content.decode()
    assert "¿Puede ayudar con comida a una familia de tres?" in page
    assert "Sí, podemos ayudar" in page


def test_yes_shows_first_name_phone_and_best_time_and_the_person_sees_that(world: World, sent: UUID) -> None:
    from commonweal.foundation.audit.queries import person_log

    client, token = Client(), token_of(world)
    assert press(client, token, "yes").status_code == 302
    page = client.get(f"/r/{token}/").content.decode()
    for shown in ("Teresa", "mornings", "0118"):
        assert shown in page
    for hidden in (CANARY, "1961", "97701"):
        assert hidden not in page
    with acting(herself(world.teresa)):
        read = [
            line for line in person_log(world.teresa) if line.kind == "read" and "first name" in line.words
        ]
    assert [line.who for line in read] == ["Ferry Street Pantry"]


def test_the_whole_work_from_the_link(world: World, sent: UUID) -> None:
    client = Client()
    press(client, token_of(world), "yes")
    work = token_of(world)
    press(client, work, "begin")
    assert world.task(sent).status == Status.IN_PROGRESS
    press(client, work, "hold", why="waits-for-supplies")
    press(client, work, "begin")
    press(client, work, "finish", outcome="service-received-full")
    task = world.task(sent)
    assert (task.status, task.outcome) == (Status.COMPLETED, OutcomeCode.RECEIVED_FULL)
    page = client.get(f"/r/{work}/").content.decode()
    assert "Teresa" not in page
    assert "Thank you for your answer" in page


def test_a_no_a_full_and_a_question(world: World, sent: UUID) -> None:
    client, token = Client(), token_of(world)
    press(client, token, "ask", q="How many boxes?")
    with acting(world.danielle) as by:
        actions.reply(sent, "Two each week.", by=by)
    fresh = token_of(world)
    assert fresh != token
    assert "Two each week." in client.get(f"/r/{fresh}/").content.decode()
    press(client, fresh, "full", until="1w")
    assert world.task(sent).status == Status.REJECTED
    assert directory.capacity(world.services["ferry-street"]).state == "closed"


def test_a_form_without_its_reason_comes_back_with_what_to_do_and_loses_nothing(
    world: World, sent: UUID
) -> None:
    client, token = Client(), token_of(world)
    page = press(client, token, "no", words="No diesel for the van")
    assert page.status_code == 422
    assert "Please choose what stands in the way." in page.content.decode()
    assert "No diesel for the van" in page.content.decode()
    page = press(client, token, "ask", q="Is she undocumented?")
    assert page.status_code == 422
    assert escape("These words tell about immigration.") in page.content.decode()
    assert world.task(sent).status == Status.REQUESTED


def test_a_double_click_answers_once(world: World, sent: UUID) -> None:
    client, token = Client(), token_of(world)
    page = client.get(f"/r/{token}/").content.decode()
    intent = re.search(r'name="intent" value="([^"]+)"', page)
    assert intent
    for _ in range(2):
        assert client.post(f"/r/{token}/", {"act": "yes", "intent": intent.group(1)}).status_code == 302
    with acting(world.danielle):
        assert TaskEvent.objects.filter(task_id=sent, kind="accepted").count() == 1


def test_wrong_expired_and_closed_links_give_one_and_the_same_page(world: World, sent: UUID) -> None:
    token = token_of(world)
    unknown = Client().get("/r/" + "x" * 43 + "/")
    SignedLink.objects.filter(subject_id=sent).update(expires_at=now())
    expired = Client().get(f"/r/{token}/")
    SignedLink.objects.filter(subject_id=sent).update(closed_at=now())
    closed = Client().get(f"/r/{token}/")
    assert {r.status_code for r in (unknown, expired, closed)} == {404}
    strip = re.compile(rb"%2Fr%2F[^\"&]+|csrfmiddlewaretoken\" value=\"[^\"]+")
    assert len({strip.sub(b"", r.content) for r in (unknown, expired, closed)}) == 1


def fresh(token: str) -> tuple[int, bytes]:
    """Press the button of the page that says that a link ran out."""
    page = Client().post(f"/r/{token}/", {"act": "fresh"})
    return page.status_code, re.sub(rb"%2Fr%2F[^\"&]+", b"", page.content)


def lapse(task_id: UUID) -> None:
    """All links of a sending ran out, and none was issued just now."""
    past = now() - timedelta(days=1)
    SignedLink.objects.filter(subject_id=task_id).update(issued_at=past, expires_at=past)


def test_who_comes_with_a_link_that_ran_out_gets_a_fresh_one_by_mail(world: World, sent: UUID) -> None:
    client = Client()
    press(client, token_of(world), "yes")
    press(client, token_of(world), "begin")
    old = token_of(world)
    lapse(sent)
    page = client.get(f"/r/{old}/")
    assert page.status_code == 404
    assert "Send a fresh link" in page.content.decode()
    known = fresh(old)
    assert b"is on its way" in known[1]
    new = token_of(world)
    assert new != old
    assert "We began" not in known[1].decode()
    assert client.get(f"/r/{new}/").status_code == 200
    press(client, new, "finish", outcome="service-received-full")
    assert world.task(sent).status == Status.COMPLETED
    assert fresh("x" * 43) == known


def test_the_button_sends_once_an_hour_and_nothing_where_a_link_was_closed(world: World, sent: UUID) -> None:
    token = token_of(world)
    lapse(sent)

    def mails() -> int:
        with acting(actions.program_of(world.table["alder-general"])):
            return Outbound.objects.filter(template="referrals/mail/reminder").count()

    fresh(token)
    fresh(token)
    assert mails() == 1
    press(Client(), token_of(world), "not-us")
    lapse(sent)
    fresh(token)
    assert mails() == 1


def test_an_old_link_brings_nothing_after_the_person_stopped(world: World) -> None:
    consent = world.consent("ferry-street")
    task_id = world.ask()
    token = token_of(world)
    with acting(world.danielle) as by:
        people_actions.withdraw_consent(world.teresa, consent, by=by, how=ConsentHow.BY_PHONE)
    SignedLink.objects.update(closed_at=None)
    lapse(task_id)
    fresh(token)
    with acting(actions.program_of(world.table["alder-general"])):
        assert not Outbound.objects.filter(
            template__in=("referrals/mail/reminder", "referrals/mail/fresh")
        ).exists()


def test_each_report_by_the_link_brings_a_fresh_one(world: World, sent: UUID) -> None:
    client = Client()
    press(client, token_of(world), "yes")
    work = token_of(world)
    press(client, work, "begin")
    begun = token_of(world)
    assert begun != work
    assert press(client, begun, "go-on").status_code == 302
    assert token_of(world) != begun
    press(client, begun, "hold", why="waits-for-supplies")
    assert "It still has to wait" in client.get(f"/r/{token_of(world)}/").content.decode()


def test_after_the_person_stops_the_next_look_is_refused_and_queued_mail_is_dropped(world: World) -> None:
    consent = world.consent("ferry-street")
    world.ask()
    token = token_of(world)
    # The link itself is put back, to show that the rows are shut and not only the door.
    with acting(world.danielle) as by:
        people_actions.withdraw_consent(world.teresa, consent, by=by, how=ConsentHow.BY_PHONE)
    assert Client().get(f"/r/{token}/").status_code == 404
    SignedLink.objects.update(closed_at=None)
    page = Client().get(f"/r/{token}/")
    assert page.status_code == 410
    assert "Nothing more is shown." in page.content.decode()
    assert "Food boxes" not in page.content.decode()
    assert Client().post(f"/r/{token}/", {"act": "yes"}).status_code == 410


def test_not_them_closes_the_link_and_tells_the_asker(world: World, sent: UUID) -> None:
    client, token = Client(), token_of(world)
    press(client, token, "not-us")
    assert client.get(f"/r/{token}/").status_code == 404
    assert (world.task(sent).status, world.task(sent).reason) == (Status.CANCELLED, "wrong-reader")
    with acting(actions.program_of(world.table["alder-general"])):
        assert Outbound.objects.filter(template="referrals/mail/answer").exists()


def test_the_second_service_hears_kindly_that_another_was_first(world: World) -> None:
    world.consent("ferry-street", "northbank-rides")
    task_id = world.ask("ferry-street", "northbank-rides")
    with acting(actions.program_of(world.table["alder-general"])):
        mails = {m.to: m.text for m in Outbound.objects.filter(template="referrals/mail/asked")}
    tokens = {to: re.search(r"/r/([\w-]{43})/", text).group(1) for to, text in mails.items()}
    assert len(tokens) == 2
    press(Client(), tokens["desk@ferry-street.example.org"], "yes")
    page = Client().get(f"/r/{tokens['desk@northbank-rides.example.org']}/").content.decode()
    assert "Another service was first" in page
    assert "Food boxes" not in page
    assert world.task(task_id).owner_id == world.table["ferry-street"]


def test_mails_tell_that_something_waits_and_nothing_else(
    world: World, sent: UUID, caplog: pytest.LogCaptureFixture
) -> None:
    client = Client()
    press(client, token_of(world), "ask", q="How many boxes?")
    press(client, token_of(world), "yes")
    press(client, token_of(world), "fail", why="no-one-reached")
    with acting(actions.program_of(world.table["alder-general"])):
        mails = list(Outbound.objects.all())
    assert {m.subject for m in mails} >= {
        "A request from Alder General Hospital is waiting",
        "An answer came in",
    }
    for mail in mails:
        whole = mail.subject + mail.text + mail.html
        for hidden in ("Teresa", CANARY, "0118", "ood", "family", str(world.teresa), "boxes"):
            assert hidden not in whole, (mail.template, hidden)
    for hidden in ("Teresa", CANARY, "0118"):
        assert hidden not in caplog.text


# ── The person's own link ──────────────────────────────────────────────────────────────────────────
def _said_token(world: World) -> str:
    with acting(actions.program_of(world.table["alder-general"])) as program:
        text = Outbound.objects.get(channel="sms").text
        assert program
    return re.search(r"/r/said/([\w-]{43})/", text).group(1)


def test_the_person_answers_by_the_text_without_signing_in(world: World, sent: UUID) -> None:
    with acting(world.marcus) as marcus:
        actions.accept(sent, by=marcus)
        actions.complete(sent, OutcomeCode.RECEIVED_FULL, by=marcus)
    program = actions.program_of(world.table["alder-general"])
    with acting(program):
        actions.ask_person(sent, by=program)
    token = _said_token(world)
    page = Client(headers={"accept-language": "es"}).get(f"/r/said/{token}/").content.decode()
    assert "¿Le llegó la ayuda con comida" in page
    for hidden in ("Teresa", CANARY, "Ferry Street", "Danielle"):
        assert hidden not in page
    done = Client().post(f"/r/said/{token}/", {"helped": "some", "words": "Pesan mucho."})
    assert done.status_code == 200
    with acting(world.danielle):
        kept = PersonAnswer.objects.get()
    assert (kept.helped, kept.provenance, kept.words) == (Helped.SOME, Provenance.SMS, "Pesan mucho.")
    assert Client().get("/r/said/" + "y" * 43 + "/").status_code == 404


# ── Queued mail (SECURITY C03) ─────────────────────────────────────────────────────────────────────
def settle_all(world: World) -> dict[str, str]:
    """Let the job settle every waiting mail; its template and what became of it."""
    holder = world.table["alder-general"]
    with acting(actions.program_of(holder)):
        waiting = [(m.id, m.template) for m in Outbound.objects.filter(state="waiting")]
    for message_id, _template in waiting:
        settle_message(str(message_id), str(holder))
    with acting(actions.program_of(holder)):
        states = dict(Outbound.objects.values_list("id", "state"))
    return {template: states[message_id] for message_id, template in waiting}


def test_a_queued_mail_is_judged_again_when_it_leaves(world: World, mailoutbox: list) -> None:
    consent = world.consent("ferry-street")
    world.ask()
    assert settle_all(world) == {"referrals/mail/asked": "sent"}
    assert [m.to for m in mailoutbox] == [["desk@ferry-street.example.org"]]
    with acting(world.danielle) as by:
        task_id = Task.objects.get().pk
        actions.remind(task_id, by=by)
        people_actions.withdraw_consent(world.teresa, consent, by=by, how=ConsentHow.BY_PHONE)
    settled = settle_all(world)
    assert settled["referrals/mail/reminder"] == "dropped"
    assert [m.to for m in mailoutbox if "desk@" in m.to[0]] == [["desk@ferry-street.example.org"]]
