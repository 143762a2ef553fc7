"""A crosswalk table of questions and answers, one answer a row, made into a Questionnaire.

The feed of the New York HRSN hub ships AHC-HRSN as such a table; the FHIR file beside it holds
only an excerpt. Columns used: SCREENING_CODE, QUESTION, QUESTION_CODE, ANSWER_VALUE, ANSWER_CODE,
CALCULATED_FIELD. Its scores and flags are not used: the built-in rules score.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from commonweal.screening.rules.items import Fault
from commonweal.screening.rules.questionnaire import UnreadableInstrument
from commonweal.screening.vocabulary import LOINC

COLUMNS = ("SCREENING_CODE", "QUESTION", "QUESTION_CODE", "ANSWER_VALUE", "ANSWER_CODE")
_NUMBER = re.compile(r"^\s*\d+[a-z]?\s*\.\s*")

Row = Mapping[str, str | None]


def questionnaire_of(rows: Iterable[Row], source: str) -> dict[str, Any]:
    """The FHIR Questionnaire that the rows make, in their order. Raises UnreadableInstrument.

    Calculated rows (a total) have no answers and are left out; they are derived, never asked.
    """
    faults: list[Fault] = []
    groups: dict[str, dict[str, Any]] = {}
    questions: dict[str, dict[str, Any]] = {}
    title = ""
    for number, row in enumerate(rows, 2):
        if _is_calculated(row):
            continue
        missing = [name for name in COLUMNS if not (row.get(name) or "").strip()]
        if missing:
            faults.append(Fault("", f"row {number} has no {', '.join(missing)}"))
            continue
        title = title or _text(row, "SCREENING_CODE_DESCRIPTION")
        _question_of(row, groups, questions)["answerOption"].append(
            {"valueCoding": _coding(row, "ANSWER_CODE", "ANSWER_VALUE")}
        )
    if faults:
        raise UnreadableInstrument(source, faults)
    return {"resourceType": "Questionnaire", "title": title, "item": list(groups.values())}


def _question_of(
    row: Row, groups: dict[str, dict[str, Any]], questions: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    panel, code = _text(row, "SCREENING_CODE"), _text(row, "QUESTION_CODE")
    if panel not in groups:
        groups[panel] = {
            "linkId": f"/{panel}",
            "type": "group",
            "text": _text(row, "SCREENING_CODE_DESCRIPTION"),
            "code": [{"system": LOINC, "code": panel}],
            "item": [],
        }
    if code not in questions:
        questions[code] = {
            "linkId": f"/{panel}/{code}",
            "type": "choice",
            "text": _NUMBER.sub("", _text(row, "QUESTION")),
            "code": [{"system": LOINC, "code": code}],
            "answerOption": [],
        }
        groups[panel]["item"].append(questions[code])
    return questions[code]


def _is_calculated(row: Row) -> bool:
    return _text(row, "CALCULATED_FIELD").upper() == "TRUE"


def _coding(row: Row, code: str, display: str) -> dict[str, str]:
    return {"system": LOINC, "code": _text(row, code), "display": _text(row, display)}


def _text(row: Row, name: str) -> str:
    return " ".join((row.get(name) or "").split())
