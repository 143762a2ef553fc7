"""Real questionnaires and the AHC-HRSN crosswalk: they load, and our scoring agrees with theirs."""

import csv
import json
from collections import defaultdict
from pathlib import Path

import pytest

from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.domains import NeedDomain
from commonweal.screening.rules import ahc, prapare
from commonweal.screening.rules.answers import determine, settle
from commonweal.screening.rules.crosswalk import questionnaire_of
from commonweal.screening.rules.questionnaire import read_questionnaire
from commonweal.screening.rules.scoring import Reply
from commonweal.screening.shapes import Given, InstrumentShape
from commonweal.screening.vocabulary import AHC, HUNGER_VITAL_SIGN, PRAPARE, Kind, Result

pytestmark = pytest.mark.corpus

GRAVITY = "fhir/sdoh-clinicalcare/json-examples-2.3.0/src/main/resources/ig-examples"
CROSSWALK = "fhir/nyher-hrsn/1115-hub/reference-data/ahc-cross-walk.csv"
LFORMS = "fhir/sdoh-clinicalcare/prapare-lforms/lib/_internal/constants/prapare.json"


def read(path: Path) -> InstrumentShape:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return read_questionnaire(questionnaire_of(csv.DictReader(file), path.name), path.name)
    return read_questionnaire(json.loads(path.read_text(encoding="utf-8")), path.name)


FILES = [
    # file, scoring, questions asked, of them sensitive
    (f"{GRAVITY}/Questionnaire-SDOHCC-QuestionnaireHungerVitalSign.json", HUNGER_VITAL_SIGN, 2, 0),
    (f"{GRAVITY}/Questionnaire-SDOHCC-QuestionnairePRAPARE.json", PRAPARE, 21, 3),
    (LFORMS, PRAPARE, 30, 3),
    ("fhir/us-core-examples/Questionnaire-hunger-vital-sign-example.json", HUNGER_VITAL_SIGN, 2, 0),
    ("fhir/us-core-examples/Questionnaire-prapare-example.json", PRAPARE, 21, 3),
    ("fhir/us-core-examples/Questionnaire-TAPS.json", "taps", 5, 5),
    ("fhir/nyher-hrsn/1115-hub/gravity/AHC HRSN Questionnaire.json", AHC, 4, 0),
    (CROSSWALK, AHC, 27, 11),
]


@pytest.mark.parametrize(("file", "key", "asked", "sensitive"), FILES)
def test_the_file_loads(shared_data, file, key, asked, sensitive):
    instrument = read(shared_data / file)
    questions = [q for q in instrument.walk() if q.is_asked]
    assert instrument.key == key
    assert len(questions) == asked
    assert sum(q.segment is not Segment.GENERAL for q in questions) == sensitive


def test_the_excerpt_of_ahc_says_what_it_lacks(shared_data):
    instrument = read(shared_data / "fhir/nyher-hrsn/1115-hub/gravity/AHC HRSN Questionnaire.json")
    told = " ".join(instrument.warnings)
    assert "8 of its 10 questions are not in this file" in told
    assert "LL6078-1 names a list of answers" in told
    assert instrument.find("/1.1.2").kind is Kind.MANY


DOMAINS_OF_THE_TABLE = {
    "Homelessness, Housing Instability": {NeedDomain.HOUSING, NeedDomain.HOMELESSNESS},
    "Inadequate Housng": {NeedDomain.INADEQUATE_HOUSING},  # spelled so in the table
    "Food Insecurity": {NeedDomain.FOOD},
    "Transportation Insecurity": {NeedDomain.TRANSPORT},
    "Utility Insecurity": {NeedDomain.UTILITIES},
    "Financial Insecurity": {NeedDomain.MONEY},
    "Employment Status": {NeedDomain.WORK},
    "Social Connection": {NeedDomain.ISOLATION},
    "Language Accessibility": {NeedDomain.LANGUAGE},
    "Education Attainment": {NeedDomain.EDUCATION},
    "Stress": {NeedDomain.STRESS},
}
NOT_FOLLOWED = {("93038-8", "LA30122-8")}
"""Choosing not to answer, which the table flags as a need."""


def test_every_flag_of_the_crosswalk_is_what_we_score(shared_data):
    instrument = read(shared_data / CROSSWALK)
    link_of = {q.code: q.link_id for q in instrument.walk() if q.is_asked}
    disagreements, compared = set(), 0
    with (shared_data / CROSSWALK).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            domains = DOMAINS_OF_THE_TABLE.get(row["SDOH_DOMAIN"])
            if domains is None or row["POTENTIAL_NEED_INDICATED"] not in ("Yes", "No"):
                continue
            given = Given(link_of[row["QUESTION_CODE"]], (row["ANSWER_CODE"],))
            found = determine(instrument, settle(instrument, [given]))
            risk = any(d.domain in domains and d.result is Result.POSITIVE for d in found)
            compared += 1
            if risk is not (row["POTENTIAL_NEED_INDICATED"] == "Yes"):
                disagreements.add((row["QUESTION_CODE"], row["ANSWER_CODE"]))
    assert compared > 45
    assert disagreements == NOT_FOLLOWED


def test_the_crosswalk_scores_of_hits_are_ours(shared_data):
    scores = defaultdict(dict)
    with (shared_data / CROSSWALK).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["QUESTION_CODE"] in ahc.HITS_ITEMS:
                scores[row["QUESTION_CODE"]][row["ANSWER_CODE"]] = int(row["SCORE"])
    assert dict(scores) == dict.fromkeys(ahc.HITS_ITEMS, ahc.HITS_SCORES)


def answers_of(response: dict[str, object]) -> list[Given]:
    """The givens in a FHIR QuestionnaireResponse."""
    found, waiting = [], [*response.get("item", [])]
    while waiting:
        item = waiting.pop()
        codes = tuple(a["valueCoding"]["code"] for a in item.get("answer", ()) if "valueCoding" in a)
        if codes:
            found.append(Given(item["linkId"], codes))
        waiting += item.get("item", [])
    return found


def test_the_guides_prapare_answers_show_what_the_guide_derives(shared_data):
    instrument = read(shared_data / GRAVITY / "Questionnaire-SDOHCC-QuestionnairePRAPARE.json")
    response = json.loads(
        (
            shared_data / GRAVITY / "QuestionnaireResponse-SDOHCC-QuestionnaireResponsePRAPAREExample.json"
        ).read_text()
    )
    found = determine(instrument, settle(instrument, answers_of(response)))
    risks = {d.domain for d in found if d.result is Result.POSITIVE}
    assert {NeedDomain.HOMELESSNESS, NeedDomain.WORK} <= risks


@pytest.mark.parametrize(
    ("file", "rules"),
    [(CROSSWALK, ahc.RULES), (f"{GRAVITY}/Questionnaire-SDOHCC-QuestionnairePRAPARE.json", prapare.RULES)],
)
def test_every_question_is_scored_or_left_unscored_on_purpose(shared_data, file, rules):
    instrument = read(shared_data / file)
    asked = {q.code for q in instrument.walk() if q.is_asked}
    everything = {q: Reply() for q in asked}
    scored = {traced.question for found in rules.determine(everything) for traced in found.trace}
    assert asked - scored == rules.unscored & asked
    assert not scored & rules.unscored
