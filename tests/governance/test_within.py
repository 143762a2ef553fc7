"""A body decides a matter within itself by a rule of its own, and binds nobody beyond (subsidiarity, B15)."""

from datetime import date
from uuid import UUID

import pytest
from tests.governance.voting import (
    DAY,
    LAWS,
    PLAIN,
    SETUP,
    START,
    World,
    ask,
    cast_all,
    finish,
    lay,
    open_vote,
    sit,
)

from commonweal.foundation.access import acting
from commonweal.governance.actions import casting
from commonweal.governance.models import Initiative, Mandate, Proposal
from commonweal.governance.queries import bylaws, bylaws_said
from commonweal.governance.rules import bylaws_file
from commonweal.governance.rules.bylaws_assents import whose_yes
from commonweal.governance.rules.bylaws_comparing import changes, rebased
from commonweal.governance.rules.bylaws_file import FileFaults
from commonweal.governance.rules.bylaws_writing import write
from commonweal.governance.vocabulary import Matter, Method, Result, Stage
from commonweal.kernel.clock import at
from commonweal.kernel.errors import BadInput, Refused
from commonweal.partners.models import Body, Holding
from commonweal.partners.vocabulary import BodyKind, SeatRole

FOOD = """
[matter.position.in.food]
article = "4.2"
text.en = "What the food workgroup says for itself, it decides by consent."
method = "consent"
"""
REST = """
[otherwise]
article = "6.1"
text.en = "A majority, announced seven days before."
body = "table"
notice_days = 7
proxies = 1
residents_yes = true
remote = false
[otherwise.challenge]
within_days = 60
[otherwise.quorum]
count = 4
"""
OWN = """
[body.food]
article = "4.1"
text.en = "Three co-leads of three sectors."
co_leads = 3
cure_days = 14
[matter.initiative.in.food]
article = "4.3"
text.en = "What the food workgroup begins within itself takes a majority, and no notice."
notice_days = 0
residents_yes = false
remote = true
proxies = false
quorum = false
challenge = false
[matter.roles.in.food]
article = "4.4"
text.en = "A majority."
"""


def test_what_a_body_leaves_out_is_as_for_all() -> None:
    rule = bylaws_file.read(LAWS + PLAIN + "notice_days = 5\n" + FOOD).rule(Matter.POSITION, "food")
    assert rule is not None
    assert (rule.body, rule.voting.method, rule.notice_days, rule.article) == (
        "food", Method.CONSENT, 5, "4.2",
    )  # fmt: skip


def test_for_all_and_for_others_nothing_changes() -> None:
    read = bylaws_file.read(LAWS + PLAIN + FOOD)
    for body in ("", "table", "housing"):
        rule = read.rule(Matter.POSITION, body)
        assert rule is not None
        assert (rule.body, rule.voting.method) == ("table", Method.VOTE)
    assert [r.body for r in read.rules_of(Matter.POSITION)] == ["table", "food"]
    assert list(read.decided_by("food")) == [Matter.POSITION]
    assert "food" in read.named_bodies


def test_where_the_matter_has_no_rule_the_rest_is_handed_down_and_false_takes_out() -> None:
    read = bylaws_file.read(LAWS + REST + OWN)
    own = read.rule(Matter.INITIATIVE, "food")
    roles = read.rule(Matter.ROLES, "food")
    assert own is not None
    assert roles is not None
    assert (own.notice_days, own.gate_body, own.is_remote, own.proxies) == (0, "", True, 0)
    assert (own.voting.quorum.count, own.challenge) == (0, None)
    assert (roles.notice_days, roles.gate_body, roles.is_remote, roles.proxies) == (7, "residents", False, 1)
    assert (roles.voting.quorum.count, roles.challenge is not None) == (4, True)
    main = read.rule(Matter.INITIATIVE)
    assert main is not None
    assert main.body == "table"


