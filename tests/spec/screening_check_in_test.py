"""Our own instrument, the neighbor check-in: what it asks, and what each answer shows."""

import json
import re
from importlib import resources

import pytest

from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.answers import Answered
from commonweal.kernel.domains import NeedDomain
from commonweal.screening.rules.answers import determine, settle, wishes
from commonweal.screening.rules.questionnaire import read_questionnaire
from commonweal.screening.shapes import Given
from commonweal.screening.vocabulary import CHECK_IN, Flag, Result, Wish

FILE = resources.files("commonweal.screening") / "instruments" / "neighbor-check-in.json"
CHECK = read_questionnaire(json.loads(FILE.read_text(encoding="utf-8")), "neighbor-check-in.json")
ASKED = [question for question in CHECK.walk() if question.is_asked]

ANSWERS = [
    # question, answer, domain, urgent (None: no risk)
    ("home", "own", None, False),
    ("home", "may-lose", NeedDomain.HOUSING, False),
    ("home", "nowhere", NeedDomain.HOMELESSNESS, False),
    ("house", "nothing", None, False),
    ("house", "damp", NeedDomain.INADEQUATE_HOUSING, False),
    ("food", "enough", None, False),
    ("food", "short", NeedDomain.FOOD, False),
    ("food", "hungry", NeedDomain.FOOD, True),
    ("travel", "yes", None, False),
    ("travel", "sometimes-not", NeedDomain.TRANSPORT, False),
    ("utilities", "on", None, False),
    ("utilities", "behind", NeedDomain.UTILITIES, False),
    ("utilities", "off", NeedDomain.UTILITIES, True),
    ("money", "most-months", NeedDomain.MONEY, False),
    ("benefits", "none", None, False),
    ("benefits", "stuck", NeedDomain.MONEY, False),
    ("work", "not-looking", None, False),
    ("work", "looking", NeedDomain.WORK, False),
    ("children", "no-children", None, False),
    ("children", "no", NeedDomain.CHILDCARE, False),
    ("company", "yes", None, False),
    ("company", "no-one", NeedDomain.ISOLATION, False),
    ("safety", "yes", None, False),
    ("safety", "not-always", NeedDomain.SAFETY, False),
    ("safety", "no", NeedDomain.SAFETY, True),
    ("strengths", "family", None, False),
]


@pytest.mark.parametrize(("question", "answer", "domain", "urgent"), ANSWERS)
def test_what_each_answer_shows(question, answer, domain, urgent):
    found = determine(CHECK, settle(CHECK, [Given(question, (answer,))]))
    risks = [(d.domain, d.urgent) for d in found if d.result is Result.POSITIVE]
    assert risks == ([(domain, urgent)] if domain else [])


def test_it_asks_about_the_ten_topics_in_english_and_spanish():
    assert CHECK.key == CHECK_IN
    assert CHECK.languages == ("en", "es")
    topics = {q.link_id for q in ASKED if not q.asks_wish}
    assert topics >= {"home", "food", "travel", "utilities", "safety", "money", "work", "children", "company"}
    assert "benefits" in topics


@pytest.mark.parametrize("question", [q for q in ASKED if not q.asks_wish], ids=lambda q: q.link_id)
def test_every_question_can_be_left_unanswered_in_two_ways(question):
    ways = {option.absent for option in question.options}
    assert {Answered.DECLINED, Answered.UNKNOWN} <= ways


@pytest.mark.parametrize(
    "question", [q for q in ASKED if any(o.risk for o in q.options)], ids=lambda q: q.link_id
)
def test_every_risk_is_followed_by_the_question_whether_help_is_wanted(question):
    (follow,) = [item for item in question.items if item.asks_wish]
    assert {o.code for o in follow.options} == set(Wish)
    assert {c.answer for c in follow.shown_when} == {o.code for o in question.options if o.risk}
    assert follow.segment is question.segment


def test_only_the_question_about_safety_leaves_the_general_segment():
    special = {q.link_id: q.segment for q in ASKED if q.segment is not Segment.GENERAL}
    assert special == {"safety": Segment.DOMESTIC_VIOLENCE, "safety.help": Segment.DOMESTIC_VIOLENCE}


@pytest.mark.parametrize("absent", ["asked-declined", "asked-unknown"])
def test_what_is_not_answered_is_no_risk_and_no_all_clear(absent):
    given = settle(CHECK, [Given(q.link_id, (absent,)) for q in ASKED if not q.asks_wish])
    assert {d.result for d in determine(CHECK, given)} == {Result.INDETERMINATE}


def test_nothing_wrong_beside_something_wrong_is_a_risk_and_flagged():
    found = {d.domain: d for d in determine(CHECK, settle(CHECK, [Given("house", ("nothing", "damp"))]))}
    house = found[NeedDomain.INADEQUATE_HOUSING]
    assert (house.result, house.flags) == (Result.POSITIVE, (Flag.CONTRADICTORY,))


def test_of_two_words_about_one_domain_the_one_that_asks_for_help_counts():
    given = settle(
        CHECK,
        [
            Given("money", ("most-months",)),
            Given("money.help", ("not-now",)),
            Given("benefits", ("maybe",)),
            Given("benefits.help", ("yes",)),
        ],
    )
    assert wishes(CHECK, given, determine(CHECK, given)) == {NeedDomain.MONEY: Wish.YES}


def test_a_wish_without_a_risk_is_not_kept():
    given = settle(CHECK, [Given("food", ("enough",)), Given("food.help", ("yes",))])
    assert "food.help" not in {g.link_id for g in given}
    assert wishes(CHECK, given, determine(CHECK, given)) == {}


@pytest.mark.parametrize("question", ASKED, ids=lambda q: q.link_id)
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_words_are_short_and_without_exclamation(question, language):
    words = question.words.said_in(language)
    longest = max(len(sentence.split()) for sentence in re.split(r"[.?]", words))
    assert longest <= 20
    assert "!" not in words
    assert language == "en" or question.words.said_in("es") != question.words.said_in("en")
