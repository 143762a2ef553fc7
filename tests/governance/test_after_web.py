"""Pages after the vote and beside it: answer for an organization, challenge, judge a reason, ask again, go on
without an answer, talk another round. Each as the one who may, and as one who may not."""

import html
from dataclasses import replace
from uuid import UUID

import pytest
from django.test import Client
from tests.governance.test_questions_web import browser
from tests.governance.voting import (
    DAY,
    LAWS,
    PLAIN,
    World,
    account,
    ask,
    cast_all,
    finish,
    lay,
    open_vote,
    residents_say,
)

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import certifying
from commonweal.governance.models import Decision, Judgement, Mandate, Proposal, Ratification
from commonweal.governance.vocabulary import Matter, Result, Stage
from commonweal.kernel.clock import at, now
from commonweal.partners.vocabulary import Authority

pytestmark = pytest.mark.django_db

GATED = """
[matter.service-standard]
article = "6.3"
text.en = "A majority, and the residents."
body = "table"
residents_yes = true
gate_days = 40
[matter.service-standard.override]
threshold = "3/4"
after_days = 15
[matter.service-standard.challenge]
challengers = ["resident"]
within_days = 60
suspends = true
"""
BY_CONSENSUS = """
[matter.position]
article = "5.1"
text.en = "By consensus. After one round without one, two thirds of the votes cast decide."
body = "table"
method = "consensus"
[matter.position.fallback]
rounds = 1
threshold = "2/3"
"""
NO, FULL = Authority.NONE, Authority.FULL


def shown(client: Client, path: str) -> str:
    return html.unescape(client.get(path).content.decode())


def admin_of(world: World, voter: str) -> Actor:
    """Who administers the organization that is this voter."""
    partner = UUID(voter.partition(":")[2])
    return Actor(Role.ORG_ADMIN, Purpose.GOV, partner, account(f"Admin {voter[-4:]}"), name="Admin")


def number_of(question: UUID) -> int:
    return Proposal.objects.get(pk=question).number


def days_ago(days: int) -> object:
    return at(now() - days * DAY)


def waiting_for_an_organization() -> tuple[World, str]:
    """One yes, one no, and a yes of a delegate who may not decide alone."""
    world = lay(starts_at=now() - 60 * DAY, partners=3, authorities=[FULL, FULL, NO])
    with days_ago(20):
        question = ask(world)
        (poll, *_) = open_vote(world, question)
        cast_all(world, poll, ["yes", "no", "yes"])
    assert finish(world, question, now() - 12 * DAY) is Result.PENDING_RATIFICATION
    return world, f"/decisions/questions/{number_of(question)}/"


def test_the_administrator_stands_behind_the_delegate_and_it_is_adopted() -> None:
    world, address = waiting_for_an_organization()
    voter = world.voter(2)
    admin = browser(admin_of(world, voter), Role.ORG_ADMIN)
    assert "Waits for your organization" in shown(admin, "/decisions/questions/")
    page = shown(admin, address)
    for words in ("Does Partner 2 stand behind it?", "We stand behind it", "it lapses"):
        assert words in page
    answer = admin.post(
        f"{address}behind/", {"voter": voter, "is": "behind", "words": "Our board met."}, follow=True
    )
    assert "With that the question is adopted" in html.unescape(answer.content.decode())
    assert Proposal.objects.get().stage == Stage.ADOPTED.value
    assert Ratification.objects.get().words == "Our board met."
    for path in (address, f"/decisions/{Decision.objects.get().number}/"):
        assert "“Our board met.”" in shown(Client(), path), "the answer stands beside the vote"
    assert admin.post(f"{address}behind/", {"voter": voter, "is": "behind"}).status_code == 403
    assert "Waits for your organization" not in shown(admin, "/decisions/questions/")


def test_nobody_else_answers_for_an_organization_and_each_reads_who_does() -> None:
    world, address = waiting_for_an_organization()
    voter = world.voter(2)
    delegate = browser(world.actor(voter))
    page = shown(delegate, address)
    assert "We stand behind it" not in page
    assert "Ask the administrator of the organization." in page
    other = browser(admin_of(world, world.voter(1)), Role.ORG_ADMIN)
    assert "We stand behind it" not in shown(other, address)
    for wrong in (delegate, other):
        refused = wrong.post(f"{address}behind/", {"voter": voter, "is": "behind"})
        assert refused.status_code == 403
        assert "Only an administrator of the organization" in html.unescape(refused.content.decode())
    stranger = shown(Client(), address)
    assert "Has not answered" in stranger
    assert "The administrator of each organization answers here." in stranger
    assert not Ratification.objects.exists()


def decided(world: World) -> Decision:
    with days_ago(20):
        question = ask(world, Matter.SERVICE_STANDARD)
        main, gate = open_vote(world, question)
        cast_all(world, main, ["yes"] * len(world.voters))
        residents_say(world, gate, ["yes", "yes", "no"])
    assert finish(world, question, now() - 12 * DAY) is Result.ADOPTED
    return Decision.objects.get()


