"""What a certificate says: all that was counted, by whose rule, with digests, so that anyone can count
again."""

from typing import Any

from commonweal.governance.models import Poll, Proposal
from commonweal.governance.queries.board import gates_of, moment_plain
from commonweal.governance.queries.polls import polls_of_round
from commonweal.governance.rules import bulletin
from commonweal.governance.rules.wire import digest
from commonweal.governance.shapes_questions import Counted
from commonweal.governance.vocabulary import PollKind


def certificate_of(
    row: Proposal, main: Poll, found: Counted, override: dict[str, Any] | None
) -> dict[str, Any]:
    """The certificate of a question's last asking, in plain values, with its own digest."""
    plain = {
        "format": "commonweal-certificate-1",
        "question": row.number,
        "round": row.round,
        "bylaws_version": main.bylaws_version,
        "article": main.rule["article"],
        "counted": bulletin.counted_plain(found),
        "gates": gates_of(main),
        "polls": [_poll(poll) for poll in polls_of_round(row)],
        "override": override,
    }
    return {**plain, "digest": digest(plain)}


def _poll(row: Poll) -> dict[str, Any]:
    return {
        "poll": str(row.id),
        "kind": row.kind,
        "body": row.body.name,
        "rule": digest(row.rule),
        "electorate": row.electorate_digest,
        "text": row.text_digest,
        "lots": digest(row.lots),
        "head": row.head,
        "count": None if _is_behind_doors(row) else row.count,
        "closed_at": moment_plain(row.closed_at) if row.closed_at else None,
        "outcome": _told(row),
    }


def _told(row: Poll) -> dict[str, Any] | None:
    """What came of a poll; of a private body whose yes was asked only its answer: the decision is public."""
    return {"gate": row.outcome["gate"]} if row.outcome and _is_behind_doors(row) else row.outcome


def _is_behind_doors(row: Poll) -> bool:
    return row.kind == PollKind.GATE.value and row.body.is_private


def reasons_said(main: Poll, found: Counted, *, lapsed: str = "") -> str:
    """The steps of the rule as sentences in English, for the register; pages say them anew in the
    reader's."""
    steps = [step.words for step in found.outcome.steps]
    if lapsed:
        steps.append(lapsed)
    if found.chosen:
        names = {o["key"]: o["name"] for o in main.options}
        steps.append("Chosen: " + ", ".join(names.get(key, key) for key in found.chosen) + ".")
    return " ".join(steps)
