"""A letter that never arrived is told to whoever asked: in the thread and on their home."""

import pytest

from commonweal.foundation import bus
from commonweal.foundation.access import acting
from commonweal.foundation.messages.events import Concerns, MessageFailed
from commonweal.foundation.messages.models import Outbound
from commonweal.foundation.messages.tasks import settle_message
from commonweal.kernel.ids import new_id
from commonweal.referrals import actions
from commonweal.referrals.models import TaskEvent
from people.browsing import text
from referrals.world import World, browser, lay_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return lay_world()


def test_the_asker_is_told_that_the_letter_did_not_arrive(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from smtplib import SMTPRecipientsRefused

    from django.core.mail import EmailMultiAlternatives

    def refuse(mail: EmailMultiAlternatives) -> None:
        raise SMTPRecipientsRefused({mail.to[0]: (550, b"No such user")})

    world.consent("ferry-street")
    task_id = world.ask()
    monkeypatch.setattr(EmailMultiAlternatives, "send", refuse)
    holder = world.table["alder-general"]
    with acting(actions.program_of(holder)):
        mail = Outbound.objects.get(template="referrals/mail/asked").pk
    settle_message(str(mail), str(holder))
    with acting(world.danielle):
        line = TaskEvent.objects.get(task_id=task_id, kind="not-delivered")
    assert line.status == "requested"  # the request still stands: call
    task = world.task(task_id)
    danielle = browser(world, world.danielle)
    for page in (f"/referrals/{task.referral_id}/", "/"):
        shown = text(danielle.get(page))
        assert "The letter to them did not arrive: call them" in shown, page
        assert "Ferry Street" in shown, page


def test_a_text_that_did_not_arrive_is_told_too_and_others_letters_are_not(world: World) -> None:
    world.consent("ferry-street")
    task_id = world.ask()
    holder = world.table["alder-general"]
    bus.publish(MessageFailed(new_id(), holder, "sms", "x", Concerns("referral.task", task_id)))
    bus.publish(MessageFailed(new_id(), holder, "email", "x", Concerns("something.else", task_id)))
    bus.publish(MessageFailed(new_id(), None, "email", "x", None))
    bus.publish(MessageFailed(new_id(), holder, "email", "x", Concerns("referral.task", new_id())))
    with acting(world.danielle):
        kinds = set(TaskEvent.objects.filter(task_id=task_id).values_list("kind", flat=True))
    assert "text-lost" in kinds
    assert "not-delivered" not in kinds