def test_a_resident_challenges_a_decision_and_it_rests() -> None:
    world = lay(LAWS + GATED, starts_at=now() - 60 * DAY)
    address = f"/decisions/{decided(world).number}/"
    resident = browser(next(iter(world.residents.values())))
    page = shown(resident, address)
    assert f"{address}challenge/" in page
    assert "What it put into effect stops the same moment." in page
    first = resident.post(f"{address}challenge/", {"why": " "})
    assert first.status_code == 422
    answer = resident.post(f"{address}challenge/", {"why": "The van is gone."}, follow=True)
    assert "It challenges decision 1" in html.unescape(answer.content.decode())
    assert Mandate.objects.get().withdrawn_at is not None
    everyone = shown(Client(), address)
    for words in ("Challenged on", "“The van is gone.”", "/decisions/questions/2/"):
        assert words in everyone
    assert "Challenged" in shown(Client(), "/decisions/")
    again = resident.post(f"{address}challenge/", {"why": "Once more."})
    assert again.status_code == 403
    assert "question 2 waits for its answer" in html.unescape(again.content.decode())


def test_who_may_not_challenge_reads_why_and_whom_to_ask() -> None:
    world = lay(LAWS + GATED, starts_at=now() - 60 * DAY)
    address = f"/decisions/{decided(world).number}/"
    delegate = browser(world.actor(world.voter(0)))
    page = shown(delegate, address)
    assert f"{address}challenge/" not in page
    assert "Ask someone who holds such a seat" in page
    for answer in (
        delegate.get(f"{address}challenge/"),
        delegate.post(f"{address}challenge/", {"why": "No."}),
    ):
        assert answer.status_code == 403
        assert "you are not among them" in html.unescape(answer.content.decode())
    assert Client().get(f"{address}challenge/").status_code == 302
    assert "residents" in shown(Client(), address)
    assert Proposal.objects.count() == 1


def blocked() -> tuple[World, UUID, str]:
    """A consensus that is sought now, which the last voter blocks."""
    world = lay(LAWS + BY_CONSENSUS, starts_at=now() - 60 * DAY)
    question = ask(world)
    (poll,) = open_vote(world, question)
    said = [None, "yes", "yes", "yes", {"position": "block", "reason": "It shuts the night shift out."}]
    cast_all(world, poll, said)
    return world, poll, f"/decisions/questions/{number_of(question)}/"


def test_the_others_judge_a_block_and_it_falls_when_more_than_half_find_a_preference() -> None:
    world, poll, address = blocked()
    blocker = world.voter(4)
    ways = f"{address}reasons/{poll}/"
    for place in (1, 2):
        judge = browser(world.actor(world.voter(place)))
        page = shown(judge, address)
        assert "It shuts the night shift out." in page
        assert "Stands, and stops it" in page
        said = {"about": blocker, "voter": world.voter(place), "is": "preference"}
        judge.post(ways, {**said, "why": ""})
        assert Judgement.objects.count() == place - 1, "a judgement without its reason"
        judge.post(ways, {**said, "why": "They have a bus of their own."})
    page = shown(browser(world.actor(world.voter(1))), address)
    assert "It is a preference</button>" not in page, "a judgement stays"
    assert "You said for Partner 1: a preference." in page
    assert "Found to be a preference: it stops nothing" in page
    assert "2 of the 3 others" in page


def test_neither_who_asked_nor_who_blocks_nor_a_stranger_judges() -> None:
    world, poll, address = blocked()
    blocker, ways = world.voter(4), f"{address}reasons/{poll}/"
    for place in (0, 4):
        client = browser(world.actor(world.voter(place)))
        assert "The group judges it, not who asked or who blocks." in shown(client, address)
        said = {"about": blocker, "voter": world.voter(place), "is": "preference", "why": "Mine."}
        assert client.post(ways, said).status_code == 403
    resident = browser(next(iter(world.residents.values())))
    assert "Those who vote on it judge it" in shown(resident, address)
    said = {"about": blocker, "voter": world.voter(1), "is": "preference", "why": "Theirs."}
    assert resident.post(ways, said).status_code == 403
    assert not Judgement.objects.exists()


def a_round_without_agreement() -> tuple[World, UUID, str]:
    world = lay(LAWS + BY_CONSENSUS, starts_at=now() - 60 * DAY)
    with days_ago(10):
        question = ask(world)
        (poll,) = open_vote(world, question)
        cast_all(world, poll, ["yes", "yes", "yes", "yes", "block"])
    return world, question, f"/decisions/questions/{number_of(question)}/"


def test_who_leads_begins_another_round_and_the_page_tells_both() -> None:
    world, question, address = a_round_without_agreement()
    lead = browser(world.backbone, Role.ORG_ADMIN)
    lead.post(f"{address}step/", {"act": "count"})
    assert Proposal.objects.get().stage == Stage.VOTING.value, "counting is not yet a no"
    page = shown(lead, address)
    assert "Voting open" not in page
    for words in (
        "No agreement yet",
        "Begin another round",
        "End it with a no",
        "In the next round a vote decides",
    ):
        assert words in page
    lead.post(f"{address}step/", {"act": "round", "why": "The night bus comes first."})
    assert (Proposal.objects.get().stage, Proposal.objects.get().round) == ("talking", 2)
    page = shown(Client(), address)
    for words in ("Round 2", "so a vote decides: at least two thirds", "What was asked before", "Block it"):
        assert words in page
    open_vote(world, question)
    voter = world.voter(0)
    ballot = shown(browser(world.actor(voter)), address)
    assert 'value="no"' in ballot
    assert 'value="block"' not in ballot