@pytest.mark.parametrize("text", [LAWS + PLAIN + FOOD, LAWS + REST + OWN, LAWS + PLAIN + REST + FOOD + OWN])
def test_written_and_read_again_it_is_the_same(text: str) -> None:
    read = bylaws_file.read(text)
    assert bylaws_file.read(write(read)) == read


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ('[matter.bylaws.in.food]\narticle = "1"\ntext.en = "A majority."\n', "decided for all"),
        ('[matter.position.in.table]\narticle = "1"\ntext.en = "A majority."\n', "decides it for all anyway"),
        (
            '[matter.position.in.food]\nbody = "food"\narticle = "1"\ntext.en = "X."\n',
            "heading says which body",
        ),
        ('[matter.budget.in.food]\narticle = "1"\ntext.en = "A majority."\n', "how this is decided for all"),
        ("[matter.position.in.food]\n", "This is missing"),
        ('[matter.position.in.food]\narticle = "1"\ntext.en = "X."\nnotise_days = 3\n', "“notice_days”"),
        ("[matter.position]\nin = 3\n", "to be a table"),
    ],
)
def test_what_is_wrong_is_said_with_its_cure(more: str, says: str) -> None:
    laws = LAWS if "in = 3" in more else LAWS + PLAIN
    with pytest.raises(FileFaults) as caught:
        bylaws_file.read(laws + more)
    assert says in str(caught.value)
    assert all(fault.cure for fault in caught.value.faults)


def test_an_amendment_shows_a_bodys_own_rule_and_keeps_it_when_another_changes() -> None:
    before, after = bylaws_file.read(LAWS + PLAIN), bylaws_file.read(LAWS + PLAIN + FOOD)
    (change,) = changes(before, after)
    assert (change.matter, change.body, change.is_new) == (Matter.POSITION, "food", True)
    other = bylaws_file.read(LAWS + PLAIN + "notice_days = 3\n")
    merged = rebased(before, other, after)
    assert merged.within == after.within
    assert merged.matters[Matter.POSITION].notice_days == 3


def test_no_bodys_yes_is_taken_by_letting_another_decide_within_itself() -> None:
    before = bylaws_file.read(LAWS + REST)
    assert whose_yes(before, bylaws_file.read(LAWS + REST + OWN)) == {"residents": "residents"}
    kept = OWN.replace("residents_yes = false\n", "")
    assert whose_yes(before, bylaws_file.read(LAWS + REST + kept)) == {}


MORE = """
[matter.initiative]
article = "5.2"
text.en = "A majority of the votes cast."
body = "table"
[matter.membership]
article = "5.3"
text.en = "A majority of the votes cast."
body = "table"
[matter.membership.in.food]
article = "4.5"
text.en = "A majority of the votes cast."
[matter.initiative.in.food]
article = "4.3"
text.en = "A majority of the votes cast in the food workgroup."
[body.food]
article = "4.1"
text.en = "Three co-leads of three sectors."
co_leads = 3
cure_days = 14
"""


TWO_THIRDS = FOOD.replace('method = "consent"', 'threshold = "2/3"')


def nested(laws: str = LAWS + PLAIN + TWO_THIRDS + MORE) -> World:
    """The table with a food workgroup in it, led by its first three partners."""
    with acting(SETUP), at(START - 31 * DAY):
        food = Body.objects.create(
            slug="food", name="Food workgroup", kind=BodyKind.WORKGROUP.value, starts_on=date(2026, 1, 5)
        )
    world = lay(laws, partners=5)
    with acting(SETUP), at(START - 20 * DAY):
        food.parent_id = world.bodies["table"]
        food.save()
        world.bodies["food"] = food.pk
        for n in range(3):
            voter = world.voter(n)
            pid = UUID(voter.removeprefix("partner:"))
            seat, actor = sit(food.pk, f"Lead {n}", partner_id=pid, role=SeatRole.CO_LEAD)
            world.leads[voter], world.seats[f"food:{voter}"] = actor, seat
    return world


def leads_say(world: World, question: UUID, positions: list[str]) -> Result:
    with at(START):
        poll, *_rest = open_vote(world, question)
        for (voter, actor), said in zip(world.leads.items(), positions, strict=False):
            with acting(actor):
                casting.cast(poll, by=actor, voter=voter, choice={"position": said, "reason": "so"})
    return finish(world, question, START + 8 * DAY)


def begin(world: World, owner: int, **more: object) -> UUID:
    asked = {"title": "A cold store", "goal": "Food that keeps", "owner": world.voter(owner)[8:]}
    with at(START):
        return ask(world, Matter.INITIATIVE, effect="initiative.start", params=asked, **more)


@pytest.mark.django_db
def test_a_workgroup_decides_its_own_and_the_table_its_own() -> None:
    world = nested()
    with at(START):
        ours, theirs = ask(world, body="food"), ask(world)
    assert leads_say(world, ours, ["yes", "yes", "no"]) is Result.ADOPTED
    assert {p.body.slug for p in Proposal.objects.filter(pk__in=[ours, theirs])} == {"food", "table"}
    mandate = Mandate.objects.get()
    assert mandate.scope == "position:in-food", "it stands beside what the table says, not in its place"


