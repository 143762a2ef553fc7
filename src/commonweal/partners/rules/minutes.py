"""The minutes as a whole: what was done, in the order of the agenda (DOMAIN §7.7)."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from commonweal.partners.shapes_meetings import ItemShape, LineShape, MeetingShape, PresenceShape


def composed(
    meeting: MeetingShape,
    presences: Iterable[PresenceShape],
    items: Sequence[ItemShape],
    lines: Sequence[LineShape],
    seat_names: Mapping[object, str],
) -> dict[str, object]:
    """Plain values, ready for JSON: who was there from when to when, each point with its lines."""
    standing = [line for line in lines if line.struck_at is None]
    known = {item.id for item in items}
    return {
        "body": meeting.body_name,
        "title": meeting.title,
        "place": meeting.place,
        "opened_at": _moment(meeting.opened_at),
        "closed_at": _moment(meeting.closed_at),
        "parts": [{"part": part.part.value, "name": part.name} for part in meeting.parts],
        "present": [
            {
                "name": p.name,
                "for": seat_names.get(p.seat_id, ""),
                "came_at": _moment(p.came_at),
                "left_at": _moment(p.left_at),
                "remote": p.is_remote,
            }
            for p in presences
        ],
        "items": [
            {
                "title": item.title,
                "state": item.state.value,
                "minutes": round(item.seconds_before / 60),
                "deferred_why": item.deferred_why,
                **({"is_refused": True} if item.is_refused else {}),
                "lines": [_line(line) for line in standing if line.item_id == item.id],
            }
            for item in items
        ],
        "other": [_line(line) for line in standing if line.item_id not in known],
    }


def _line(line: LineShape) -> dict[str, object]:
    return {
        "kind": line.kind.value,
        "words": line.words,
        "details": dict(line.details),
        "at": _moment(line.occurred_at),
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="minutes") if moment else None


def digest(content: Mapping[str, object]) -> str:
    """SHA-256 of the content, written the same way each time."""
    plain = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()
