"""The shared charter: written together, in force only by a decision, signed by each partner itself."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from tests.governance.test_questions_web import browser
from tests.governance.voting import LAWS, PLAIN, World, cast_all, finish, lay, open_vote, refused

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Role
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import proposing
from commonweal.governance.actions import shared_charter as acts
from commonweal.governance.models import CharterWord, CharterWriting, Mandate, Proposal, SharedCharter
from commonweal.governance.queries import shared_charter as reading
from commonweal.governance.rules.comparing_words import pieces
from commonweal.governance.rules.shared_charter import may_follow, stands
from commonweal.governance.vocabulary import Authority, Matter, Result
from commonweal.governance.vocabulary_shared_charter import Part, Signs, Word
from commonweal.kernel.clock import at, now, today
from commonweal.kernel.errors import BadInput, Conflict, NotFound, Refused

DAY = timedelta(days=1)
FIRST = {
    "problem": "Too many come home to an empty kitchen.",
    "vision": "Nobody here goes hungry.",
    "mission": "We feed those who come home.",
    "values": "Nobody is talked about without being asked.",
}


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ("", "We feed", [("new", "We feed")]),
        ("We feed", "We feed", [("same", "We feed")]),
        ("We feed all", "We see all", [("same", "We "), ("gone", "feed "), ("new", "see "), ("same", "all")]),
        ("We feed", "", [("gone", "We feed")]),
        ("We feed.", "We feed. All.", [("same", "We feed. "), ("new", "All.")]),
    ],
)  # fmt: skip
def test_two_wordings_are_read_in_one(before: str, after: str, kinds: list[tuple[str, str]]) -> None:
    found = pieces(before, after)
    assert [(piece.kind, piece.words) for piece in found] == kinds
    assert "".join(p.words for p in found if p.kind != "gone") == after
    assert "".join(p.words for p in found if p.kind != "new").strip() == before


@pytest.mark.parametrize(
    ("said", "how"),
    [
        ([], Signs.NOT_ASKED),
        ([Word.ASKED], Signs.NOT_ANSWERED),
        ([Word.SIGNED], Signs.SIGNED),
        ([Word.ASKED, Word.DECLINED], Signs.DECLINED),
        ([Word.ASKED, Word.DECLINED, Word.ASKED], Signs.NOT_ANSWERED),
        ([Word.SIGNED, Word.TAKEN_BACK], Signs.TAKEN_BACK),
        ([Word.SIGNED, Word.TAKEN_BACK, Word.SIGNED], Signs.SIGNED),
    ],
)
def test_the_last_word_counts(said: Sequence[Word], how: Signs) -> None:
    assert stands(said) is how


def test_what_may_be_said_next() -> None:
    assert may_follow(Word.SIGNED, Signs.NOT_ASKED), "nobody has to wait until asked"
    assert not may_follow(Word.SIGNED, Signs.SIGNED)
    assert not may_follow(Word.TAKEN_BACK, Signs.NOT_ANSWERED)
    assert not may_follow(Word.ASKED, Signs.SIGNED)
    assert not may_follow(Word.ASKED, Signs.NOT_ANSWERED)


@pytest.fixture
def world(db: None) -> World:
    found = (Authority.FULL, Authority.FULL, Authority.NONE)
    return lay(LAWS + PLAIN, partners=3, residents=1, authorities=found, starts_at=now() - 60 * DAY)


def _mine(world: World, n: int) -> tuple[Actor, UUID]:
    voter = world.voter(n)
    return world.voters[voter], UUID(voter.removeprefix("partner:"))


def _put(world: World, params: dict[str, str], effect: str = "charter.adopt", *, ago: int = 40) -> Mandate:
    """Put it so many days ago, let all say yes, count after eight days; the mandate that came of it."""
    actor, _pid = _mine(world, 0)
    with at(now() - ago * DAY):
        with acting(actor):
            question = proposing.propose(
                by=actor, matter=Matter.BYLAWS, title="Why", question="This?", effect=effect, params=params
            )
        main, *_gates = open_vote(world, question)
        cast_all(world, main, ["yes"] * 3)
        assert finish(world, question, now() + 8 * DAY) is Result.ADOPTED
    return Mandate.objects.get(decision__proposal_id=question)


def test_it_holds_by_its_decision_and_ends_with_it(world: World) -> None:
    first = _put(world, FIRST)
    second = _put(world, {**FIRST, "mission": "We feed and house those who come home."}, ago=30)
    held = reading.in_force()
    assert held is not None
    assert (held.version, held.mandate_id) == (2, second.pk)
    _put(world, {"mandate": str(second.pk), "why": "Too much."}, "mandate.withdraw", ago=20)
    again = reading.in_force()
    assert again is not None
    assert (again.version, again.mandate_id) == (1, first.pk), "the one before stands again"
    page = Client().get("/decisions/shared-charter/").content.decode()
    assert "Version 1 stands again." in page
    assert "Too much." in page
    _put(world, {"mandate": str(first.pk), "why": "All of it."}, "mandate.withdraw", ago=10)
    assert reading.in_force() is None
    assert "None is in force now" in Client().get("/decisions/shared-charter/").content.decode()


def test_no_version_without_a_mandate(world: World) -> None:
    def plant(mandate_id: UUID) -> None:
        SharedCharter.objects.create(version=9, mandate_id=mandate_id, **FIRST)

    done = _put(world, FIRST)
    for actor in (world.backbone, _mine(world, 0)[0], THE_COUNT):
        assert refused(actor, lambda: plant(done.pk)), actor.name
        assert refused(actor, lambda: SharedCharter.objects.update(mission="Ours")), actor.name


def test_a_partner_signs_itself_and_takes_it_back(world: World) -> None:
    actor, mine = _mine(world, 0)
    with pytest.raises(NotFound), acting(actor):
        acts.sign(mine, by=actor)  # nothing stands that could be signed
    _put(world, FIRST)
    held = reading.in_force()
    assert held is not None
    with acting(world.backbone):
        acts.ask(mine, by=world.backbone)
        with pytest.raises(Conflict):
            acts.ask(mine, by=world.backbone)
        with pytest.raises(Refused):
            acts.sign(mine, by=world.backbone)
    assert _stands(held.id, mine) is Signs.NOT_ANSWERED
    other, others = _mine(world, 1)
    assert _stands(held.id, others) is Signs.NOT_ASKED
    with acting(other), pytest.raises(Refused):
        acts.sign(mine, by=other)
    with acting(actor):
        acts.sign(mine, by=actor)
        with pytest.raises(Conflict):
            acts.sign(mine, by=actor)
        with pytest.raises(BadInput):
            acts.take_back(mine, by=actor, why=" ")
    assert _stands(held.id, mine) is Signs.SIGNED
    with acting(other):
        acts.decline(others, by=other, why="Our board meets in May.")
    page = Client().get("/decisions/shared-charter/").content.decode()
    assert "1 of 4 partners has signed." in page
    assert "Our board meets in May." in page
    assert "Delegate 0" not in page, "strangers read organizations and not names"
    assert "Delegate 0" in browser(actor).get("/decisions/shared-charter/").content.decode()
    with acting(actor):
        acts.take_back(mine, by=actor, why="We were not asked about the last word.")
    assert _stands(held.id, mine) is Signs.TAKEN_BACK


def _stands(charter_id: UUID, partner_id: UUID) -> Signs:
    return next(s.stands for s in reading.signatories(charter_id) if s.partner_id == partner_id)


def test_who_may_not_bind_does_not_sign(world: World) -> None:
    _put(world, FIRST)
    actor, mine = _mine(world, 2)
    with acting(actor), pytest.raises(Refused) as no:
        acts.sign(mine, by=actor)
    assert no.value.verdict.rule == "charter.sign.no-authority"
    administrator = Actor(Role.ORG_ADMIN, actor.purpose, mine, world.backbone.account_id, name="Other")
    with acting(administrator), pytest.raises(Refused) as no:
        acts.sign(mine, by=administrator)
    assert no.value.verdict.rule == "charter.sign.delegates-act"


def test_the_database_lets_nobody_sign_for_another(world: World) -> None:
    _put(world, FIRST)
    charter = SharedCharter.objects.get()
    actor, mine = _mine(world, 0)
    other, others = _mine(world, 1)

    def write(partner: UUID, author: Actor) -> None:
        CharterWord.objects.create(
            charter=charter, partner_id=partner, word="signed", said_on=today(),
            author_id=author.account_id, author_name=author.name,
        )  # fmt: skip

    assert not refused(actor, lambda: write(mine, actor))
    assert refused(actor, lambda: write(others, actor))
    assert refused(actor, lambda: write(mine, other)), "nor under another's name"
    assert refused(world.backbone, lambda: write(mine, world.backbone))
    assert refused(THE_COUNT, lambda: write(mine, THE_COUNT))


def test_it_is_written_together_and_nobodys_words_go_unread(world: World) -> None:
    (one, _a), (two, _b) = _mine(world, 0), _mine(world, 1)
    with acting(one):
        first = acts.write(Part.MISSION, "We feed.", by=one, after=None)
    with acting(two):
        with pytest.raises(Conflict):
            acts.write(Part.MISSION, "We house.", by=two, after=None)
        acts.remark(first, "And who is housed?", by=two)
        acts.write(Part.MISSION, "We feed and house.", by=two, after=first)
    found = next(part for part in reading.draft() if part.part is Part.MISSION)
    assert found.latest is not None
    assert (found.latest.words, found.latest.author) == ("We feed and house.", "Delegate 1")
    assert [(old.words, old.author) for old in found.earlier] == [("We feed.", "Delegate 0")]
    assert [(said.words, said.is_of_latest) for said in found.remarks] == [("And who is housed?", False)]
    stranger = Actor(Role.CASE_WORKER, one.purpose, None, None, name="Nobody")
    with acting(stranger), pytest.raises(Refused):
        acts.write(Part.VALUES, "Mine", by=stranger, after=None)
    with pytest.raises(DatabaseError), acting(one), transaction.atomic():
        CharterWriting.objects.filter(pk=first).update(words="Otherwise")


def test_the_draft_is_put_to_the_table_on_its_page(world: World) -> None:
    actor, _mine_id = _mine(world, 0)
    page, path = browser(actor), "/decisions/shared-charter/draft/"
    for part, words in FIRST.items():
        assert page.post(path, {"verb": "write", "part": part, "words": words}).status_code == 302
    again = page.post(path, {"verb": "write", "part": "mission", "words": "Mine alone"})
    assert again.status_code == 422
    assert "Mine alone" in again.content.decode(), "nothing that was written is lost"
    done = page.post(path, {"verb": "put", "title": "Our first", "why": "It is time."})
    assert done.status_code == 302
    row = Proposal.objects.get()
    assert row.effect == "charter.adopt"
    assert row.params == {**FIRST, "words": "Our first"}
    assert (
        "Another version is before the table" in Client().get("/decisions/shared-charter/").content.decode()
    )


def test_signing_on_the_page(world: World) -> None:
    _put(world, FIRST)
    actor, mine = _mine(world, 0)
    page = browser(actor)
    assert "Sign for Partner 0" in page.get("/decisions/shared-charter/").content.decode()
    page.post("/decisions/shared-charter/sign/", {"verb": "sign", "partner": str(mine)})
    held = reading.in_force()
    assert held is not None
    assert _stands(held.id, mine) is Signs.SIGNED
    browser(world.backbone, Role.ORG_ADMIN).post("/decisions/shared-charter/sign/", {"verb": "ask-all"})
    left = [s.stands for s in reading.signatories(held.id) if s.partner_id != mine]
    assert left == [Signs.NOT_ANSWERED] * 3
    assert Client().get("/decisions/shared-charter/1/").status_code == 200
