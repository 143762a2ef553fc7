"""From a question to a decision, by the rules of the table."""

from datetime import timedelta
from uuid import UUID

import pytest
from tests.governance.voting import (
    DAY,
    LAWS,
    PLAIN,
    START,
    World,
    ask,
    cast,
    cast_all,
    finish,
    lay,
    open_vote,
    residents_say,
)

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.governance.actions import casting, certifying, polling, proposing, talking
from commonweal.governance.models import Ballot, Bylaws, Decision, Mandate, Poll, Proposal
from commonweal.governance.queries import polls, proposals
from commonweal.governance.vocabulary import Fate, Matter, Position, Result, Stage
from commonweal.kernel.clock import at
from commonweal.kernel.errors import BadInput, Refused
from commonweal.partners.models import Holding, Partner
from commonweal.partners.models.meetings import Meeting, Presence
from commonweal.partners.vocabulary import Authority

pytestmark = pytest.mark.django_db

GATED = """
[matter.service-standard]
article = "6.3"
text.en = "A majority, and the residents."
body = "table"
residents_yes = true
gate_days = 20
[matter.service-standard.override]
threshold = "3/4"
after_days = 15
"""


def voted(world: World, positions: list[str | None], **more: object) -> tuple[UUID, UUID]:
    """A question on which the table voted so, with its main poll, still open."""
    with at(START):
        question = ask(world, **more)
        poll, *_rest = open_vote(world, question)
        cast_all(world, poll, positions)
    return question, poll


def settled(world: World, positions: list[str | None], **more: object) -> Result:
    question, _poll = voted(world, positions, **more)
    return finish(world, question, START + 8 * DAY)


def rule(**more: str) -> str:
    return LAWS + PLAIN + "\n".join(f"{key} = {value}" for key, value in more.items()) + "\n"


def test_a_majority_adopts_and_the_mandate_lives() -> None:
    world = lay()
    assert settled(world, ["yes", "yes", "no", None, "abstain"]) is Result.ADOPTED
    decision = Decision.objects.get()
    assert (decision.yes, decision.no, decision.abstain, decision.adopted) == (2, 1, 1, True)
    assert Mandate.objects.get().decision == decision
    assert "Partner 2: because" in decision.dissent


FOUR_THREE_TWO = ["yes"] * 4 + ["no"] * 3 + ["abstain"] * 2


@pytest.mark.parametrize(
    ("base", "result"),
    [("cast", Result.ADOPTED), ("present", Result.REJECTED), ("membership", Result.REJECTED)],
)
def test_four_three_two_of_fifteen_has_three_answers(base: str, result: Result) -> None:
    """7-T1."""
    world = lay(rule(base=f'"{base}"'), partners=15, residents=0)
    assert settled(world, FOUR_THREE_TWO) is result


@pytest.mark.parametrize(("yes", "no", "result"), [(8, 4, Result.ADOPTED), (7, 4, Result.REJECTED)])
def test_two_thirds_in_integers(yes: int, no: int, result: Result) -> None:
    """7-T2: 8 of 12 is two thirds exactly."""
    world = lay(rule(threshold='"2/3"', quorum="{ count = 1 }"), partners=12, residents=0)
    assert settled(world, ["yes"] * yes + ["no"] * no) is result


@pytest.mark.parametrize(
    ("tie", "result"), [("fails", Result.REJECTED), ("chair", Result.ADOPTED), ("lot", None)]
)
def test_a_tie_falls_by_the_rule(tie: str, result: Result | None) -> None:
    """7-T3, and the chair or the lot where the bylaws have them."""
    world = lay(rule(tie=f'"{tie}"'), partners=4, chair=0)
    question, poll = voted(world, ["yes", "yes", "no", "no"])
    drawn = Poll.objects.get(pk=poll).lots[0]
    expected = result or (Result.ADOPTED if drawn == "yes" else Result.REJECTED)
    assert finish(world, question, START + 8 * DAY) is expected


def test_too_few_is_no_quorum_and_not_a_no() -> None:
    world = lay(partners=14)
    assert settled(world, ["yes"] * 7) is Result.NO_QUORUM


