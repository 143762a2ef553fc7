"""What answers show: the worked examples and traps of the domain reference, as tables."""

import pytest

from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.answers import Answered
from commonweal.kernel.domains import NeedDomain
from commonweal.screening.rules import ahc, hunger, prapare
from commonweal.screening.rules.ahc import HITS_ITEMS, HITS_SCORES
from commonweal.screening.rules.scoring import Reply, RuleSet
from commonweal.screening.shapes import Determination
from commonweal.screening.vocabulary import Flag, Result

POSITIVE, NEGATIVE = Result.POSITIVE, Result.NEGATIVE
INDETERMINATE, NOT_ASSESSED = Result.INDETERMINATE, Result.NOT_ASSESSED
CODE_OF_SCORE = {score: code for code, score in HITS_SCORES.items()}


def reply(*codes: str, absent: Answered | None = None) -> Reply:
    return Reply(frozenset(codes), absent=absent)


def found_in(rules: RuleSet, domain: NeedDomain, **answers: Reply) -> Determination | None:
    replies = {question.replace("q", "", 1).replace("_", "-"): one for question, one in answers.items()}
    return next((d for d in rules.determine(replies) if d.domain is domain), None)


def result_in(rules: RuleSet, domain: NeedDomain, **answers: Reply) -> Result | None:
    found = found_in(rules, domain, **answers)
    return found.result if found else None


HITS = [
    # items (0 = missing), low, high, result; DOMAIN §1.3
    ((2, 3, 3, 3), 11, 11, POSITIVE),
    ((3, 3, 2, 2), 10, 10, NEGATIVE),
    ((4, 3, 3, 0), 11, 15, POSITIVE),
    ((2, 2, 2, 0), 7, 11, INDETERMINATE),
    ((2, 2, 1, 0), 6, 10, NEGATIVE),
    ((5, 4, 0, 0), 11, 19, POSITIVE),
    ((5, 3, 0, 0), 10, 18, INDETERMINATE),
    ((1, 1, 1, 1), 4, 4, NEGATIVE),
    ((5, 5, 5, 5), 20, 20, POSITIVE),
]


@pytest.mark.parametrize(("items", "low", "high", "result"), HITS)
@pytest.mark.parametrize("absent", [None, Answered.NOT_ASKED, Answered.DECLINED, Answered.UNABLE])
def test_hits_with_missing_items(items, low, high, result, absent):
    replies = {
        question: reply(CODE_OF_SCORE[score]) if score else reply(absent=absent)
        for question, score in zip(HITS_ITEMS, items, strict=True)
    }
    found = ahc.hits(replies)
    assert (found.result, found.score.low, found.score.high) == (result, low, high)
    assert found.segment is Segment.DOMESTIC_VIOLENCE


@pytest.mark.parametrize(("items", "low", "high", "result"), HITS)
def test_the_total_score_exists_only_when_all_four_are_answered(items, low, high, result):
    replies = {q: reply(CODE_OF_SCORE[s]) for q, s in zip(HITS_ITEMS, items, strict=True) if s}
    score = ahc.hits(replies).score
    assert score.code == "95614-4"
    assert score.value == (sum(items) if all(items) else None)


def test_hits_that_nobody_asked_is_not_assessed_and_all_declined_cannot_be_told():
    assert ahc.hits({}).result is NOT_ASSESSED
    declined = {question: reply(absent=Answered.DECLINED) for question in HITS_ITEMS}
    assert ahc.hits(declined).result is INDETERMINATE


def test_two_answers_to_one_hits_item_count_from_lowest_to_highest_and_are_flagged():
    replies = {q: reply(CODE_OF_SCORE[3]) for q in HITS_ITEMS}
    replies[HITS_ITEMS[0]] = reply(CODE_OF_SCORE[1], CODE_OF_SCORE[5])
    found = ahc.hits(replies)
    assert (found.score.low, found.score.high, found.score.value) == (10, 14, None)
    assert (found.result, found.flags) == (INDETERMINATE, (Flag.CONTRADICTORY,))


OFTEN, SOMETIMES, NEVER, REFUSED = "LA28397-0", "LA6729-3", "LA28398-8", "LA15775-2"
HUNGER = [
    # worry, last, result; DOMAIN §1.4 and 1-T3. "" is not asked, REFUSED is "don't know/refused"
    (OFTEN, OFTEN, POSITIVE),
    (OFTEN, NEVER, POSITIVE),
    (NEVER, SOMETIMES, POSITIVE),
    (SOMETIMES, "", POSITIVE),
    ("", SOMETIMES, POSITIVE),
    (SOMETIMES, REFUSED, POSITIVE),
    (NEVER, NEVER, NEGATIVE),
    (NEVER, REFUSED, INDETERMINATE),
    (REFUSED, NEVER, INDETERMINATE),
    (NEVER, "", INDETERMINATE),
    ("", NEVER, INDETERMINATE),
    (REFUSED, REFUSED, INDETERMINATE),
    (REFUSED, "", INDETERMINATE),
    ("", "", NOT_ASSESSED),
]


