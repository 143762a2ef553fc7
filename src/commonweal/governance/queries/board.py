"""The published board of a poll: all that anyone needs to count it again, and nothing that joins a secret
ballot
to its voter."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from commonweal.foundation.access import acting
from commonweal.governance.access import THE_COUNT
from commonweal.governance.models import Ballot, Decision, Poll, Ratification
from commonweal.governance.queries import bylaws
from commonweal.governance.rules.bulletin import is_telling
from commonweal.governance.rules.wire import digest
from commonweal.governance.vocabulary import Gate, PollKind
from commonweal.kernel.errors import NotFound

FORMAT = "commonweal-board-1"


def board(poll_id: UUID, *, is_whole: bool = False) -> dict[str, Any]:
    """The board of one poll as plain values. While it is open it names rule, roll and lots, and no ballot.

    ``is_whole``: with the ballots of a secret poll whose tally is held back; for counting, never for a page.
    Raises NotFound.
    """
    row = Poll.objects.select_related("proposal", "body").filter(pk=poll_id).first()
    if row is None:
        raise NotFound("poll")
    return board_of(row, is_whole=is_whole)


def boards_of(question_id: UUID) -> list[dict[str, Any]]:
    """The boards of every poll on a question, as they opened."""
    rows = Poll.objects.filter(proposal_id=question_id).select_related("proposal", "body")
    return [board_of(row) for row in rows.order_by("opens_at", "kind")]


def board_of(row: Poll, *, is_whole: bool = False) -> dict[str, Any]:
    """As ``board``, of a row at hand."""
    found = counting_board(row)
    if not is_whole and not row.closed_at:
        found = {**found, "ballots": [], "turnout": []}
    version = bylaws.version_numbered(row.bylaws_version)
    return {
        **(found if is_whole else held_back(found)),
        "format": FORMAT,
        "question": row.proposal.number,
        "text": row.text,
        "text_digest": row.text_digest,
        "bylaws_version": row.bylaws_version,
        "bylaws_digest": version.digest if version else "",
        "rule_digest": digest(row.rule),
        "electorate_digest": row.electorate_digest,
        "sealing_key": row.sealing_key,
        "opens_at": moment_plain(row.opens_at),
        "closes_at": moment_plain(row.closes_at),
        "is_history": row.closes_at <= row.entered_at,
        "head": row.head if row.closed_at else "",
        "count": row.count if row.closed_at else 0,
        "outcome": row.outcome,
        "certified": _certified(row),
    }


def counting_board(row: Poll) -> dict[str, Any]:
    """What ``rules.bulletin.count`` reads, ballots of an open poll included: for the rules, never for a
    page."""
    return {
        "poll": str(row.id),
        "kind": row.kind,
        "body": {"slug": row.body.slug, "name": row.body.name},
        "rule": row.rule,
        "electorate": row.electorate,
        "options": row.options,
        "lots": row.lots,
        "secret": row.is_secret,
        "closed_at": moment_plain(row.closed_at) if row.closed_at else None,
        "ballots": [ballot_plain(b) for b in row.ballots.order_by("place")],
        "turnout": _turnout(row),
        "at_closing": row.at_closing,
        "gates": gates_of(row),
        "ratified": _ratified(row),
    }


def _turnout(row: Poll) -> list[dict[str, str]]:
    """Who took part in a secret poll: before closing by the envelopes, then by the list that closing
    wrote."""
    if not row.is_secret:
        return []
    found = row.turnout if row.closed_at or row.turnout.exists() else row.envelopes
    return [
        {"voter": voter, "unit": unit} for voter, unit in found.order_by("voter").values_list("voter", "unit")
    ]


def _ratified(row: Poll) -> dict[str, bool]:
    found = Ratification.objects.filter(poll=row).values_list("voter", "is_behind")
    return dict(found)


def ballot_plain(row: Ballot) -> dict[str, Any]:
    """One ballot as it is published and digested."""
    return {
        "place": row.place,
        "voter": row.voter,
        "unit": row.unit,
        "choice": row.choice,
        "channel": row.channel,
        "provenance": row.provenance,
        "receipt": row.receipt,
        "occurred_at": moment_plain(row.occurred_at) if row.occurred_at else None,
        "before": row.before,
        "digest": row.digest,
    }


def gates_of(row: Poll) -> list[dict[str, Any]]:
    """The bodies whose assent the main poll waits for, with the last answer of each."""
    if row.kind != PollKind.MAIN.value:
        return []
    found: dict[UUID, dict[str, Any]] = {}
    asked = Poll.objects.filter(
        proposal_id=row.proposal_id, kind=PollKind.GATE.value, opens_at__gte=row.opens_at
    )
    with acting(THE_COUNT):  # which sees also how a private body answered: its answer is told, not its tally
        gates = list(asked.select_related("body").order_by("opens_at"))
    for gate in gates:
        answer = (gate.outcome or {}).get("gate") or Gate.NOT_ASKED.value
        found[gate.body_id] = {
            "poll": str(gate.id),
            "body": gate.body.slug,
            "name": gate.body.name,
            "is_residents": gate.rule["assent"] == "residents",
            "answer": answer,
        }
    return sorted(found.values(), key=lambda gate: str(gate["body"]))


def held_back(found: dict[str, Any]) -> dict[str, Any]:
    """A board without the choices of a secret poll so small or so unanimous that they would tell (B09).

    The digests stay: each covers its choice with a salt, so it confirms what the voter knows and tells
    nothing.
    """
    if not (found["secret"] and found["ballots"] and is_telling(found["ballots"])):
        return {**found, "held_back": False}
    return {**found, "held_back": True, "ballots": [{**b, "choice": None} for b in found["ballots"]]}


def _certified(row: Poll) -> dict[str, Any] | None:
    """What was certified of the main poll, and the way past a gate where it was taken."""
    if row.kind != PollKind.MAIN.value:
        return None
    kept = Decision.objects.filter(proposal_id=row.proposal_id).values_list("number", "certificate").first()
    if kept is None or not kept[1] or str(row.id) not in {poll["poll"] for poll in kept[1]["polls"]}:
        return None
    certificate = kept[1]
    return {
        "decision": kept[0],
        "result": certificate["counted"]["result"],
        "override": certificate["override"],
        "digest": certificate["digest"],
    }


def moment_plain(moment: datetime) -> str:
    """ISO 8601 in UTC with microseconds, the same on every machine."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def boards_numbered(number: int, *, is_whole: bool = False) -> list[dict[str, Any]]:
    """The boards of the question with this number, closed polls only, as they opened."""
    rows = Poll.objects.filter(proposal__number=number).exclude(closed_at=None)
    rows = rows.select_related("proposal", "body").order_by("opens_at", "kind")
    return [board_of(row, is_whole=is_whole) for row in rows]