def test_a_tied_sector_is_not_won() -> None:
    """7-T5: four sectors, two voters each; one yes and one no is a tie."""
    laws = rule(method='"double-majority"', groups_needed="3")
    world = lay(laws, partners=8)
    assert settled(world, ["yes", "yes", "yes", "yes", "yes", "yes", "no", "no"]) is Result.REJECTED
    assert Decision.objects.get().yes == 6


def test_enough_sectors_won() -> None:
    world = lay(rule(method='"double-majority"', groups_needed="3"), partners=8)
    assert settled(world, ["yes", "yes", "yes", "no", "yes", "yes", "yes", "no"]) is Result.ADOPTED


def test_affiliates_have_one_vote_and_the_last_replaces() -> None:
    """7-T6."""
    world = lay(partners=4)
    first, second = (UUID(world.voter(n).partition(":")[2]) for n in (0, 1))
    with acting(Actor(Role.OPERATOR, Purpose.ADMIN)):
        Partner.objects.filter(pk=second).update(controlled_by_id=first)
    question, poll = voted(world, ["yes", "no", "yes", "no"])
    shape = polls.poll(poll)
    assert shape is not None
    assert (shape.entitled, shape.turnout) == (3, 3)
    assert finish(world, question, START + 8 * DAY) is Result.REJECTED
    assert Ballot.objects.count() == 4
    assert (Decision.objects.get().yes, Decision.objects.get().no) == (1, 2)


def test_a_vote_changes_until_voting_closes_and_history_stays() -> None:
    world = lay(partners=3)
    with at(START):
        question = ask(world)
        (poll,) = open_vote(world, question)
        cast_all(world, poll, ["no", "no", "yes"])
    with at(START + DAY):
        cast(world, poll, world.voter(0), "yes")
    assert finish(world, question, START + 8 * DAY) is Result.ADOPTED
    shape = polls.poll(poll)
    assert shape is not None
    assert [b.is_counted for b in shape.ballots] == [False, True, True, True]


def test_the_residents_withheld_beats_any_tally() -> None:
    """7-T4: 12 to nothing is not adopted."""
    world = lay(LAWS + GATED, partners=12)
    with at(START):
        question = ask(world, Matter.SERVICE_STANDARD)
        main, gate = open_vote(world, question)
        cast_all(world, main, ["yes"] * 12)
        residents_say(world, gate, ["no", "no", "yes"])
    assert finish(world, question, START + 8 * DAY) is Result.REJECTED
    decision = Decision.objects.get()
    assert (decision.yes, decision.adopted, decision.residents) == (12, False, "no")
    assert not Mandate.objects.exists()


def waiting_for_residents(world: World) -> UUID:
    with at(START):
        question = ask(world, Matter.SERVICE_STANDARD)
        main, _gate = open_vote(world, question)
        cast_all(world, main, ["yes"] * len(world.voters))
    assert finish(world, question, START + 8 * DAY) is Result.PENDING_RESIDENTS
    return question


def test_no_resident_there_is_pending_then_asked_again_then_adopted() -> None:
    world = lay(LAWS + GATED)
    question = waiting_for_residents(world)
    shape = proposals.question(question)
    assert shape is not None
    assert shape.waiting is not None
    assert shape.waiting.whom == ("Residents’ Council",)
    assert shape.waiting.until == START + 27 * DAY
    resident = next(iter(world.residents.values()))
    with at(START + 9 * DAY):
        with acting(resident):
            again = polling.ask_gate_again(
                question, world.bodies["residents"], by=resident, closes_at=START + 12 * DAY
            )
        residents_say(world, again, ["yes", "abstain", "yes"])
    assert finish(world, question, START + 13 * DAY) is Result.ADOPTED
    assert Decision.objects.get().residents == "yes"


def test_the_deadline_passes_and_it_lapses_with_its_reason() -> None:
    world = lay(LAWS + GATED)
    question = waiting_for_residents(world)
    assert finish(world, question, START + 27 * DAY) is Result.PENDING_RESIDENTS
    assert Proposal.objects.get().stage == Stage.LAPSED.value
    decision = Decision.objects.get()
    assert not decision.adopted
    assert "lapsed" in decision.reasons
    assert finish(world, question, START + 28 * DAY) is Result.PENDING_RESIDENTS
    assert Decision.objects.count() == 1


