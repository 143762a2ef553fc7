"""The unbroken thread, in the database: split and merged twice, each author gets a true answer of their
own."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from tests.governance.voting import refused
from tests.voice.conftest import DAY, START, Place

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.kernel.clock import at
from commonweal.kernel.errors import BadInput, Conflict, Refused
from commonweal.partners import facade as partners
from commonweal.voice import actions, models
from commonweal.voice.access import TELLER
from commonweal.voice.queries import agenda, graph, inputs, telling
from commonweal.voice.shapes import Told, node
from commonweal.voice.vocabulary import Answering, Hand, Way

pytestmark = pytest.mark.django_db


def told(code: str) -> Told:
    with acting(TELLER):
        found = inputs.by_code(code)
        assert found is not None
        answer = telling.told(found)
    assert answer is not None
    return answer


def words(code: str) -> str:
    return " | ".join(line.words for line in told(code).lines)


def test_what_is_said_is_kept_whole_and_told_back(place: Place) -> None:
    kept = place.say("  The bus stops at six.\nI work until eight. ", language="es", name="")
    assert re.fullmatch(r"[a-z]{4}-[a-z]{4}-[a-z]{4}", kept.code)
    answer = told(kept.code.upper().replace("-", " "))
    assert answer.input.words == "The bus stops at six.\nI work until eight."
    assert answer.now.words == (
        "Residents’ Council has it. Nobody has answered yet. It is to answer within 21 days."
    )


def test_split_and_merge_twice_and_each_has_a_true_answer_of_its_own(place: Place) -> None:
    with at(START):
        bus, night, bench, shade = (
            place.say(said)
            for said in ("Bus after six", "Night bus on Sunday", "A bench", "Shade at the stop")
        )
    by, ids = place.backbone, [one.input_id for one in (bus, night, bench, shade)]
    with acting(by):
        with at(START + DAY):
            one = actions.group(place.council, ids, by=by, title="The stop", why="All about the stop.")
        with at(START + 2 * DAY):
            actions.answer(node("group", one), Answering.CONSIDERING, "We ask the city.", by=by)
        with at(START + 3 * DAY):  # split: once
            two = actions.split(one, ids[:2], by=by, title="Buses at night", why="That is about hours.")
        with at(START + 4 * DAY):
            actions.answer(node("group", two), Answering.REFUSED, "No drivers at night.", by=by)
        with at(START + 5 * DAY):  # merge: once
            three = actions.merge([one, two], by=by, title="Getting around", why="One budget line.")
        with at(START + 6 * DAY):  # split: twice, out of a group within the merged one
            four = actions.split(three, [ids[1]], by=by, title="Sundays", why="Sunday is the county’s.")
        with at(START + 7 * DAY):  # merge: twice
            actions.merge([three, four], by=by, title="Moving", why="One question for all.")
        with at(START + 8 * DAY):
            actions.answer(node("input", ids[3]), Answering.ANSWERED, "The tree is planted.", by=by)
    answers = {one.code: words(one.code) for one in (bus, night, bench, shade)}
    for code in answers:
        assert "We ask the city." in answers[code], "all were in the group when that was said"
    for one, said in ((bus, True), (night, True), (bench, False), (shade, False)):
        assert ("No drivers at night." in answers[one.code]) is said
    assert "Sunday is the county’s." in answers[night.code]
    assert "Sunday is the county’s." not in answers[bus.code]
    assert "The tree is planted." in answers[shade.code]
    assert "The tree is planted." not in answers[bench.code]
    for one in (bus, night, bench, shade):
        assert "One question for all." in answers[one.code]
        assert told(one.code).input.id == one.input_id
    own = {told(one.code).input.words for one in (bus, night, bench, shade)}
    assert len(own) == 4
    assert told(shade.code).now.words == "This is our answer: The tree is planted."
    assert told(night.code).now.words == "No: No drivers at night."


def test_an_act_is_taken_back_only_with_its_reason_and_once(place: Place) -> None:
    kept = place.say("A crossing at the school")
    other = place.say("A light at the school")
    by = place.backbone
    with acting(by):
        made = actions.group(
            place.council, [kept.input_id, other.input_id], by=by, title="School", why="Same place."
        )
        act = models.Act.objects.get()
        with pytest.raises(BadInput):
            actions.take_back(act.pk, by=by, why="   ")
    with acting(by):
        actions.take_back(act.pk, by=by, why="They are two things.")
        with pytest.raises(Conflict):
            actions.take_back(act.pk, by=by, why="Once more.")
    assert "It is no longer in “School”: They are two things." in words(kept.code)
    with acting(by):
        assert reading_of(place, made) == []


def reading_of(place: Place, group: UUID) -> list[str]:
    return graph.of_bodies([place.council]).inputs_now_in(node("group", group))


def test_a_split_is_undone_and_all_is_as_it_was(place: Place) -> None:
    one, two = place.say("One"), place.say("Two")
    by = place.backbone
    with acting(by):
        old = actions.group(place.council, [one.input_id, two.input_id], by=by, title="Both", why="Same.")
        actions.split(old, [two.input_id], by=by, title="Other", why="Not the same.")
        act = models.Act.objects.get(kind="split")
        actions.take_back(act.pk, by=by, why="It was the same after all.")
        assert len(reading_of(place, old)) == 2


@pytest.mark.parametrize(
    "statement",
    [
        "delete from voice_link",
        "update voice_link set undone_by_id = null",
        "update voice_link set target_kind = 'question', target_ref = 'x', target_group_id = null",
        "update voice_link set undone_by_id = act_id",
        "delete from voice_act",
        "update voice_act set why = 'otherwise'",
        "insert into voice_act (id, body_id, kind, why, by_name, recorded_at)"
        " select gen_random_uuid(), body_id, kind, '  ', by_name, recorded_at from voice_act",
        "update voice_said set words = 'other words'",
        "delete from voice_said",
        "update voice_input set is_public = true",
        "delete from voice_input",
        "delete from voice_reply",
        "update voice_reply set words = 'other words'",
    ],
)
def test_nothing_is_unsaid_and_no_link_goes_without_a_reason(place: Place, statement: str) -> None:
    kept = place.say("Keep me")
    with acting(place.backbone):
        made = actions.group(place.council, [kept.input_id], by=place.backbone, title="G", why="W")
        actions.answer(node("group", made), Answering.CONSIDERING, "We look.", by=place.backbone)

    def write() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            touched.append(cursor.rowcount)

    touched: list[int] = []
    if "insert" in statement:
        with pytest.raises(DatabaseError), acting(place.backbone), transaction.atomic():
            write()
        return
    assert refused(place.backbone, write) or touched == [0], (
        "no policy lets a row be found, or a trigger refuses"
    )


# ── Who may ────────────────────────────────────────────────────────────────────────────────────────
def test_only_who_leads_or_keeps_the_records_puts_together_and_answers(place: Place) -> None:
    kept = place.say("Hello")
    delegate = next(iter(place.world.voters.values()))
    plain = next(iter(place.world.residents.values()))
    for by in (delegate, plain, Actor.public()):
        with acting(by), pytest.raises(Refused):
            actions.group(place.council, [kept.input_id], by=by, title="T", why="W")
        with acting(by), pytest.raises(Refused):
            actions.answer(node("input", kept.input_id), Answering.REFUSED, "No.", by=by)
        with acting(by), pytest.raises(Refused):
            actions.redact(kept.input_id, "…", by=by, why="W")
    with acting(place.lead):
        assert actions.answer(node("input", kept.input_id), Answering.ANSWERED, "Yes.", by=place.lead)


def test_words_are_for_everybody_only_where_their_author_said_so(place: Place) -> None:
    shut, open_ = place.say("For you alone"), place.say("For all", is_public=True)
    delegate = next(iter(place.world.voters.values()))
    member = next(iter(place.world.residents.values()))
    for by, sees in (
        (Actor.public(), False),
        (delegate, False),
        (member, True),
        (place.backbone, True),
    ):
        with acting(by):
            found = inputs.by_ids([shut.input_id, open_.input_id])
        assert (found[shut.input_id].words == "For you alone") is sees, by
        assert found[open_.input_id].words == "For all"


def test_an_address_is_read_by_the_backbone_and_the_program_alone(place: Place) -> None:
    place.say("Write to me", email="ana@example.org", phone="555-0142")
    partner_admin = next(iter(place.world.voters.values()))
    admin = Actor(Role.ORG_ADMIN, Purpose.GOV, partner_admin.partner_id, partner_admin.account_id, name="A")
    for by, sees in (
        (Actor.public(), 0),
        (partner_admin, 0),
        (admin, 0),
        (place.lead, 0),
        (Actor(Role.OPERATOR, Purpose.ADMIN, name="setup"), 0),
        (place.backbone, 1),
        (TELLER, 1),
    ):
        with acting(by):
            assert models.Contact.objects.count() == sees, by


def test_what_is_said_in_the_caucus_stays_there(place: Place) -> None:
    with acting(Actor.public()), pytest.raises(Refused):
        actions.say(place.caucus, "Let me in", by=Actor.public())
    with acting(place.insider):
        kept = actions.say(place.caucus, "We strike", by=place.insider, is_public=True)
        actions.answer(node("input", kept.input_id), Answering.REFUSED, "Not yet a strike.", by=place.insider)
        assert models.Input.objects.count() == 1
    assert kept.code == ""
    outside = [
        Actor.public(),
        place.backbone,
        TELLER,
        place.lead,
        Actor(Role.OPERATOR, Purpose.ADMIN, name="x"),
    ]
    for by in outside:
        with acting(by):
            assert models.Input.objects.count() == models.Said.objects.count() == 0, by
            assert models.Reply.objects.count() == models.Act.objects.count() == 0, by
            assert inputs.silences(partners.bodies()) == [], by


def test_what_is_redacted_is_read_by_nobody_and_stays_on_record(place: Place) -> None:
    kept = place.say("My sister Ana has no papers", is_public=True)
    with acting(place.lead):
        actions.redact(kept.input_id, "My sister has no papers", by=place.lead, why="A name.")
    for by in (Actor.public(), place.backbone, place.lead, TELLER):
        with acting(by):
            assert models.Said.objects.count() == 0, by
            assert models.Redaction.objects.count() == 1
            found = inputs.one(kept.input_id)
            assert found is not None
            assert found.words == "My sister has no papers"
            assert found.is_redacted
    assert "Ana" not in str(told(kept.code))


def test_a_helper_writes_down_with_how_they_know_it(place: Place) -> None:
    helper = next(iter(place.world.voters.values()))
    with acting(Actor.public()), pytest.raises(Refused):
        actions.say(place.council, "He says", by=Actor.public(), way=Way.PHONE)
    with acting(helper):
        kept = actions.say(
            place.council, "No heat since Monday", by=helper, way=Way.PHONE, hand=Hand.INTERPRETED,
            language="other", said_at=START,
        )  # fmt: skip
    answer = told(kept.code).input
    assert (answer.way, answer.hand, answer.language) == (Way.PHONE, Hand.INTERPRETED, "other")
    assert answer.said_at == START
    assert answer.recorded_at > START
    with acting(TELLER):
        assert models.Said.objects.get().helper_name == helper.name


def test_a_form_sent_twice_is_kept_once(place: Place) -> None:
    once = UUID(int=7)
    first = place.say("Twice", once=once)
    again = place.say("Twice", once=once)
    assert again.input_id == first.input_id
    assert again.code == ""


# ── The clock ──────────────────────────────────────────────────────────────────────────────────────
def test_silence_is_counted_and_comes_on_the_agenda(place: Place) -> None:
    with at(START):
        place.say("First")
        answered = place.say("Second")
    with at(START + 3 * DAY), acting(place.lead):
        actions.answer(
            node("input", answered.input_id), Answering.DEFERRED, "In spring.", by=place.lead,
            until=(START + 90 * DAY).date(),
        )  # fmt: skip
    council = partners.bodies_by_id([place.council])[place.council]
    with at(START + timedelta(days=30)), acting(Actor.public()):
        (owed,) = inputs.silences([council])
        assert (owed.said, owed.answered, owed.late, owed.longest_days, owed.put_off) == (2, 1, 1, 30, 1)
        (matter,) = agenda.late_answers(council)
        assert matter.title == "Answer what was said to us: 1 waits"
        assert matter.by_residents
    with at(START + timedelta(days=20)), acting(Actor.public()):
        assert list(agenda.late_answers(council)) == []


def test_not_now_says_until_when(place: Place) -> None:
    kept = place.say("Soon?")
    with acting(place.lead), pytest.raises(BadInput):
        actions.answer(node("input", kept.input_id), Answering.DEFERRED, "Later.", by=place.lead)
