"""``commonweal recount``: count a published board again, from a file or from this installation."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from commonweal.kernel.errors import BadInput, NotFound

_ANCHORS = (
    "select verb, subject_id, details from audit_entry"
    " where verb in ('voting.opened', 'gate.asked-again', 'ballot.cast', 'poll.closed')"
    " and subject_id = any(%s) order by recorded_at"
)


@dataclass
class Recount:
    """What each board came to, and everything that is not as it should be."""

    boards: list[dict[str, Any]]
    findings: list[list[str]] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """Of a command that prints this."""
        return 1 if any(self.findings) else 0

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        pairs = zip(self.boards, self.findings, strict=True)
        return {"polls": [{"poll": b["poll"], "outcome": b["outcome"], "findings": f} for b, f in pairs]}

    def lines(self) -> list[str]:
        """For people."""
        said = []
        for board, found in zip(self.boards, self.findings, strict=True):
            came = board["outcome"]["result"] if board["outcome"] else "still open"
            said.append(
                f"Question {board['question']}, {board['body']['name']}: {board['count']} ballots, {came}."
            )
            said += found or ["The recount agrees."]
        return said


def from_file(path: Path, anchor_files: list[Path]) -> Recount:
    """Count the boards in a file. Raises BadInput for what can't be read."""
    from commonweal.governance.rules import recount

    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        lines = [line for file in anchor_files for line in file.read_text(encoding="utf-8").splitlines()]
        anchors = [json.loads(line) for line in lines if line.strip()]
        boards = read if isinstance(read, list) else [read]
        return Recount(boards, [recount.verify(board, anchors) for board in boards])
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise BadInput(str(path), f"this is no board: {fault}") from fault


def from_here(number: int, keep: Path | None) -> Recount:
    """Count a question's polls here against the audit; ``keep``: write out the board and its anchors."""
    from commonweal.site.cli import opening

    doors = opening.open_installation()
    from commonweal.foundation.access import acting
    from commonweal.governance import facade

    with acting(facade.THE_COUNT):
        whole = facade.boards_numbered(number, is_whole=True)
        published = facade.boards_numbered(number)
    if not whole:
        raise NotFound(f"no vote on question {number} has closed")
    subjects = [board["poll"] for board in whole] + [facade.question_id(number)]
    with doors.connect(as_auditor=True) as connection:
        entries = connection.execute(_ANCHORS, [[str(s) for s in subjects]]).fetchall()
    anchors = [anchor for entry in entries for anchor in _anchors(str(entry[0]), str(entry[1]), entry[2])]
    if keep is not None:
        keep.write_text(json.dumps(published, indent=2, ensure_ascii=False, sort_keys=True), encoding="utf-8")
        kept = [json.dumps(anchor, sort_keys=True, ensure_ascii=False) for anchor in anchors]
        keep.with_suffix(".anchors.jsonl").write_text("\n".join(kept) + "\n", encoding="utf-8")
    return Recount(whole, [facade.recount(board, anchors) for board in whole])


def _anchors(verb: str, subject: str, details: Any) -> list[dict[str, Any]]:
    """An audit entry as anchors, one for each poll that it is about."""
    if "polls" in details:
        return [{"poll": p["poll"], "verb": "voting.opened", "details": p} for p in details["polls"]]
    return [{"poll": subject, "verb": verb, "details": details}]