def test_the_narrow_way_past_the_gate_is_late_large_and_logged() -> None:
    world = lay(LAWS + GATED)
    question = waiting_for_residents(world)
    with at(START + 10 * DAY), acting(world.backbone), pytest.raises(Refused, match="more time"):
        certifying.pass_gate(question, by=world.backbone, why="No resident came twice.")
    with at(START + 23 * DAY), acting(world.backbone):
        assert (
            certifying.pass_gate(question, by=world.backbone, why="No resident came twice.") is Result.ADOPTED
        )
    decision = Decision.objects.get()
    assert decision.residents == "na"
    assert decision.certificate["override"]["why"] == "No resident came twice."


def test_there_is_no_way_past_withheld() -> None:
    world = lay(LAWS + GATED)
    with at(START):
        question = ask(world, Matter.SERVICE_STANDARD)
        main, gate = open_vote(world, question)
        cast_all(world, main, ["yes"] * 5)
        residents_say(world, gate, ["no", "no", "no"])
    finish(world, question, START + 8 * DAY)
    with at(START + 40 * DAY), acting(world.backbone), pytest.raises(Refused):
        certifying.pass_gate(question, by=world.backbone, why="We want it.")


def test_a_delegate_without_authority_waits_for_the_organization() -> None:
    """7-T10."""
    none = Authority.NONE
    world = lay(partners=5, authorities=[Authority.FULL, Authority.FULL, none, none, none])
    question, _poll = voted(world, ["yes", "no", "yes", "no", None])
    assert finish(world, question, START + 8 * DAY) is Result.PENDING_RATIFICATION
    waiting = proposals.question(question).waiting
    assert waiting.whom == ("Partner 2", "Partner 3")
    voter = world.voter(2)
    partner = UUID(voter.partition(":")[2])
    delegate = world.actor(voter)
    with at(START + 9 * DAY):
        with acting(delegate), pytest.raises(Refused):
            certifying.ratify(question, by=delegate, voter=voter, is_behind=True)
        admin = Actor(Role.ORG_ADMIN, Purpose.GOV, partner, delegate.account_id, name="Admin")
        with acting(admin):
            assert certifying.ratify(question, by=admin, voter=voter, is_behind=True) is Result.ADOPTED
    assert (Decision.objects.get().yes, Decision.objects.get().no) == (2, 1)


def test_nobody_stands_behind_it_and_it_lapses() -> None:
    world = lay(partners=3, authorities=[Authority.FULL, Authority.NONE, Authority.NONE])
    question, _poll = voted(world, ["no", "yes", "yes"])
    assert finish(world, question, START + 8 * DAY) is Result.PENDING_RATIFICATION
    assert finish(world, question, START + 38 * DAY) is Result.PENDING_RATIFICATION
    assert Proposal.objects.get().stage == Stage.LAPSED.value


def test_beyond_the_bounds_is_advisory() -> None:
    world = lay(partners=3, authorities=[Authority.BOUNDED] * 3)
    with at(START):
        question = ask(world)
        (poll,) = open_vote(world, question)
        cast_all(world, poll, ["no", "yes"])
        cast(world, poll, world.voter(2), "yes", is_beyond=True)
    assert finish(world, question, START + 8 * DAY) is Result.PENDING_RATIFICATION


def test_a_block_with_a_reason_stops_a_consensus_unless_the_others_find_it_none() -> None:
    world = lay(rule(method='"consensus"'), partners=6)
    with at(START):
        question = ask(world, by=0)
        (poll,) = open_vote(world, question)
        cast_all(world, poll, ["yes", "yes", "reservations", "yes", "stand-aside", "block"])
        blocker = world.voter(5)
        with acting(world.actor(blocker)), pytest.raises(Refused):
            casting.judge_reason(
                poll, by=world.actor(blocker), about=blocker, voter=blocker, is_upheld=True, why="I mean it."
            )
        asker = world.voter(0)
        with acting(world.actor(asker)), pytest.raises(Refused):
            casting.judge_reason(
                poll, by=world.actor(asker), about=blocker, voter=asker, is_upheld=False, why="A taste."
            )
        for n in (1, 2):
            judge = world.actor(world.voter(n))
            with acting(judge):
                casting.judge_reason(
                    poll, by=judge, about=blocker, voter=world.voter(n), is_upheld=False, why="A taste."
                )
        assert polls.poll(poll).reasons[0].is_upheld is True
        judge = world.actor(world.voter(3))
        with acting(judge):
            casting.judge_reason(
                poll, by=judge, about=blocker, voter=world.voter(3), is_upheld=False, why="A taste."
            )
        assert polls.poll(poll).reasons[0].is_upheld is False
    assert finish(world, question, START + 8 * DAY) is Result.ADOPTED


