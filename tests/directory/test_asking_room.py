"""Asking for room before anyone is sent: one link, nobody named, the answer with its date."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from directory_rows import NOW, MakeService
from django.test import Client

from commonweal.directory import facade
from commonweal.directory.models_search import CapacityReport, RoomQuestion
from commonweal.directory.queries.words import say
from commonweal.directory.rules.asking import read_pace
from commonweal.directory.vocabulary import Capacity, RoomAsked
from commonweal.foundation import bus
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts.models import Account
from commonweal.foundation.messages.events import Concerns, MessageFailed
from commonweal.foundation.messages.models import Outbound
from commonweal.kernel.clock import at
from commonweal.kernel.errors import Refused
from commonweal.kernel.ids import new_id
from commonweal.partners.models import Partner

pytestmark = pytest.mark.django_db


def partner(slug: str, **fields: Any) -> UUID:
    row = Partner.objects.create(
        name=slug.title(), slug=slug, sector="social-services", joined_on=NOW.date(), **fields
    )
    return UUID(str(row.pk))


@pytest.fixture
def hospital(db: None) -> UUID:
    return partner("alder-general")


def worker(hospital: UUID, name: str, language: str = "en") -> Actor:
    account = Account.objects.create(
        kind="staff", name=name, email=f"{name.lower()}@alder-general.example.org", language=language
    )
    return Actor(Role.COORDINATOR, Purpose.OPS, hospital, account.pk, name=name)


@pytest.fixture
def pantry(make: MakeService) -> UUID:
    return make("Weekly food box", organization="Ferry Street Pantry", email="hello@ferry-street.example")


def ask(service: UUID, by: Actor) -> RoomAsked:
    with acting(by):
        return facade.ask_room(service, by=by)


def mails(holder: UUID, template: str) -> list[Outbound]:
    with acting(Actor(Role.BACKEND_SERVICE, Purpose.COORD, holder)):
        return list(Outbound.objects.filter(template=f"directory/mail/{template}").order_by("to"))


def token(hospital: UUID) -> str:
    found = re.search(r"/directory/room/([\w-]{43})/", mails(hospital, "room")[-1].text)
    assert found
    return found.group(1)


def test_the_question_names_nobody(pantry: UUID, hospital: UUID) -> None:
    danielle = worker(hospital, "Danielle")
    assert ask(pantry, danielle) is RoomAsked.SENT
    (mail,) = mails(hospital, "room")
    assert mail.to == "hello@ferry-street.example"
    assert (mail.person_id, mail.recheck) == (None, None)
    for told in ("Danielle", "Alder-General", str(hospital), str(danielle.account_id)):
        assert told not in mail.text + mail.html + mail.subject
    assert re.search(r"[\w-]{43}", mail.subject) is None


@pytest.mark.parametrize(
    ("answer", "state", "words"),
    [
        ({"room": "open"}, Capacity.OPEN, "Taking new people"),
        (
            {"room": "waitlist", "waiting": "12", "until": "2026-12-08"},
            Capacity.WAITLIST,
            "Waiting list, 12 waiting, until about December 8",
        ),
        ({"room": "waitlist", "waiting": "3"}, Capacity.WAITLIST, "Waiting list, 3 waiting"),
        ({"room": "closed", "until": "2026-12-01"}, Capacity.CLOSED, "Full until about December 1"),
        (
            {"room": "later", "until": "2026-11-30"},
            Capacity.UNKNOWN,
            "They ask to be asked again on November 30",
        ),
    ],
)
def test_the_answer_without_an_account_stands_with_its_date_and_is_told(
    pantry: UUID, hospital: UUID, visitor: Client, answer: dict[str, str], state: Capacity, words: str
) -> None:
    danielle = worker(hospital, "Danielle")
    ask(pantry, danielle)
    link = f"/directory/room/{token(hospital)}/"
    page = visitor.get(link).content.decode()
    assert "No account needed" in page
    assert page.count("btn first") == 1
    said = visitor.post(link, answer)
    assert said.status_code == 200
    room = facade.capacity(pantry)
    assert (room.state, room.told_at, say(room.words)) == (state, NOW, words)
    (told,) = mails(hospital, "room_told")
    assert told.to == "danielle@alder-general.example.org"
    assert words in told.text
    assert "Ferry Street Pantry" in told.text
    assert CapacityReport.objects.get().told_by == "Ferry Street Pantry"


def test_the_asker_is_told_in_their_language(pantry: UUID, hospital: UUID, visitor: Client) -> None:
    ask(pantry, worker(hospital, "Ines", "es"))
    visitor.post(f"/directory/room/{token(hospital)}/", {"room": "closed"})
    (told,) = mails(hospital, "room_told")
    assert "Sin lugar por ahora" in told.text


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ({"room": "later"}, "Say on which day we shall ask again."),
        ({"room": "closed", "until": "2026-11-01"}, "This day has passed"),
        ({}, "required"),
    ],
)
def test_an_answer_that_says_too_little_is_asked_back(
    pantry: UUID, hospital: UUID, visitor: Client, answer: dict[str, str], problem: str
) -> None:
    ask(pantry, worker(hospital, "Danielle"))
    said = visitor.post(f"/directory/room/{token(hospital)}/", {**answer, "csrf": "x"})
    assert said.status_code == 400
    assert problem in said.content.decode()
    assert not CapacityReport.objects.exists()


def test_a_service_is_asked_once_in_some_days_and_all_who_asked_hear(
    pantry: UUID, hospital: UUID, visitor: Client
) -> None:
    danielle, priya = worker(hospital, "Danielle"), worker(hospital, "Priya")
    assert ask(pantry, danielle) is RoomAsked.SENT
    with at(NOW + timedelta(days=2)):
        assert ask(pantry, priya) is RoomAsked.JOINED
        assert ask(pantry, priya) is RoomAsked.JOINED
        assert len(mails(hospital, "room")) == 1
        visitor.post(f"/directory/room/{token(hospital)}/", {"room": "closed"})
    assert [m.to.split("@")[0] for m in mails(hospital, "room_told")] == ["danielle", "priya"]
    with at(NOW + timedelta(days=2, hours=1)):
        assert ask(pantry, priya) is RoomAsked.NOT_NOW  # they told it
    with at(NOW + timedelta(days=6)):
        assert ask(pantry, priya) is RoomAsked.SENT  # what they told is old by now


def test_the_day_that_they_named_is_kept(pantry: UUID, hospital: UUID, visitor: Client) -> None:
    danielle = worker(hospital, "Danielle")
    ask(pantry, danielle)
    visitor.post(f"/directory/room/{token(hospital)}/", {"room": "later", "until": "2026-12-04"})
    with at(NOW + timedelta(days=9)):
        assert ask(pantry, danielle) is RoomAsked.NOT_NOW
    with at(NOW + timedelta(days=11)):
        assert ask(pantry, danielle) is RoomAsked.SENT


def test_the_link_ends(pantry: UUID, hospital: UUID, visitor: Client) -> None:
    danielle = worker(hospital, "Danielle")
    ask(pantry, danielle)
    old = token(hospital)
    with at(NOW + timedelta(days=4)):
        ask(pantry, danielle)
    assert visitor.get(f"/directory/room/{old}/").status_code == 404
    assert visitor.get(f"/directory/room/{'x' * 43}/").status_code == 404


def test_strangers_and_the_service_itself_do_not_ask(make: MakeService, hospital: UUID) -> None:
    own = make("Ward", organization="Alder General", partner_id=hospital, email="a@b.example")
    other = make("Food box", email="c@d.example")
    with pytest.raises(Refused):
        ask(own, worker(hospital, "Danielle"))
    with pytest.raises(Refused):
        ask(other, Actor.public())
    with acting(Actor(Role.COORDINATOR, Purpose.OPS, hospital)):
        assert facade.room_asks([own]) == {}
    assert not RoomQuestion.objects.exists()


def test_without_an_address_one_has_to_call(make: MakeService, hospital: UUID) -> None:
    service = make("Food box")
    danielle = worker(hospital, "Danielle")
    assert ask(service, danielle) is RoomAsked.NO_ADDRESS
    with acting(danielle):
        found = facade.room_asks([service])[service]
    assert (found.can_ask, found.words and found.words.rule) == (False, "ask.no-address")


def test_a_partner_is_asked_at_its_own_address_in_its_language(make: MakeService, hospital: UUID) -> None:
    theirs = partner("casa-rio", email="hola@casa-rio.example", languages=["es"])
    service = make("Comida", organization="Casa Río", partner_id=theirs)
    ask(service, worker(hospital, "Danielle"))
    (mail,) = mails(hospital, "room")
    assert mail.to == "hola@casa-rio.example"
    assert "¿" in mail.subject


def test_a_question_that_did_not_arrive_is_told(pantry: UUID, hospital: UUID) -> None:
    danielle = worker(hospital, "Danielle")
    ask(pantry, danielle)
    question = RoomQuestion.objects.get()
    (mail,) = mails(hospital, "room")
    bus.publish(
        MessageFailed(mail.pk, hospital, "email", "refused: 550", Concerns("directory.room", question.pk))
    )
    (lost,) = mails(hospital, "room_lost")
    assert lost.to == "danielle@alder-general.example.org"
    with acting(danielle):
        found = facade.room_asks([pantry])[pantry]
    assert (found.can_ask, found.words and found.words.rule) == (False, "ask.lost")
    bus.publish(MessageFailed(new_id(), None, "email", "x", None))  # another's letter is none of ours


def test_signed_in_workers_ask_on_the_services_page(pantry: UUID, hospital: UUID, visitor: Client) -> None:
    from commonweal.foundation.accounts.models import Membership
    from commonweal.foundation.accounts.sessions import Factor
    from people.browsing import _signed_in

    page = f"/directory/services/{pantry}/"
    assert "Ask whether there is room" not in visitor.get(page).content.decode()
    danielle = worker(hospital, "Danielle")
    account = Account.objects.get(pk=danielle.account_id)
    Membership.objects.create(account=account, partner_id=hospital, role="coordinator")
    browser = _signed_in(account, Factor.PASSKEY)
    assert "Ask whether there is room" in browser.get(page).content.decode()
    answer = browser.post(f"{page}ask-room/", {"back": "https://evil.example/"})
    assert answer["Location"] == page
    after = browser.get(page).content.decode()
    assert "They are asked." in after
    assert "no answer yet" in after
    assert "Ask whether there is room" not in after
    assert visitor.post(f"{page}ask-room/").status_code in (302, 403)
    assert RoomQuestion.objects.count() == 1


def test_the_pace_is_read_from_a_file() -> None:
    shipped = "[room]\nagain_days=3\nlink_days=7\ntold_days=30\n"
    shipped += "[check]\ndue_days=120\nagain_days=30\nlink_days=30\n"
    pace = read_pace(shipped + "each_day=5\nat_once=9\n")
    assert (pace.room_again, pace.checks_each_day) == (timedelta(days=3), 5)
    with pytest.raises(KeyError):
        read_pace(shipped)
    with pytest.raises(ValueError, match="at least one day"):
        read_pace(shipped.replace("again_days=3\n", "again_days=0\n", 1) + "each_day=5\nat_once=9\n")
