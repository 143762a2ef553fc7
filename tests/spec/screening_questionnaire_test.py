"""Reading questionnaires: what is understood, and how faults are told."""

import copy

import pytest

from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.answers import Answered
from commonweal.kernel.domains import NeedDomain
from commonweal.screening.rules.answers import determine, object_to, settle, wishes
from commonweal.screening.rules.conditions import shown
from commonweal.screening.rules.crosswalk import questionnaire_of
from commonweal.screening.rules.questionnaire import UnreadableInstrument, read_questionnaire
from commonweal.screening.shapes import Given
from commonweal.screening.vocabulary import Kind, Result, Wish

YES_NO = [{"valueCoding": {"system": "urn:t", "code": c, "display": c}} for c in ("yes", "no")]


def item(link_id: str, **more: object) -> dict[str, object]:
    kept = {"linkId": link_id, "text": f"Question {link_id}?", "type": "choice", "answerOption": YES_NO}
    return {name: value for name, value in (kept | more).items() if value is not None}


def form(*items: object, **more: object) -> dict[str, object]:
    return {"resourceType": "Questionnaire", "title": "Test form", "item": list(items), **more}


FAULTS = [
    # resource, place named, words of the fault
    ({"resourceType": "Patient"}, "the questionnaire", "holds no FHIR Questionnaire"),
    ([], "the questionnaire", "holds no FHIR Questionnaire"),
    (form(), "the questionnaire", "nothing to ask"),
    (form(item("a"), item("a")), "linkId a", "used twice"),
    (form(item("")), "the questionnaire", "item number 1 has no linkId"),
    (form(item("a", type="attachment")), "linkId a", "attachment"),
    (form(item("a", answerOption=None)), "linkId a", "either a list of answers or a value set"),
    (form(item("a", answerValueSet="#x")), "linkId a", "either a list of answers or a value set"),
    (form(item("a", answerOption=None, answerValueSet="#x")), "linkId a", "#x"),
    (form(item("a", answerOption=[*YES_NO, YES_NO[0]])), "linkId a", "has the answer yes twice"),
    (form(item("a", text=None)), "linkId a", "no text"),
    (form(item("a", text=7)), "linkId a", "Expected `str`"),
    (form(item("a"), item("b", item=[item("c", repeats="yes")])), "linkId c", "Expected `bool`"),
    (
        form(item("a", enableWhen=[{"question": "z", "operator": "=", "answerString": "x"}])),
        "linkId a",
        "“z”, which is not here",
    ),
    (
        form(
            item("a"),
            item("b", enableWhen=[{"question": "a", "operator": "=", "answerCoding": {"code": "maybe"}}]),
        ),
        "linkId b",
        "no answer of a",
    ),
    (
        form(item("a"), item("b", enableWhen=[{"question": "a", "operator": "=~", "answerString": "x"}])),
        "linkId b",
        "without a question, an operator or an answer",
    ),
    (
        form(item("a", extension=[{"url": "urn:commonweal:need-domain", "valueCode": "wealth"}])),
        "linkId a",
        "“wealth”",
    ),
]


@pytest.mark.parametrize(("resource", "place", "words"), FAULTS)
def test_faults_name_the_file_the_item_and_what_is_wrong(resource, place, words):
    with pytest.raises(UnreadableInstrument) as caught:
        read_questionnaire(resource, "our-form.json")
    assert caught.value.where == f"our-form.json, {place}"
    assert words in caught.value.what


def test_all_faults_are_told_at_once():
    with pytest.raises(UnreadableInstrument) as caught:
        read_questionnaire(form(item("a", type="reference"), item("b", answerOption=None)), "f.json")
    assert [fault.link_id for fault in caught.value.faults] == ["a", "b"]
    assert "(and 1 more)" in str(caught.value)


def test_a_form_nested_without_end_is_refused():
    inner = item("0")
    for number in range(1, 20):
        inner = item(str(number), type="group", answerOption=None, item=[inner])
    with pytest.raises(UnreadableInstrument, match="deep"):
        read_questionnaire(form(inner), "deep.json")


