"""One poll with all that a recount needs: rule, electorate, text and lots as they are when it opens."""

import secrets
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.governance import sealing
from commonweal.governance.actions.proposing import check
from commonweal.governance.models import Poll, Proposal
from commonweal.governance.queries import rounds
from commonweal.governance.queries.electorates import Roll, roll_of
from commonweal.governance.queries.laws import is_taking_back
from commonweal.governance.queries.polls import database_now
from commonweal.governance.queries.texts import text_of
from commonweal.governance.rules.wire import Frozen, digest, share_plain
from commonweal.governance.shapes_bylaws import BylawsShape, MatterRule
from commonweal.governance.shapes_voting import VotingRule
from commonweal.governance.vocabulary import Authority, Method, PollKind
from commonweal.kernel.clock import held
from commonweal.kernel.ids import new_id
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners

SETUP = Actor(Role.OPERATOR, Purpose.ADMIN, name="Commonweal")
"""Who enters a poll of the past: a seed that tells history, with the clock held."""


def open_poll(
    row: Proposal,
    rule: MatterRule,
    laws: BylawsShape,
    *,
    body_id: UUID,
    opens: datetime,
    ends: datetime,
    assent: str = "",
    meeting_id: UUID | None = None,
) -> Poll:
    """One poll with all that a recount needs. Raises Refused where nobody could vote."""
    roll = roll_of(body_id, row)
    check(_has_voters(roll, rule))
    frozen = _frozen(row, rule, laws, roll, body_id, assent)
    text = text_of(row)
    plain = roll.plain()
    poll = Poll(
        id=new_id(),
        proposal=row,
        kind=(PollKind.GATE if assent else PollKind.MAIN).value,
        body_id=body_id,
        bylaws_version=laws.version,
        rule=frozen.plain(),
        electorate=plain,
        electorate_digest=digest(plain),
        text=text,
        text_digest=digest(text),
        options=[] if assent else row.options,
        lots=_lots(row, frozen),
        is_secret=frozen.is_secret,
        opens_at=opens,
        closes_at=ends,
        meeting_id=meeting_id,
        at_closing={"proposer": _proposer(row, body_id)},
    )
    if frozen.is_secret:
        poll.sealing_key = sealing.make_key(poll.id).public
    with acting(SETUP) if held() and ends <= database_now() else transaction.atomic():
        poll.save(force_insert=True)
    return poll


def _has_voters(roll: Roll, rule: MatterRule) -> Verdict:
    if not roll.electorate.voters:
        return deny(
            "governance.open.nobody", N_("Nobody holds a seat with a vote there."), N_("Fill the seats.")
        )
    if rule.is_secret and all(v.authority is Authority.NONE for v in roll.electorate.voters):
        return deny("governance.open.authority", N_("Nobody there may decide without asking first."))
    return allow("governance.open.voters", N_("There are those who vote."))


def _frozen(
    row: Proposal, rule: MatterRule, laws: BylawsShape, roll: Roll, body_id: UUID, assent: str
) -> Frozen:
    """The rule of one poll: of the deciding body as the matter has it, of another as that body says its
    yes."""
    alone = is_taking_back(row)
    voting = rounds.asked_next(row, rule)
    if assent or alone:
        body = laws.bodies.get(partners.bodies_by_id([body_id])[body_id].slug)
        voting = body.assent if body else VotingRule()
    elif row.is_emergency and rule.emergency:
        voting = _hurried(rule.voting, rule)
    asks = voting.method not in (Method.CONSENSUS, Method.CONSENT, Method.DOUBLE_MAJORITY)
    return Frozen(
        matter=rule.matter,
        article=rule.article,
        voting=voting,
        choosing=rule.choosing if row.options and not (assent or alone) else None,
        counting=row.counting if row.options and not assent else {},
        tie=rule.tie,
        chair=roll.chair,
        is_secret=rule.is_secret and asks,
        is_remote=rule.is_remote or bool(assent),
        is_emergency=row.is_emergency and not assent,
        proxies=rule.proxies,
        gate_days=rule.gate_days,
        ratify_days=rule.ratify_days,
        override=_override(rule),
        assent=assent,
    )


def _hurried(voting: VotingRule, rule: MatterRule) -> VotingRule:
    assert rule.emergency is not None
    return replace(voting, method=Method.VOTE, threshold=rule.emergency.threshold)


def _override(rule: MatterRule) -> dict[str, Any] | None:
    if rule.override is None:
        return None
    return {"threshold": share_plain(rule.override.threshold), "after_days": rule.override.after_days}


def _lots(row: Proposal, frozen: Frozen) -> list[str]:
    """An order of the options, or of yes and no, drawn from the operating system before anyone votes."""
    keys = [o["key"] for o in row.options] if frozen.choosing else ["yes", "no"]
    secrets.SystemRandom().shuffle(keys)
    return keys


def _proposer(row: Proposal, body_id: UUID) -> str:
    """The voter of a body that asks: of the seat from which it was put, or of another that the same one
    fills there."""
    seat = partners.seat(row.proposed_by_seat_id) if row.proposed_by_seat_id else None
    if seat is None or seat.body_id == body_id:
        return seat.voter_id if seat else ""
    mine = partners.seats_with_account(row.proposed_by_id) if row.proposed_by_id else []
    return next((s.voter_id for s in mine if s.body_id == body_id and s.has_vote), "")


def once_more(row: Proposal, before: Poll, opens: datetime, ends: datetime) -> Poll:
    """The same poll with the electorate of today."""
    plain = roll_of(before.body_id, row).plain()
    poll = Poll(
        id=new_id(),
        proposal=row,
        kind=before.kind,
        body_id=before.body_id,
        bylaws_version=before.bylaws_version,
        rule=before.rule,
        electorate=plain,
        electorate_digest=digest(plain),
        text=before.text,
        text_digest=before.text_digest,
        lots=before.lots,
        is_secret=before.is_secret,
        opens_at=opens,
        closes_at=ends,
        at_closing={"proposer": before.at_closing.get("proposer", "")},
    )
    if poll.is_secret:
        poll.sealing_key = sealing.make_key(poll.id).public
    with acting(SETUP) if held() and ends <= database_now() else transaction.atomic():
        poll.save(force_insert=True)
    return poll


def anchor(poll: Poll) -> dict[str, object]:
    """What the audit keeps of an opening, so that nothing frozen can be changed unseen."""
    return {
        "poll": str(poll.id),
        "kind": poll.kind,
        "electorate": poll.electorate_digest,
        "rule": digest(poll.rule),
        "text": poll.text_digest,
        "lots": digest(poll.lots),
        "closes_at": poll.closes_at.isoformat(),
    }