@pytest.mark.parametrize(("worry", "last", "result"), HUNGER)
@pytest.mark.parametrize("rules", [hunger.RULES, ahc.RULES], ids=["HVS", "AHC"])
def test_food(rules, worry, last, result):
    def said(code: str) -> Reply:
        if code == REFUSED:
            return reply(absent=Answered.UNKNOWN)
        return reply(code) if code else reply()

    found = result_in(rules, NeedDomain.FOOD, q88122_7=said(worry), q88123_5=said(last))
    assert found is result


SAME_QUESTION_OTHER_ANSWERS = [
    # 1-T1: one LOINC question, disjoint answer lists
    (ahc.RULES, "71802-3", "LA31993-1", NeedDomain.HOUSING, NEGATIVE),
    (ahc.RULES, "71802-3", "LA31994-9", NeedDomain.HOUSING, POSITIVE),
    (ahc.RULES, "71802-3", "LA31995-6", NeedDomain.HOMELESSNESS, POSITIVE),
    (ahc.RULES, "71802-3", "LA31995-6", NeedDomain.HOUSING, None),
    (ahc.RULES, "71802-3", "LA31994-9", NeedDomain.HOMELESSNESS, None),
    (ahc.RULES, "71802-3", "LA31993-1", NeedDomain.HOMELESSNESS, NEGATIVE),
    (ahc.RULES, "71802-3", "LA30190-5", NeedDomain.HOMELESSNESS, INDETERMINATE),
    (prapare.RULES, "71802-3", "LA30190-5", NeedDomain.HOMELESSNESS, POSITIVE),
    (prapare.RULES, "71802-3", "LA30189-7", NeedDomain.HOMELESSNESS, NEGATIVE),
    (prapare.RULES, "71802-3", "LA31993-1", NeedDomain.HOMELESSNESS, INDETERMINATE),
    (ahc.RULES, "93030-5", "LA33-6", NeedDomain.TRANSPORT, POSITIVE),
    (ahc.RULES, "93030-5", "LA30133-5", NeedDomain.TRANSPORT, INDETERMINATE),
    (prapare.RULES, "93030-5", "LA30133-5", NeedDomain.TRANSPORT, POSITIVE),
    (prapare.RULES, "93030-5", "LA30134-3", NeedDomain.TRANSPORT, POSITIVE),
    (prapare.RULES, "93030-5", "LA33-6", NeedDomain.TRANSPORT, INDETERMINATE),
    (prapare.RULES, "93030-5", "LA32-8", NeedDomain.TRANSPORT, NEGATIVE),
]


@pytest.mark.parametrize(("rules", "question", "answer", "domain", "result"), SAME_QUESTION_OTHER_ANSWERS)
def test_scored_by_instrument_question_and_answer(rules, question, answer, domain, result):
    found = next((d for d in rules.determine({question: reply(answer)}) if d.domain is domain), None)
    assert (found.result if found else None) is result


def test_an_answer_of_another_instrument_is_flagged_and_never_a_no():
    found = found_in(ahc.RULES, NeedDomain.HOMELESSNESS, q71802_3=reply("LA30190-5"))
    assert found.flags == (Flag.UNRECOGNIZED,)


PLACE = [
    # 1-T4: answers to the list of things wrong at home
    ({"LA9-3"}, NEGATIVE, ()),
    (set(), NOT_ASSESSED, ()),
    ({"LA28580-1"}, POSITIVE, ()),
    ({"LA28580-1", "LA31996-4"}, POSITIVE, ()),
    ({"LA9-3", "LA28580-1"}, POSITIVE, (Flag.CONTRADICTORY,)),
    ({"LA99999-9"}, INDETERMINATE, (Flag.UNRECOGNIZED,)),
]


@pytest.mark.parametrize(("codes", "result", "flags"), PLACE)
def test_place_problems(codes, result, flags):
    found = found_in(ahc.RULES, NeedDomain.INADEQUATE_HOUSING, q96778_6=reply(*codes))
    assert (found.result, found.flags) == (result, flags)


