"""The pages of questions: put one, talk, open the vote, cast, and read what came of it."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from tests.governance.voting import LAWS, PLAIN, START, World, account, ask, cast_all, finish, lay, open_vote

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Role
from commonweal.foundation.accounts.models import Account, Membership
from commonweal.foundation.accounts.sessions import Factor
from commonweal.governance.models import Ballot, Proposal
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.clock import at, now
from people.browsing import _signed_in as signed_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def browser(actor: Actor, role: Role = Role.MEMBER) -> Client:
    account = Account.objects.get(pk=actor.account_id)
    Membership.objects.get_or_create(account=account, partner_id=actor.partner_id, role=role.value)
    return signed_in(account, Factor.PASSKEY)


def begin(world: World, matter: Matter = Matter.POSITION) -> tuple[UUID, int]:
    """A question of today whose vote is open."""
    question = ask(world, matter) if matter is not Matter.POSITION else ask(world)
    open_vote(world, question)
    return question, Proposal.objects.get(pk=question).number


@pytest.fixture
def world() -> World:
    return lay(starts_at=now() - 10 * DAY)


def test_a_question_is_put_talked_about_and_opened_on_pages(world: World) -> None:
    page = browser(world.voters[world.voter(0)])
    kinds = page.get("/decisions/questions/new/")
    assert kinds.status_code == 200
    assert "effect=none" in kinds.content.decode()
    seat = str(world.seats[world.voter(0)])
    said = {
        "effect": "none",
        "matter": "position",
        "question": "Shall we write to the ferry company?",
        "title": "The ferry",
        "text": "It stopped its evening boat.",
        "seat": seat,
    }
    first = page.post("/decisions/questions/new/", {**said, "question": ""})
    assert first.status_code == 422
    assert "It stopped its evening boat." in first.content.decode()
    answer = page.post("/decisions/questions/new/", said)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    number = Proposal.objects.get().number
    address = f"/decisions/questions/{number}/"
    page.post(f"{address}edit/", {"part": "gain", "who": "People who work late", "gains": "A way home"})
    other = browser(world.voters[world.voter(1)])
    other.post(f"{address}say/", {"section": "1", "words": "It is plainer", "text": "No boat after six."})
    other.post(f"{address}say/", {"words": "We miss it too."})
    assert page.post(f"{address}step/", {"act": "open"}).status_code == 302
    assert Proposal.objects.get().stage in ("draft", "talking")  # another wording waits for its answer
    amendment = Proposal.objects.get().amendments.get()
    page.post(f"{address}texts/{amendment.pk}/", {"fate": "taken-up", "why": "It is plainer"})
    page.post(f"{address}step/", {"act": "open"})
    shown = other.get(address).content.decode()
    told = ("People who work late", "No boat after six.", "We miss it too.", "Taken up", "Cast our vote")
    assert [words for words in told if words not in shown] == []


def test_a_vote_is_cast_changed_and_its_code_is_shown(world: World) -> None:
    _question, number = begin(world)
    voter = world.voter(0)
    page = browser(world.voters[voter])
    poll = Proposal.objects.get(number=number).polls.get(kind="main")
    address = f"/decisions/questions/{number}/vote/"
    shown = page.get(f"/decisions/questions/{number}/").content.decode()
    (brought,) = re.findall(r'name="receipt" value="([^"]+)"', shown)
    ballot = {
        "poll": str(poll.pk),
        "voter": voter,
        "position": "yes",
        "reason": "It is time.",
        "receipt": brought,
    }
    answer = page.post(address, ballot)
    code = Ballot.objects.get().receipt
    assert code in answer.content.decode()
    assert code in page.post(address, ballot).content.decode()  # pressed again: the same vote, the same code
    assert Ballot.objects.count() == 1
    page.post(address, {**ballot, "position": "no", "receipt": ""})
    assert Ballot.objects.count() == 2
    bad = page.post(address, {"poll": str(poll.pk), "voter": voter, "reason": "kept"})
    assert bad.status_code == 422
    assert "kept" in bad.content.decode()
    stranger = browser(world.voters[world.voter(1)])
    assert stranger.post(address, ballot).status_code == 403


def test_while_voting_is_open_nobody_reads_how_it_stands(world: World) -> None:
    _question, number = begin(world)
    voter = world.voter(0)
    poll = Proposal.objects.get(number=number).polls.get(kind="main")
    browser(world.voters[voter]).post(
        f"/decisions/questions/{number}/vote/",
        {"poll": str(poll.pk), "voter": voter, "position": "no", "reason": "canary reason"},
    )
    for reader in (browser(world.backbone, Role.ORG_ADMIN), browser(world.voters[world.voter(1)]), Client()):
        shown = reader.get(f"/decisions/questions/{number}/").content.decode()
        assert "canary reason" not in shown
        assert f"1 of {len(world.voters)}" in shown
        assert reader.get(f"/decisions/boards/{poll.pk}/").status_code == 404


def test_what_came_of_it_stands_on_the_page_and_the_board_can_be_taken_home() -> None:
    world = lay()
    with at(START):
        question = ask(world)
        (poll, *_) = open_vote(world, question)
        cast_all(world, poll, ["yes", "yes", "no", None, "abstain"])
    finish(world, question, START + 8 * DAY)
    number = Proposal.objects.get().number
    shown = Client().get(f"/decisions/questions/{number}/").content.decode()
    for words in ("Adopted", "How The Table voted", "Partner 2"):
        assert words in shown
    board = Client().get(f"/decisions/boards/{poll}/")
    assert board.status_code == 200
    assert len(board.json()["ballots"]) == 4


def test_the_list_shows_what_waits_for_my_vote(world: World) -> None:
    _question, number = begin(world)
    mine = browser(world.voters[world.voter(0)]).get("/decisions/questions/").content.decode()
    assert "Your votes" in mine
    assert f"/decisions/questions/{number}/#ballot" in mine
    assert "Your votes" not in Client().get("/decisions/questions/").content.decode()


def test_a_conflict_is_disclosed_and_judged_by_others(world: World) -> None:
    question = ask(world)
    number = Proposal.objects.get(pk=question).number
    address = f"/decisions/questions/{number}/"
    voter = world.voter(1)
    page = browser(world.voters[voter])
    page.post(f"{address}conflicts/", {"voter": voter, "interest": "We would be paid for it."})
    recusal = Proposal.objects.get().recusals.get()
    judge = f"{address}conflicts/{recusal.pk}/"
    assert page.post(judge, {"is": "none", "why": "I say so"}).status_code == 403
    secretary = browser(world.backbone, Role.ORG_ADMIN)
    assert secretary.post(judge, {"is": "conflict", "why": "It is paid."}).status_code == 403
    others = [browser(world.voters[v]) for v in world.voters if v != voter]
    others[0].post(judge, {"is": "conflict", "why": "It is paid."})
    assert "1 of the" in others[1].get(address).content.decode()
    assert "It is a conflict" not in others[0].get(address).content.decode()
    for other in others[1:]:
        other.post(judge, {"is": "conflict", "why": "It is paid."})
    assert "Steps out of this vote" in Client().get(address).content.decode()


def test_a_ballot_on_paper_counts_once_two_have_read_it(world: World) -> None:
    _question, number = begin(world)
    poll = Proposal.objects.get(number=number).polls.get(kind="main")
    voter = world.voter(2)
    address = f"/decisions/questions/{number}/paper/"
    first = browser(world.backbone, Role.ORG_ADMIN)
    entered = {"poll": str(poll.pk), "voter": voter, "position": "yes", "provenance": "Box 2, by mail"}
    assert first.post(address, entered).status_code == 302
    assert Ballot.objects.count() == 0
    with acting(world.backbone):
        entry = poll.papers.get()
    again = {"entry": str(entry.pk), "poll": str(poll.pk), "voter": voter, "position": "yes"}
    assert first.post(address, again).status_code == 403  # not by the same person
    colleague = replace(world.backbone, account_id=account("Tomas Reyes"), name="Tomás Reyes")
    assert browser(colleague, Role.ORG_ADMIN).post(address, again).status_code == 302
    assert Ballot.objects.get().channel == "paper"


def test_a_link_fills_in_what_the_question_is_about(world: World) -> None:
    page = browser(world.voters[world.voter(0)])
    shown = page.get("/decisions/questions/new/?effect=initiative.start&title=Winter+rides").content.decode()
    assert 'value="Winter rides"' in shown


@pytest.mark.parametrize(
    ("choosing", "said", "kept"),
    [
        ("schulze", {"option-a": "2", "option-b": "1"}, {"ranking": [["b"], ["a"]]}),
        ("approval", {"option-a": "on", "option-c": "on"}, {"approved": ["a", "c"]}),
        ("dots", {"option-b": "2", "option-c": "1"}, {"points": {"b": 2, "c": 1}}),
    ],
)
def test_options_are_ordered_approved_or_given_points(
    choosing: str, said: dict[str, str], kept: dict[str, object]
) -> None:
    rule = '\n[matter.initiative]\narticle = "7"\ntext.en = "By options."\nbody = "table"\n'
    rule += f'choosing = "{choosing}"\n'
    world = lay(LAWS + PLAIN + rule, starts_at=now() - 10 * DAY)
    question = ask(world, Matter.INITIATIVE, options=[{"key": k, "name": f"Plan {k}"} for k in "abc"])
    (poll, *_) = open_vote(world, question)
    voter, number = world.voter(0), Proposal.objects.get().number
    page = browser(world.voters[voter])
    assert "Plan b" in page.get(f"/decisions/questions/{number}/").content.decode()
    ballot = {"poll": str(poll), "voter": voter, "reason": "", **said}
    assert page.post(f"/decisions/questions/{number}/vote/", ballot).status_code == 200
    assert Ballot.objects.get().choice == {"reason": "", **kept}


def test_the_front_tells_what_was_adopted_from_what_was_not() -> None:
    world = lay()
    for said in (["yes"] * 5, ["no"] * 5):
        with at(START):
            question = ask(world)
            (poll, *_) = open_vote(world, question)
            cast_all(world, poll, said)
        finish(world, question, START + 8 * DAY)
    for front in (Client(), browser(world.voters[world.voter(0)])):
        shown = front.get("/").content.decode()
        decided = shown[shown.index('id="decisions"') :]
        assert decided.index("Not adopted") < decided.index("Decision 1,")
        assert "Adopted" in decided or "In force" in decided


def test_the_front_tells_what_is_before_the_table(world: World) -> None:
    _question, number = begin(world)
    assert f"/decisions/questions/{number}/" in Client().get("/").content.decode()


def test_no_list_calls_a_vote_open_whose_time_is_over(world: World) -> None:
    begin(world)
    with at(now() + 60 * DAY):
        for address in ("/", "/decisions/questions/"):
            shown = Client().get(address).content.decode()
            assert "Voting has closed" in shown, address
            assert "Voting open" not in shown, address


def test_what_was_not_adopted_says_first_what_the_rule_lacked() -> None:
    world = lay()
    with at(START):
        question = ask(world)
        (poll, *_) = open_vote(world, question)
        cast_all(world, poll, ["yes", "no", "no", "no", "no"])
    finish(world, question, START + 8 * DAY)
    shown = Client().get("/decisions/1/").content.decode()
    assert re.search(r'class="lede">1 of 5[^<]* are needed\.', shown), shown[shown.index("lede") :][:200]