def test_after_an_objection_the_table_talks_again_under_a_new_wording() -> None:
    world = lay(rule(method='"consent"', notice_days="3"), partners=3)
    with at(START):
        question = ask(world)
        with acting(world.backbone):
            polling.give_notice(question, by=world.backbone)
    with at(START + 3 * DAY):
        (poll,) = open_vote(world, question)
        cast_all(world, poll, ["yes", "concern", "objection"])
    later = START + 11 * DAY
    with at(later), acting(world.backbone):
        certifying.close(poll, by=world.backbone)
        assert polling.begin_round(question, by=world.backbone, why="Hear the objection.") == 2
        writer = world.actor(world.voter(0))
        with acting(writer):
            proposing.write_section(question, 1, by=writer, text="Rides on weekdays and Saturdays.")
        polling.give_notice(question, by=world.backbone)
    with at(later + 3 * DAY):
        (second,) = open_vote(world, question)
        cast_all(world, second, ["yes", "yes", "yes"])
    assert finish(world, question, later + 12 * DAY) is Result.ADOPTED
    assert Poll.objects.get(pk=poll).text != Poll.objects.get(pk=second).text


@pytest.mark.parametrize(
    ("choosing", "ballots", "chosen"),
    [
        (
            "approval",
            [{"approved": ["bus"]}, {"approved": ["bus", "van"]}, {"approved": ["van", "bus"]}],
            ["bus"],
        ),
        ("score", [{"points": {"bus": 5}}, {"points": {"van": 3}}, {"points": {"van": 3}}], ["van"]),
        ("dots", [{"points": {"bus": 1}}, {"points": {"cab": 3}}, {"points": {"bus": 1}}], ["cab"]),
        (
            "schulze",
            [{"ranking": ["bus", "van"]}, {"ranking": ["van", "bus"]}, {"ranking": ["bus"]}],
            ["bus"],
        ),
        (
            "instant-runoff",
            [{"ranking": ["cab", "bus"]}, {"ranking": ["bus"]}, {"ranking": ["bus"]}],
            ["bus"],
        ),
        (
            "single-transferable-vote",
            [{"ranking": ["van"]}, {"ranking": ["van"]}, {"ranking": ["bus"]}],
            ["van"],
        ),
        (
            "greedy-budget",
            [{"approved": ["bus"]}, {"approved": ["bus", "van"]}, {"approved": ["van", "cab"]}],
            None,
        ),
        (
            "knapsack",
            [{"approved": ["cab", "van"]}, {"approved": ["cab", "bus"]}, {"approved": ["van"]}],
            None,
        ),
        (
            "equal-shares",
            [{"approved": ["van"]}, {"approved": ["van"]}, {"approved": ["cab"]}],
            ["van", "cab"],
        ),
    ],
)
def test_choosing_among_options(choosing: str, ballots: list[dict], chosen: list[str] | None) -> None:
    world = lay(rule(choosing=f'"{choosing}"'), partners=3)
    options = [
        {"key": "bus", "name": "A bus", "cost_cents": 90_000},
        {"key": "van", "name": "A van", "cost_cents": 40_000},
        {"key": "cab", "name": "Cab fares", "cost_cents": 20_000},
    ]
    with at(START):
        question = ask(world, options=options, counting={"budget_cents": 100_000})
        (poll,) = open_vote(world, question)
        for voter, choice in zip(world.voters, ballots, strict=True):
            cast(world, poll, voter, choice)
    assert finish(world, question, START + 8 * DAY) is Result.ADOPTED
    found = polls.poll(poll).counted.chosen
    assert len(found) > 0
    if chosen:
        assert set(found) == set(chosen)
    assert Mandate.objects.get().params["chosen"] == list(found)


