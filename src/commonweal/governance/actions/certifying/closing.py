"""Close a poll and count it; ballots of a secret poll are laid open."""

import secrets
from typing import Any
from uuid import UUID

from django.db import transaction

from commonweal.foundation import audit
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.bus import publish
from commonweal.governance import access_voting as access
from commonweal.governance import sealing
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions.casting import locked_poll
from commonweal.governance.actions.proposing import check
from commonweal.governance.events_voting import PollClosed
from commonweal.governance.models import Ballot, Poll, Turnout
from commonweal.governance.queries import polls, standing
from commonweal.governance.queries.board import counting_board
from commonweal.governance.rules import bulletin
from commonweal.governance.rules.wire import ballot_digest, electorate_of, verdict_plain
from commonweal.governance.shapes_questions import Counted
from commonweal.governance.vocabulary import (
    Channel,
)
from commonweal.kernel.clock import held
from commonweal.kernel.verdict import Verdict, deny
from commonweal.kernel.words import N_


@transaction.atomic
def close(poll_id: UUID, *, by: Actor, present: tuple[str, ...] = ()) -> Counted:
    """Close a poll whose time is over, lay secret ballots open, and count; again gives the count that was
    kept.

    ``present``: in a story that is told with the clock held, those who were there without casting; else the
    list of the meeting says it. A vote held in a meeting is ended by its chair before its time. Raises
    Refused, NotFound.
    """
    row = locked_poll(poll_id)
    if row.outcome:
        return bulletin.counted_of(row.outcome)
    because = check(_may_close(by, row))
    with acting(THE_COUNT):
        found = _close(row, present)
    audit.record(
        "poll.closed",
        by=by,
        subject=("poll", row.id),
        words=N_("Closed a vote and counted it."),
        details={"head": row.head, "count": row.count, "outcome": bulletin.counted_plain(found)["result"]},
        because=because.rule,
    )
    if row.is_secret:
        transaction.on_commit(lambda: sealing.destroy_key(row.id))
    publish(PollClosed(row.id, row.proposal_id, found.gate))
    return found


def _may_close(by: Actor, row: Poll) -> Verdict:
    counting = access.may_count(by)
    if not counting or polls.moment_for(row) >= row.closes_at:
        return counting
    if row.meeting_id is not None:
        return access.may_end_in_meeting(by, row)
    return deny("governance.close.open", N_("Voting is still open."), N_("Wait until it closes."))


def _close(row: Poll, present: tuple[str, ...]) -> Counted:
    if row.is_secret:
        _lay_open(row)
    row.at_closing = {**row.at_closing, **_facts(row, present)}
    row.closed_at = polls.moment_for(row)
    plain = {**counting_board(row), "gates": []}
    found = bulletin.count(plain)
    row.outcome = bulletin.counted_plain(found)
    row.save(update_fields=["at_closing", "closed_at", "outcome", "head", "count"])
    return found


def _facts(row: Poll, present: tuple[str, ...]) -> dict[str, Any]:
    """What counts beside the ballots, as it is now."""
    known = {v.id for v in electorate_of(row.electorate).voters}
    told = set(present) if polls.is_history(row) and held() else set()
    return {
        "present": sorted((told | polls.voters_there(row)) & known),
        "recused": sorted(access.recused_in(row)),
        "body": verdict_plain(standing.may_bind(row.body_id)),
        "notice": row.proposal.noticed_at is not None,
        "judgements": polls.judgements_of(row),
    }


def _lay_open(row: Poll) -> None:
    """Open every envelope, shuffle, and keep the ballots without voter and time; then no envelope is left.

    One statement writes all ballots in the shuffled order, so that neither their place in the table, nor the
    transaction, nor a time says who cast which. Who took part is written in the order of names (B07).
    """
    key = sealing.key_of(row.id)
    envelopes = list(row.envelopes.order_by("unit").values_list("unit", "voter", "sealed"))
    opened = [sealing.unseal(key, bytes(sealed)) for _unit, _voter, sealed in envelopes]
    secrets.SystemRandom().shuffle(opened)
    ballots, before = [], ""
    for place, content in enumerate(opened, start=1):
        plain = {
            "place": place,
            "voter": "",
            "unit": "",
            "choice": {**content["choice"], "salt": content["salt"]},
            "channel": Channel.PAGE.value,
            "provenance": "",
            "receipt": content["receipt"],
            "occurred_at": None,
            "before": before,
        }
        before = ballot_digest(str(row.id), plain)
        ballots.append(Ballot(poll=row, **plain, digest=before))
    Ballot.objects.bulk_create(ballots)
    Turnout.objects.bulk_create(
        Turnout(poll=row, unit=unit, voter=voter) for unit, voter, _ in sorted(envelopes, key=lambda e: e[1])
    )
    row.envelopes.all().delete()
    row.head, row.count = before, len(ballots)
