"""Those whom a question is about hear of it by mail, and nobody is told what a closed room asks."""

from uuid import UUID

import pytest
from django.db import connection
from tests.governance.voting import DAY, SETUP, START, ask, finish, lay, voted

from commonweal.foundation.access import acting
from commonweal.foundation.accounts.models import Account
from commonweal.foundation.messages.models import Outbound
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import polling, telling
from commonweal.governance.actions.telling import News
from commonweal.governance.models import GainLine, Proposal
from commonweal.governance.vocabulary import Matter, Result, Stage
from commonweal.kernel.clock import today
from commonweal.partners.models import Body, Partner
from commonweal.partners.vocabulary import Authority

pytestmark = pytest.mark.django_db

HANDS = {"delegate.0@example.org", "delegate.1@example.org", "delegate.2@example.org"}


def heard() -> dict[str, Outbound]:
    """The letters about questions, by address."""
    with acting(SETUP):
        return {m.to: m for m in Outbound.objects.filter(template="governance/mail/question")}


def deferred(question: UUID) -> list[str]:
    """The news of a question that wait to be told."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select args->>'news' from procrastinate_jobs"
            " where task_name = 'governance.tell' and args->>'question_id' = %s",
            [str(question)],
        )
        return [news for (news,) in cursor.fetchall()]


def tell(question: UUID, news: News) -> dict[str, Outbound]:
    with acting(THE_COUNT):
        telling.tell(question, news, by=THE_COUNT)
    return heard()


def test_notice_reaches_who_votes_and_whose_yes_it_needs() -> None:
    world = lay(partners=3, residents=2)
    question = ask(world, Matter.DATA_SHARING, ends_on=today() + 200 * DAY)
    with acting(world.backbone):
        polling.give_notice(question, by=world.backbone)
    assert deferred(question).count("notice") == 1
    found = tell(question, News.NOTICE)
    assert set(found) >= HANDS
    assert len(found) == 5, "the two residents hear of it too: their yes is asked for"
    letter = heard()["delegate.0@example.org"]
    assert "A vote is coming" in letter.subject
    assert "Rides to the clinic" not in letter.subject
    assert "Rides to the clinic" in letter.text


def test_a_closed_rooms_question_is_not_named_in_a_letter() -> None:
    world = lay(partners=3)
    question = ask(world)
    with acting(SETUP):
        Body.objects.filter(slug="table").update(is_private=True)
    chair = world.actor(world.voter(0))
    with acting(chair):
        polling.give_notice(question, by=chair)
    tell(question, News.NOTICE)
    assert heard()
    assert all("Rides to the clinic" not in one.text + one.subject for one in heard().values())


def test_who_is_named_to_bear_a_cost_hears_that_it_may_answer() -> None:
    world = lay(partners=3)
    question = ask(world)
    touched = Partner.objects.get(slug="partner-2")
    GainLine.objects.create(proposal_id=question, place=1, who=touched.name, bears="Drivers", partner=touched)
    assert set(tell(question, News.LANE)) == {"delegate.2@example.org"}


def test_what_came_of_it_is_told_once_it_is_answered_and_not_before() -> None:
    world = lay(partners=3)
    question, _poll = voted(world, ["yes", "yes", "no"])
    assert tell(question, News.ANSWER) == {}, "nothing came of it yet"
    finish(world, question, START + 8 * DAY)
    assert deferred(question) == [], "a story told with the clock held writes to nobody"
    assert set(tell(question, News.ANSWER)) == HANDS
    assert "Adopted" in heard()["delegate.0@example.org"].text


def test_an_organization_that_is_waited_for_hears_it() -> None:
    world = lay(partners=3, authorities=[Authority.NONE, Authority.FULL, Authority.FULL])
    question, _poll = voted(world, ["yes", "yes", "no"])
    assert finish(world, question, START + 8 * DAY) is Result.PENDING_RATIFICATION
    assert set(tell(question, News.RATIFY)) == {"delegate.0@example.org"}


def test_an_account_that_sleeps_is_not_written_to() -> None:
    world = lay(partners=3)
    question = ask(world)
    Account.objects.filter(email="delegate.1@example.org").update(is_active=False)
    with acting(world.backbone):
        polling.give_notice(question, by=world.backbone)
    assert set(tell(question, News.NOTICE)) == HANDS - {"delegate.1@example.org"}


def test_stale_news_is_not_told() -> None:
    world = lay(partners=3)
    question = ask(world)
    with acting(world.backbone):
        polling.give_notice(question, by=world.backbone)
    Proposal.objects.filter(pk=question).update(stage=Stage.WITHDRAWN.value)
    assert tell(question, News.NOTICE) == {}