def test_who_steps_out_is_not_counted_and_casts_no_more() -> None:
    world = lay(partners=4)
    voter = world.voter(3)
    with at(START):
        question = ask(world)
        with acting(world.actor(voter)):
            said = polling.disclose_conflict(
                question, by=world.actor(voter), voter=voter, interest="We drive the rides."
            )
            with pytest.raises(Refused, match="their own"):
                polling.judge_conflict(said, by=world.actor(voter), is_conflict=False, why="No.")
        (poll,) = open_vote(world, question)
        cast(world, poll, voter, "no")
        with acting(world.backbone):
            polling.judge_conflict(said, by=world.backbone, is_conflict=True, why="It is paid for them.")
        with pytest.raises(Refused, match="stepped out"):
            cast(world, poll, voter, "no")
        cast_all(world, poll, ["yes", "no", "yes"])
    assert finish(world, question, START + 8 * DAY) is Result.ADOPTED
    assert (Decision.objects.get().yes, Decision.objects.get().no) == (2, 1)


def test_no_bylaws_no_question() -> None:
    world = lay()
    with at(START - 15 * DAY), pytest.raises(Refused, match="No bylaws"):
        ask(world)


def test_who_may_propose_is_what_the_bylaws_say() -> None:
    world = lay(rule(proposers='["resident"]'))
    with at(START), pytest.raises(Refused, match="not among them"):
        ask(world)
    resident = next(iter(world.residents.values()))
    with at(START), acting(resident):
        proposing.propose(by=resident, matter=Matter.POSITION, title="Rides", question="Shall we?")


def test_the_rule_is_the_one_that_stood_at_opening() -> None:
    """7-T9: bylaws amended mid-ballot change nothing about a vote that is open, and all about the next."""
    world = lay(partners=5)
    harder = (LAWS + PLAIN).replace(
        'text.en = "A majority of the votes cast."', 'text.en = "Three quarters."\nthreshold = "3/4"'
    )
    with at(START):
        amendment = ask(world, Matter.BYLAWS, effect="bylaws.amend", params={"text": harder, "words": "More"})
        (amending,) = open_vote(world, amendment)
        cast_all(world, amending, ["yes"] * 5)
    with at(START + 5 * DAY):
        question = ask(world)
        (poll,) = open_vote(world, question)
        cast_all(world, poll, ["yes", "yes", "no"])
    assert finish(world, amendment, START + 8 * DAY) is Result.ADOPTED
    assert Bylaws.objects.count() == 2
    with at(START + 9 * DAY):
        after = ask(world)
        (later,) = open_vote(world, after)
        cast_all(world, later, ["yes", "yes", "no"])
    assert finish(world, question, START + 13 * DAY) is Result.ADOPTED
    assert finish(world, after, START + 17 * DAY) is Result.REJECTED
    assert [d.bylaws_version for d in Decision.objects.order_by("number")] == [1, 1, 2]


def test_without_a_co_lead_voting_does_not_open_and_with_one_it_does() -> None:
    """Acceptance 3: refused with reason and cure; restored, it goes through."""
    laws = (
        rule()
        + '\n[body.table]\narticle = "4.1"\ntext.en = "A chair."\nsectors = { faith = 1 }\ncure_days = 0\n'
    )
    world = lay(laws, partners=4)
    seat = world.seats[world.voter(3)]
    with acting(Actor(Role.OPERATOR, Purpose.ADMIN)):
        Holding.objects.filter(seat_id=seat).update(ended_on=START.date() - timedelta(days=2))
    with at(START):
        question = ask(world)
        with pytest.raises(Refused) as refused:
            open_vote(world, question)
        assert refused.value.verdict.cure
        with acting(Actor(Role.OPERATOR, Purpose.ADMIN)):
            Holding.objects.filter(seat_id=seat).update(ended_on=None)
        (poll,) = open_vote(world, question)
        cast_all(world, poll, ["yes"] * 4)
    assert finish(world, question, START + 8 * DAY) is Result.ADOPTED


def test_a_body_that_lost_its_make_up_binds_nothing_when_counted() -> None:
    laws = (
        rule()
        + '\n[body.table]\narticle = "4.1"\ntext.en = "A chair."\nsectors = { faith = 1 }\ncure_days = 0\n'
    )
    world = lay(laws, partners=4)
    question, _poll = voted(world, ["yes"] * 4)
    with acting(Actor(Role.OPERATOR, Purpose.ADMIN)):
        Holding.objects.filter(seat_id=world.seats[world.voter(3)]).update(
            ended_on=START.date() + timedelta(days=2)
        )
    assert finish(world, question, START + 8 * DAY) is Result.NOT_COMPLIANT