@pytest.mark.django_db
def test_a_body_without_a_rule_of_its_own_is_not_asked() -> None:
    world = nested()
    with at(START), pytest.raises(BadInput) as caught:
        ask(world, body="residents")
    assert caught.value.where == "body"


@pytest.mark.django_db
def test_it_begins_what_its_own_carry_and_nothing_that_others_would() -> None:
    world = nested()
    assert leads_say(world, begin(world, 1, body="food"), ["yes", "yes", "no"]) is Result.ADOPTED
    assert Initiative.objects.get().title == "A cold store"


@pytest.mark.django_db
def test_it_binds_nobody_who_does_not_sit_there() -> None:
    world = nested()
    with pytest.raises(Refused) as caught:
        begin(world, 4, body="food")
    assert caught.value.verdict.words.startswith("This would bind others than those in Food workgroup")
    assert caught.value.verdict.cure == "Put it to the body that decides this for all."
    assert begin(world, 4), "the table may"


@pytest.mark.django_db
def test_what_binds_all_is_not_decided_within_a_body() -> None:
    world = nested()
    with at(START), pytest.raises(Refused):
        ask(
            world,
            Matter.MEMBERSHIP,
            body="food",
            effect="partner.end",
            params={"partner": world.voter(4)[8:], "why": "Left"},
        )


@pytest.mark.django_db
def test_who_left_the_workgroup_since_is_found_when_the_vote_opens() -> None:
    world = nested(LAWS + PLAIN + TWO_THIRDS + MORE.replace("co_leads = 3", "co_leads = 2"))
    question = begin(world, 2, body="food")
    with at(START), acting(SETUP):
        Body.objects.get(slug="food")
        seat = world.seats[f"food:{world.voter(2)}"]
        Holding.objects.filter(seat_id=seat).update(ended_on=START.date())
        Holding.objects.get(seat_id=seat).seat.__class__.objects.filter(pk=seat).update(ends_on=START.date())
    with at(START + DAY), pytest.raises(Refused) as caught:
        open_vote(world, question)
    assert caught.value.verdict.rule == "governance.reach.beyond"


@pytest.mark.django_db
def test_a_lead_that_is_missing_stops_the_workgroup_and_not_the_table() -> None:
    world = nested()
    with at(START), acting(SETUP):
        seat = world.seats[f"food:{world.voter(2)}"]
        Holding.objects.filter(seat_id=seat).update(ended_on=START.date())
    with at(START + 15 * DAY):
        ours, theirs = ask(world, body="food"), ask(world)
        with pytest.raises(Refused) as caught:
            open_vote(world, ours)
        assert caught.value.verdict.words == "2 of 3 co-leads stand for different sectors."
        assert caught.value.verdict.cure
        assert open_vote(world, theirs)


@pytest.mark.django_db
def test_it_is_ended_as_it_was_begun() -> None:
    world = nested()
    with at(START):
        first = ask(world, body="food")
    assert leads_say(world, first, ["yes", "yes", "yes"]) is Result.ADOPTED
    mandate = Mandate.objects.get()
    with at(START + 20 * DAY):
        end = ask(
            world, effect="mandate.withdraw", params={"mandate": str(mandate.pk), "why": "Done"}
        )  # fmt: skip
    assert Proposal.objects.get(pk=end).body.slug == "food"


@pytest.mark.django_db
def test_an_amendment_that_takes_the_rule_away_stops_what_waits() -> None:
    world = nested()
    with at(START):
        question = ask(world, body="food")
        text = LAWS + PLAIN + MORE
        change = ask(world, Matter.BYLAWS, effect="bylaws.amend", params={"text": text})
        poll, *_rest = open_vote(world, change)
        cast_all(world, poll, ["yes"] * 5)
    assert finish(world, change, START + 8 * DAY) is Result.ADOPTED
    with at(START + 9 * DAY), pytest.raises(Refused) as caught:
        open_vote(world, question)
    assert caught.value.verdict.rule == "governance.open.other-body"
    assert Proposal.objects.get(pk=question).stage == Stage.TALKING.value


@pytest.mark.django_db
def test_the_bylaws_page_says_it_beside_its_text() -> None:
    nested()
    held = bylaws.in_force(START)
    assert held is not None
    matters, _bodies = bylaws_said.rules_said(held)
    (said,) = [rule for rule in matters if rule.key == "position-in-food"]
    assert said.name == "Positions within Food workgroup"
    assert said.text.startswith("What the food workgroup says")
    assert said.sentence.startswith("It decides this within itself: ")