def test_who_does_not_lead_begins_no_round_and_ends_none() -> None:
    world, question, address = a_round_without_agreement()
    with acting(THE_COUNT):
        certifying.close(Proposal.objects.get().polls.get().pk, by=THE_COUNT)
    delegate = browser(world.actor(world.voter(3)))
    assert "Begin another round" not in shown(delegate, address)
    for act, words in (
        ("round", "who leads the body or the backbone does this"),
        ("no", "or ends it with a no"),
    ):
        answer = delegate.post(f"{address}step/", {"act": act, "why": "I say so."}, follow=True)
        assert words in html.unescape(answer.content.decode())
    assert (Proposal.objects.get(pk=question).stage, Proposal.objects.get(pk=question).round) == ("voting", 1)


def silent_residents(world: World, voted: int) -> str:
    """Everyone at the table said yes so many days ago, and no resident answered."""
    with days_ago(voted):
        question = ask(world, Matter.SERVICE_STANDARD)
        main, _gate = open_vote(world, question)
        cast_all(world, main, ["yes"] * len(world.voters))
    assert finish(world, question, now() - (voted - 8) * DAY) is Result.PENDING_RESIDENTS
    return f"/decisions/questions/{number_of(question)}/"


def test_a_body_that_did_not_answer_is_asked_again_and_votes_on_the_page() -> None:
    world = lay(LAWS + GATED, starts_at=now() - 60 * DAY)
    address = silent_residents(world, 12)
    again = f"{address}again/{world.bodies['residents']}/"
    delegate = browser(world.actor(world.voter(1)))
    page = shown(delegate, address)
    assert "Ask Residents’ Council again" not in page
    assert "can ask them again" in page
    assert "Change the proposal" not in page, "nobody said no"
    assert delegate.post(again).status_code == 403
    resident = browser(next(iter(world.residents.values())))
    assert "Ask Residents’ Council again" in shown(resident, address)
    resident.post(again)
    page = shown(resident, address)
    assert "Asked again, up to" in page
    assert 'name="position"' in page
    assert "Ask Residents’ Council again" not in page
    assert resident.post(again).status_code == 403


def test_the_narrow_way_past_a_silent_gate_is_for_who_leads_and_stands_in_the_register() -> None:
    world = lay(LAWS + GATED, starts_at=now() - 60 * DAY)
    address = silent_residents(world, 30)
    lead = browser(world.backbone, Role.ORG_ADMIN)
    assert f"{address}past/" in shown(lead, address)
    asked = shown(lead, f"{address}past/")
    assert "5 of 5" in asked
    assert lead.post(f"{address}past/", {"why": " "}).status_code == 422
    delegate = browser(world.actor(world.voter(1)))
    page = shown(delegate, address)
    assert "By article 6.3 it may go on without them" in page
    assert f"{address}past/" not in page
    for answer in (delegate.get(f"{address}past/"), delegate.post(f"{address}past/", {"why": "Ours."})):
        assert answer.status_code == 403
    lead.post(f"{address}past/", {"why": "No resident came, twice."})
    decision = Decision.objects.get()
    assert decision.adopted
    told = shown(Client(), f"/decisions/{decision.number}/")
    assert "Past a gate that did not answer, by Priya Nair:" in told
    assert "No resident came, twice." in told


def test_the_narrow_way_opens_late_and_says_when() -> None:
    world = lay(LAWS + GATED, starts_at=now() - 60 * DAY)
    address = silent_residents(world, 12)
    lead = browser(world.backbone, Role.ORG_ADMIN)
    assert f"{address}past/" not in shown(lead, address)
    refused = lead.get(f"{address}past/")
    assert refused.status_code == 403
    assert "This way opens on" in html.unescape(refused.content.decode())


def test_without_such_a_way_in_the_bylaws_nothing_is_passed() -> None:
    world = lay(
        LAWS + PLAIN + GATED.replace('threshold = "3/4"', 'threshold = "1/1"'), starts_at=now() - 60 * DAY
    )
    with days_ago(30):
        question = ask(world, Matter.SERVICE_STANDARD)
        main, _gate = open_vote(world, question)
        cast_all(world, main, ["yes", "yes", "yes", "yes", "no"])
    finish(world, question, now() - 22 * DAY)
    lead = browser(replace(world.backbone), Role.ORG_ADMIN)
    refused = lead.get(f"/decisions/questions/{number_of(question)}/past/")
    assert refused.status_code == 403
    assert "5 of 5 are needed, and 4 said yes" in html.unescape(refused.content.decode())