def test_a_bundle_or_an_entry_is_opened():
    entry = {"fullUrl": "x", "resource": form(item("a"))}
    bundle = {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient"}}, entry]}
    for wrapped in (entry, bundle):
        assert read_questionnaire(wrapped, "f").find("a").kind is Kind.ONE


def test_a_contained_value_set_gives_the_answers():
    concepts = [{"code": "y", "display": "Yes"}, {"code": "n", "display": "No"}]
    value_set = {
        "resourceType": "ValueSet",
        "id": "v",
        "compose": {"include": [{"system": "urn:t", "concept": concepts}]},
    }
    read = read_questionnaire(
        form(item("a", answerOption=None, answerValueSet="#v"), contained=[value_set]), "f"
    )
    assert [o.code for o in read.find("a").options] == ["y", "n"]


def test_translations_are_read_and_only_a_whole_language_is_offered():
    def translated(text: str) -> dict[str, object]:
        parts = [{"url": "lang", "valueCode": "es"}, {"url": "content", "valueString": text}]
        extension = {"url": "http://hl7.org/fhir/StructureDefinition/translation", "extension": parts}
        return {"extension": [extension]}

    options = copy.deepcopy(YES_NO)
    whole = form(item("a", _text=translated("¿Pregunta a?"), answerOption=options))
    whole["_title"] = translated("Formulario")
    assert read_questionnaire(whole, "f").languages == ("en",)
    for option in options:
        option["valueCoding"]["_display"] = translated("sí o no")
    read = read_questionnaire(whole, "f")
    assert read.languages == ("en", "es")
    assert read.find("a").words.said_in("es-MX") == "¿Pregunta a?"
    assert read.find("a").words.said_in("fr") == "Question a?"


def when(question: str, answer: str) -> dict[str, object]:
    return {"question": question, "operator": "=", "answerCoding": {"code": answer}}


SHOWN = [
    # answers, what shows beside a
    ({}, set()),
    ({"a": "yes"}, {"b"}),
    ({"a": "yes", "b": "yes"}, {"b", "c"}),
    ({"a": "no", "b": "yes"}, set()),  # b is hidden, so its answer opens nothing
]


@pytest.mark.parametrize(("answers", "more"), SHOWN)
def test_what_shows_follows_the_answers(answers, more):
    read = read_questionnaire(
        form(item("a"), item("b", enableWhen=[when("a", "yes")]), item("c", enableWhen=[when("b", "yes")])),
        "f",
    )
    givens = {link: Given(link, (code,)) for link, code in answers.items()}
    assert shown(read, givens) == {"a"} | more


def test_a_circle_of_conditions_shows_nothing_and_ends():
    read = read_questionnaire(
        form(item("a", enableWhen=[when("b", "yes")]), item("b", enableWhen=[when("a", "yes")])), "f"
    )
    assert shown(read, {"a": Given("a", ("yes",)), "b": Given("b", ("yes",))}) == frozenset()


def test_settling_keeps_the_four_reasons_apart_and_drops_what_is_hidden():
    absent_options = [
        {"valueCoding": {"system": "http://loinc.org", "code": "LA30122-8", "display": "Choose not"}},
        {"valueCoding": {"system": "http://loinc.org", "code": "LA30257-2", "display": "Unable"}},
        {"valueCoding": {"system": "http://loinc.org", "code": "LA15775-2", "display": "Don't know"}},
    ]
    questions = [item(link, answerOption=[*YES_NO, *absent_options]) for link in "abcd"]
    read = read_questionnaire(form(*questions, item("e", enableWhen=[when("a", "yes")])), "f")
    said = [
        Given("a", ("LA30122-8",)),
        Given("b", ("LA30257-2",)),
        Given("c", ("LA15775-2",)),
        Given("e", ("no",)),
    ]
    assert [(g.link_id, g.absent) for g in settle(read, said)] == [
        ("a", Answered.DECLINED),
        ("b", Answered.UNABLE),
        ("c", Answered.UNKNOWN),
        ("d", Answered.NOT_ASKED),
    ]


OBJECTIONS = [
    ("choice", False, Given("a", ("other",)), True),
    ("choice", False, Given("a", ("yes", "no")), True),
    ("choice", True, Given("a", ("yes", "no")), False),
    ("choice", False, Given("a"), False),
    ("integer", False, Given("a", value="three"), True),
    ("integer", False, Given("a", value="3"), False),
    ("integer", False, Given("a", value="nan"), True),
    ("date", False, Given("a", value="2026-02-30"), True),
    ("date", False, Given("a", value="2026-02-28"), False),
    ("text", False, Given("a", value="x" * 1001), True),
]


@pytest.mark.parametrize(("kind", "repeats", "given", "refused"), OBJECTIONS)
def test_answers_that_cannot_be_taken(kind, repeats, given, refused):
    options = YES_NO if kind == "choice" else None
    read = read_questionnaire(form(item("a", type=kind, repeats=repeats, answerOption=options)), "f")
    assert (object_to(read.find("a"), given) is not None) is refused


def lines_form() -> dict[str, object]:
    """PRAPARE's 93031-3 as some forms ask it: line by line, with yes and no."""
    answers = [
        {"valueCoding": {"system": "http://loinc.org", "code": c, "display": c}} for c in ("LA33-6", "LA32-8")
    ]
    lines = [
        item(code, code=[{"system": "http://loinc.org", "code": code}], answerOption=answers)
        for code in ("LA30125-1", "LA30124-4", "LA30129-3")
    ]
    group = item("g", type="group", answerOption=None, item=lines, code=[{"code": "93031-3"}])
    return form(group, code=[{"code": "93025-5"}])


def test_lines_asked_one_by_one_score_like_the_list():
    read = read_questionnaire(lines_form(), "f")
    found = determine(read, settle(read, [Given("LA30125-1", ("LA33-6",)), Given("LA30124-4", ("LA32-8",))]))
    results = {d.domain: d.result for d in found}
    assert results[NeedDomain.FOOD] is Result.POSITIVE
    assert results[NeedDomain.UTILITIES] is Result.NEGATIVE
    assert results[NeedDomain.DIGITAL_ACCESS] is Result.NOT_ASSESSED  # left out, not denied


def crosswalk_rows() -> list[dict[str, str]]:
    rows = []
    for code, answer in (("71802-3", "LA31993-1"), ("71802-3", "LA31995-6"), ("95618-5", "LA6270-8")):
        rows.append(
            {
                "SCREENING_CODE": "96777-8",
                "SCREENING_CODE_DESCRIPTION": "A tool",
                "QUESTION": f" 1. About {code}? ",
                "QUESTION_CODE": code,
                "ANSWER_VALUE": f"Answer {answer}",
                "ANSWER_CODE": answer,
            }
        )
    total = {
        "SCREENING_CODE": "96777-8",
        "QUESTION": "Total",
        "QUESTION_CODE": "95614-4",
        "CALCULATED_FIELD": "TRUE",
    }
    return [*rows, total]


def test_a_crosswalk_becomes_a_form_without_its_totals():
    read = read_questionnaire(questionnaire_of(crosswalk_rows(), "x.csv"), "x.csv")
    asked = [q for q in read.walk() if q.is_asked]
    assert read.key == "ahc-hrsn"
    assert [q.code for q in asked] == ["71802-3", "95618-5"]
    assert asked[0].words.first == "About 71802-3?"
    assert asked[1].segment is Segment.DOMESTIC_VIOLENCE
    assert any("8 of its 10 questions" in warning for warning in read.warnings)


def test_a_crosswalk_row_without_a_code_is_named():
    rows = crosswalk_rows()
    rows[1]["ANSWER_CODE"] = " "
    with pytest.raises(UnreadableInstrument, match="row 3 has no ANSWER_CODE"):
        questionnaire_of(rows, "x.csv")


def marked_form() -> dict[str, object]:
    """An installation's own form: marks in the file, no code of ours."""
    risk = {"extension": [{"url": "urn:commonweal:risk", "valueCode": "yes"}]}
    options = [{**YES_NO[0], **risk}, YES_NO[1]]
    wish = [{"valueCoding": {"code": c, "display": c}} for c in ("yes", "not-now", "have-help")]
    follow = item(
        "pet.help", extension=[{"url": "urn:commonweal:asks-wish", "valueBoolean": True}], answerOption=wish
    )
    domain = {"url": "urn:commonweal:need-domain", "valueCode": "material-hardship"}
    return form(item("pet", extension=[domain], answerOption=options, item=[follow]), id="pets", version="2")


def test_a_form_with_its_own_marks_is_scored_by_them():
    read = read_questionnaire(marked_form(), "pets.json")
    givens = settle(read, [Given("pet", ("yes",)), Given("pet.help", ("have-help",))])
    (found,) = determine(read, givens)
    assert (found.domain, found.result) == (NeedDomain.MATERIAL, Result.POSITIVE)
    assert (found.rule, found.rule_version) == ("pets.material-hardship", "2")
    assert wishes(read, givens, [found]) == {NeedDomain.MATERIAL: Wish.HAVE_HELP}