def test_a_contradiction_keeps_every_answer_in_the_trace():
    found = found_in(ahc.RULES, NeedDomain.INADEQUATE_HOUSING, q96778_6=reply("LA9-3", "LA28580-1"))
    assert found.trace[0].codes == ("LA28580-1", "LA9-3")


UTILITIES = [
    ("LA33-6", POSITIVE, False),
    ("LA32002-0", POSITIVE, True),  # 1-T5: already shut off is urgent
    ("LA32-8", NEGATIVE, False),
]


@pytest.mark.parametrize(("answer", "result", "urgent"), UTILITIES)
def test_utilities(answer, result, urgent):
    found = found_in(ahc.RULES, NeedDomain.UTILITIES, q96779_4=reply(answer))
    assert (found.result, found.urgent) == (result, urgent)


PRAPARE_ITEMS = [
    ("93033-9", {"LA33-6"}, NeedDomain.HOUSING, POSITIVE),
    ("93033-9", {"LA32-8"}, NeedDomain.HOUSING, NEGATIVE),
    ("93031-3", {"LA30125-1"}, NeedDomain.FOOD, POSITIVE),
    ("93031-3", {"LA30125-1"}, NeedDomain.UTILITIES, NEGATIVE),
    ("93031-3", {"LA30124-4", "LA30127-7"}, NeedDomain.CHILDCARE, POSITIVE),
    ("93031-3", {"LA30126-9"}, NeedDomain.MATERIAL, POSITIVE),
    ("93031-3", {"LA30128-5"}, NeedDomain.MEDICAL_COST, POSITIVE),
    ("93031-3", {"LA30129-3"}, NeedDomain.DIGITAL_ACCESS, POSITIVE),
    ("93031-3", set(), NeedDomain.FOOD, NOT_ASSESSED),
    ("67875-5", {"LA17956-6"}, NeedDomain.WORK, POSITIVE),
    ("67875-5", {"LA30137-6"}, NeedDomain.WORK, NEGATIVE),
    ("76437-3", {"LA30194-7"}, NeedDomain.INSURANCE, POSITIVE),
    ("76437-3", {"LA17849-3"}, NeedDomain.INSURANCE, NEGATIVE),
    ("93029-7", {"LA27722-0"}, NeedDomain.ISOLATION, POSITIVE),
    ("93029-7", {"LA30132-7"}, NeedDomain.ISOLATION, NEGATIVE),
    ("93038-8", {"LA13914-9"}, NeedDomain.STRESS, POSITIVE),
    ("93038-8", {"LA6568-5"}, NeedDomain.STRESS, NEGATIVE),
    ("93028-9", {"LA33-6"}, NeedDomain.INCARCERATION, POSITIVE),
    ("93026-3", {"LA32-8"}, NeedDomain.SAFETY, POSITIVE),
    ("93026-3", {"LA14072-5"}, NeedDomain.SAFETY, INDETERMINATE),
    ("76501-6", {"LA33-6"}, NeedDomain.SAFETY, POSITIVE),
    ("76501-6", {"LA4720-4"}, NeedDomain.SAFETY, INDETERMINATE),  # the other question was not asked
]


@pytest.mark.parametrize(("question", "codes", "domain", "result"), PRAPARE_ITEMS)
def test_prapare_items(question, codes, domain, result):
    found = {d.domain: d.result for d in prapare.RULES.determine({question: reply(*codes)})}
    assert found[domain] is result


@pytest.mark.parametrize("absent", [Answered.DECLINED, Answered.UNABLE, Answered.UNKNOWN])
def test_a_question_without_an_answer_is_never_negative(absent):
    for rules in (ahc.RULES, prapare.RULES, hunger.RULES):
        every = {t.question: reply(absent=absent) for d in rules.determine({}) for t in d.trace}
        for question in (*ahc.CORE, *hunger.QUESTIONS, "93033-9", "93031-3", "67875-5"):
            every[question] = reply(absent=absent)
        assert {d.result for d in rules.determine(every)} <= {INDETERMINATE, NOT_ASSESSED}


def test_each_determination_names_its_rule_and_version():
    for rules in (ahc.RULES, prapare.RULES, hunger.RULES):
        for determination in rules.determine({}):
            assert determination.rule.startswith(rules.instrument)
            assert determination.rule_version


def test_choosing_not_to_answer_about_stress_is_not_a_risk():
    """The crosswalk of the New York hub flags it as one; we do not follow."""
    declined = {"93038-8": reply(absent=Answered.DECLINED)}
    found = {d.domain: d.result for d in ahc.RULES.determine(declined)}
    assert found[NeedDomain.STRESS] is INDETERMINATE
