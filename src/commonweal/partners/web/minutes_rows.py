"""A version of the minutes as its page shows it: kept values, with their kinds in words and their moments."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from commonweal.partners.vocabulary_meetings import LINE_NAMES, PART_NAMES, LineKind, MeetingPart


def said_of(content: Mapping[str, Any]) -> dict[str, Any]:
    """Points with their lines, what was said besides, who was there, who had which part."""
    return {
        "points": [{**item, "lines": [_line(one) for one in item["lines"]]} for item in content["items"]],
        "other": [_line(one) for one in content["other"]],
        "present": [
            {**one, "came": _moment(one["came_at"]), "left": _moment(one["left_at"])}
            for one in content["present"]
        ],
        "parts": [(PART_NAMES[MeetingPart(one["part"])], one["name"]) for one in content["parts"]],
    }


def _line(line: Mapping[str, Any]) -> dict[str, Any]:
    details = dict(line["details"])
    if details.get("due_on"):
        details["due_on"] = date.fromisoformat(details["due_on"])
    return {**line, "details": details, "kind_name": LINE_NAMES[LineKind(line["kind"])]}


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