def test_amendments_have_a_fate_before_notice() -> None:
    world = lay(rule(notice_days="5"))
    other = world.actor(world.voter(1))
    mine = world.actor(world.voter(0))
    with at(START):
        question = ask(world)
        with acting(other):
            wording = talking.amend(
                question, by=other, section_place=1, text="Rides every day.", why="Shifts end on Sundays."
            )
        with acting(mine):
            with pytest.raises(Refused, match="Another wording"):
                polling.give_notice(question, by=mine)
            talking.settle_amendment(wording, by=mine, fate=Fate.TAKEN_UP, why="True.")
            polling.give_notice(question, by=mine)
            with pytest.raises(Refused, match="Notice was given"):
                proposing.write_section(question, 1, by=mine, text="Something else.")
        with pytest.raises(Refused, match="5 days after notice"):
            open_vote(world, question)
    with at(START + 5 * DAY):
        open_vote(world, question)
    shape = proposals.question(question)
    assert shape.sections[0].text == "Rides every day."
    assert shape.amendments[0].fate is Fate.TAKEN_UP


def test_a_partner_answers_where_the_question_touches_its_lane() -> None:
    world = lay()
    partner = UUID(world.voter(2).partition(":")[2])
    theirs = world.actor(world.voter(2))
    with at(START):
        question = ask(world)
        with acting(theirs), pytest.raises(Refused, match="does not touch"):
            talking.reply(question, by=theirs, partner_id=partner, words="We drive.")
        mine = world.actor(world.voter(0))
        with acting(mine):
            proposing.add_gain(question, by=mine, who="Partner 2", bears="More rides", partner_id=partner)
        with acting(theirs):
            talking.reply(question, by=theirs, partner_id=partner, words="We have one van.")
        with acting(mine), pytest.raises(Refused):
            talking.reply(question, by=mine, partner_id=partner, words="They agree.")
    assert proposals.question(question).comments[0].is_reply


def test_stances_are_of_the_method_and_the_last_stands() -> None:
    world = lay()
    voter = world.voter(1)
    actor = world.actor(voter)
    with at(START):
        question = ask(world)
        with acting(actor):
            talking.take_stance(question, by=actor, voter=voter, position=Position.NO)
            with pytest.raises(BadInput):
                talking.take_stance(question, by=actor, voter=voter, position=Position.BLOCK, words="x")
    with at(START + DAY), acting(actor):
        talking.take_stance(question, by=actor, voter=voter, position=Position.YES)
    assert [s.position for s in proposals.question(question).stances] == [Position.YES]


def test_nobody_rushes_a_vote() -> None:
    world = lay()
    with at(START):
        question = ask(world)
        with pytest.raises(Refused) as refused:
            open_vote(world, question, closes_at=START + DAY)
        assert refused.value.verdict.rule == "governance.open.too-short"
        open_vote(world, question, closes_at=START + 8 * DAY)


def test_who_left_before_the_vote_is_not_there_when_it_is_counted() -> None:
    """7-T7: gone at 18:40, voted on at 18:45: the quorum is counted anew."""
    world = lay(rule(remote="false"), partners=5, chair=0)
    hour = START + 3 * DAY
    body = world.bodies["table"]
    with acting(Actor(Role.OPERATOR, Purpose.ADMIN)), at(START):
        meeting = Meeting.objects.create(
            body_id=body, stage="running", starts_at=hour, noticed_at=START, opened_at=hour
        )
        for n in range(3):
            Presence.objects.create(
                meeting=meeting,
                seat_id=world.seats[world.voter(n)],
                name=f"Delegate {n}",
                came_at=hour,
                left_at=hour + timedelta(minutes=40) if n == 2 else None,
            )
    with at(hour + timedelta(minutes=45)):
        question = ask(world)
        (poll,) = open_vote(world, question, meeting_id=meeting.pk)
        with pytest.raises(Refused, match="in a meeting"):
            cast(world, poll, world.voter(2), "yes")
        cast(world, poll, world.voter(0), "yes")
        cast(world, poll, world.voter(1), "yes")
        chair = world.actor(world.voter(0))
        with acting(chair):
            counted = certifying.close(poll, by=chair)
    assert counted.outcome.result is Result.NO_QUORUM
    assert counted.outcome.steps[1].params["there"] == 2
