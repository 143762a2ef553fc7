"""Casting: from a page, by a mailed link, on paper with a second person's check, in a meeting.

Every way ends in ``_keep``, which holds the poll's row until the transaction commits: ballots of a poll are
chained one after another, and the last of a unit counts. Who may vote and until when is asked again by the
database, whose clock decides (migration 0006).
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.governance import access_voting as access
from commonweal.governance import sealing
from commonweal.governance.actions.proposing import check
from commonweal.governance.models import Ballot, Envelope, Judgement, PaperEntry, Poll
from commonweal.governance.queries import judging, polls
from commonweal.governance.queries.board import moment_plain
from commonweal.governance.rules.choices import read_choice
from commonweal.governance.rules.wire import ballot_digest, digest
from commonweal.governance.shapes_questions import Receipt
from commonweal.governance.vocabulary import Authority, Channel
from commonweal.kernel.clock import day_of, held, now
from commonweal.kernel.errors import BadInput, Conflict, NotFound
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_

OVER = deny("governance.cast.closed", N_("Voting is not open."))

MOST_REQUESTS = 200
"""Requests of one unit that are remembered in a secret poll; far more than anyone changes their mind."""


def locked_poll(poll_id: UUID) -> Poll:
    """The poll, held until the transaction ends. Raises NotFound."""
    row = (
        Poll.objects.select_for_update(of=("self",))
        .select_related("proposal", "body")
        .filter(pk=poll_id)
        .first()
    )
    if row is None:
        raise NotFound("poll")
    return row


@dataclass(frozen=True, slots=True)
class _Vote:
    """One vote on its way in. ``request``: what tells a replay; of an open poll it becomes the receipt."""

    voter: str
    unit: str
    choice: dict[str, Any]
    channel: Channel
    provenance: str
    hand: UUID | None
    request: str


@transaction.atomic
def cast(
    poll_id: UUID,
    *,
    by: Actor,
    voter: str,
    choice: Mapping[str, Any],
    receipt: str = "",
    is_beyond: bool = False,
    channel: Channel = Channel.PAGE,
) -> Receipt:
    """Cast for a voter, or change what was cast: until voting closes, the last one counts.

    ``choice``: ``position`` and ``reason``, or ``ranking``, ``approved``, ``points``. ``receipt``: a fresh
    one of
    ``sealing.new_receipt`` that the page brought along; the same one again gives the same answer and changes
    nothing. ``is_beyond``: the delegate's bounds do not reach this, so the organization must stand behind it.
    Raises Refused, NotFound, BadInput.
    """
    row = locked_poll(poll_id)
    because = check(access.may_cast(by, row, voter, polls.holder_has_cast(row, voter)))
    there = _replayed(row, voter, receipt, by)
    if there:
        return there
    check(may_cast_now(row, channel, voter, by))
    vote = _vote(row, by, voter, choice, receipt, channel, is_beyond=is_beyond)
    return _keep(row, vote, by, because)


def _vote(
    row: Poll,
    by: Actor,
    voter: str,
    choice: Mapping[str, Any],
    receipt: str,
    channel: Channel,
    *,
    provenance: str = "",
    is_beyond: bool = False,
) -> _Vote:
    known = access.voter_in(row, voter)
    if known is None:
        raise NotFound("voter")
    clean = read_choice(polls.frozen_rule(row), [o["key"] for o in row.options], choice)
    has = Authority.NONE if is_beyond else polls.authority_of_hand(row, voter, by)
    if channel is not Channel.PAPER and has is not known.authority and not row.is_secret:
        clean["as"] = has.value
    hand = by.account_id if channel in (Channel.PAGE, Channel.LINK) else None
    request = receipt or sealing.new_receipt()
    if not 12 <= len(request) <= 64 or not request.isalnum():
        raise BadInput("receipt", N_("This page is no longer good. Open it anew."))
    return _Vote(voter, known.has_one_vote_as, clean, channel, provenance.strip()[:300], hand, request)


def _is_mine(hand: UUID | None, by: Actor) -> Verdict:
    """A secret ballot's receipt is told to who cast it, and to nobody else who casts for that voter."""
    if hand == by.account_id:
        return allow("governance.cast.receipt", N_("You cast this ballot."))
    return deny("governance.cast.other-receipt", N_("This receipt belongs to another ballot."))


def _replayed(row: Poll, voter: str, receipt: str, by: Actor) -> Receipt | None:
    """The answer that was given to this request before. A receipt of somebody else's is refused."""
    known = access.voter_in(row, voter)
    if not receipt or known is None:
        return None
    if row.is_secret:
        envelope = row.envelopes.filter(unit=known.has_one_vote_as).first()
        if envelope is None or _mark(receipt) not in envelope.asked:
            return None
        check(_is_mine(envelope.hand, by))
        return _receipt_of_envelope(row, envelope, was_there=True)
    before = row.ballots.filter(receipt=receipt).first()
    if before is None:
        return None
    if before.unit != known.has_one_vote_as:
        check(deny("governance.cast.other-receipt", N_("This receipt belongs to another ballot.")))
    assert before.occurred_at is not None  # of open polls each has a time
    return Receipt(row.id, voter, receipt, before.place, before.occurred_at, was_there=True)


def may_cast_now(row: Poll, channel: Channel, voter: str = "", by: Actor | None = None) -> Verdict:
    """Whether ballots are taken now, this way. The database asks the same again, at commit too.

    Where the bylaws have it voted on in a meeting, who casts is there: for the own seat, or by a proxy."""
    if not polls.is_open(row, polls.moment_for(row)):
        return OVER
    by_oneself = channel in (Channel.PAGE, Channel.LINK)
    if by_oneself and not row.rule["remote"] and voter not in _heard(row, voter, by):
        return deny(
            "governance.cast.in-meeting",
            N_("The bylaws have this voted on in a meeting."),
            N_("Come to the meeting, or ask for a ballot on paper."),
        )
    return allow("governance.cast.open", N_("Voting is open."))


def _heard(row: Poll, voter: str, by: Actor | None) -> set[str]:
    """The voters that can cast in the meeting; of one hand, without those whose proxy another carries."""
    if by is None:
        return polls.voters_heard(row)
    there = polls.voters_there(row)
    carriers = row.proposal.proxies.filter(giver=voter, revoked_at=None, carrier__in=there)
    mine = any(access.may_speak_as(by, row.body_id, c) for c in carriers.values_list("carrier", flat=True))
    return there | ({voter} if mine else set())


def _keep(row: Poll, vote: _Vote, by: Actor, because: Verdict) -> Receipt:
    given = _seal(row, vote) if row.is_secret else _chain(row, vote, by)
    audit.record(
        "ballot.cast",
        by=by,
        subject=("poll", row.id),
        words=N_("Cast a ballot."),
        details={} if row.is_secret else {"place": given.place, "digest": row.head},
        because=because.rule,
    )
    return given


def _chain(row: Poll, vote: _Vote, by: Actor) -> Receipt:
    """Add a ballot to an open poll, behind the last one."""
    at = polls.moment_for(row)
    plain = {
        "place": row.count + 1,
        "voter": vote.voter,
        "unit": vote.unit,
        "choice": vote.choice,
        "channel": vote.channel.value,
        "provenance": vote.provenance,
        "receipt": vote.request,
        "occurred_at": moment_plain(at),
        "before": row.head,
    }
    fingerprint = ballot_digest(str(row.id), plain)
    Ballot.objects.create(
        poll=row,
        **{**plain, "occurred_at": at},
        digest=fingerprint,
        cast_by_id=vote.hand or by.account_id,
        recorded_at=at,
    )
    row.head, row.count = fingerprint, row.count + 1
    row.save(update_fields=["head", "count"])
    return Receipt(row.id, vote.voter, vote.request, row.count, at)


def _mark(receipt: str) -> str:
    return hashlib.sha256(receipt.encode()).hexdigest()


def _seal(row: Poll, vote: _Vote) -> Receipt:
    """Put a sealed ballot in the unit's envelope, in the place of the one before."""
    key = sealing.key_of(row.id)
    content = {
        "choice": vote.choice,
        "salt": sealing.new_receipt(),
        "receipt": key.receipt(row.id, vote.unit, vote.hand),
    }
    sealed = sealing.seal(row.sealing_key, content)
    envelope = row.envelopes.filter(unit=vote.unit).first()
    if envelope is None:
        envelope = Envelope(poll=row, unit=vote.unit)
        row.count += 1
    envelope.voter, envelope.sealed, envelope.hand = vote.voter, sealed, vote.hand
    envelope.channel, envelope.provenance = vote.channel.value, vote.provenance
    envelope.asked = [*envelope.asked, _mark(vote.request)][-MOST_REQUESTS:]
    envelope.recorded_on = day_of(polls.moment_for(row))
    envelope.save()
    return _receipt_of_envelope(row, envelope)


def _receipt_of_envelope(row: Poll, envelope: Envelope, *, was_there: bool = False) -> Receipt:
    receipt = sealing.key_of(row.id).receipt(row.id, envelope.unit, envelope.hand)
    return Receipt(row.id, envelope.voter, receipt, None, polls.moment_for(row), was_there)


@transaction.atomic
def enter_paper(poll_id: UUID, *, by: Actor, voter: str, choice: Mapping[str, Any], provenance: str) -> UUID:
    """Enter a ballot on paper; it counts once a second person has entered it again. Returns the entry.

    ``provenance``: where the paper came from and where it lies. Raises Refused, NotFound, BadInput, Conflict
    while an earlier entry for this voter waits.
    """
    row = locked_poll(poll_id)
    check(may_cast_now(row, Channel.PAPER))
    because = check(access.may_enter_paper(by))
    check(_may_vote_on_paper(row, voter))
    if not provenance.strip():
        raise BadInput("provenance", N_("Say where the paper came from, and where it is kept."))
    if row.papers.filter(voter=voter, settled_at=None).exists():
        raise Conflict("A ballot on paper of this voter waits to be checked.")
    clean = read_choice(polls.frozen_rule(row), [o["key"] for o in row.options], choice)
    assert by.account_id is not None  # may_enter_paper asks for one
    entry = PaperEntry.objects.create(
        poll=row,
        voter=voter,
        choice=None if row.is_secret else clean,
        sealed=sealing.seal(row.sealing_key, clean) if row.is_secret else None,
        provenance=provenance.strip()[:300],
        entered_by_id=by.account_id,
        entered_by_name=by.name[:200],
    )
    _told_of_paper(row, by, "paper.entered", N_("Entered a ballot on paper."), because)
    return entry.id


def _may_vote_on_paper(row: Poll, voter: str) -> Verdict:
    known = access.voter_in(row, voter)
    if known is None:
        return deny(
            "governance.cast.not-in-roll", N_("This seat was not among those who vote when voting opened.")
        )
    if known.is_recused or access.is_recused(row, voter):
        return deny(
            "governance.cast.recused", N_("This voter stepped out because of a conflict of interest.")
        )
    if polls.has_cast_itself(row, voter):
        return deny(
            "governance.paper.has-cast",
            N_("This voter has voted on a page; nobody else changes that."),
            N_("The voter changes it on the same page while voting is open."),
        )
    if row.is_secret and known.authority is Authority.NONE:
        return deny(
            "governance.cast.secret-authority",
            N_("A secret ballot can’t wait until your organization stands behind it."),
        )
    return allow("governance.paper.voter", N_("This voter may vote."))


def _told_of_paper(row: Poll, by: Actor, verb: str, words: str, because: Verdict) -> None:
    audit.record(verb, by=by, subject=("poll", row.id), words=words, because=because.rule)


@transaction.atomic
def check_paper(entry_id: UUID, *, by: Actor, choice: Mapping[str, Any]) -> Receipt | None:
    """Enter a ballot on paper a second time, from the paper: if both agree it is cast, else None.

    Two who read it differently enter it anew. Raises Refused (also for who entered it first), NotFound.
    """
    entry = PaperEntry.objects.filter(pk=entry_id).first()
    if entry is None:
        raise NotFound("paper")
    row = locked_poll(entry.poll_id)
    entry.refresh_from_db()
    because = check(_may_check(by, entry))
    check(may_cast_now(row, Channel.PAPER))
    check(_may_vote_on_paper(row, entry.voter))
    clean = read_choice(polls.frozen_rule(row), [o["key"] for o in row.options], choice)
    first = sealing.unseal(sealing.key_of(row.id), bytes(entry.sealed)) if entry.sealed else entry.choice
    entry.agreed = digest(first) == digest(clean)
    entry.checked_by_id, entry.settled_at, entry.choice = by.account_id, now(), None
    entry.sealed = None
    entry.save(update_fields=["agreed", "checked_by", "settled_at", "choice", "sealed"])
    if not entry.agreed:
        _told_of_paper(row, by, "paper.disagreed", N_("Two readings of a ballot on paper differ."), because)
        return None
    vote = _vote(row, by, entry.voter, choice, "", Channel.PAPER, provenance=entry.provenance)
    return _keep(row, vote, by, because)


def _may_check(by: Actor, entry: PaperEntry) -> Verdict:
    if entry.settled_at is not None:
        return deny("governance.paper.settled", N_("This was checked already."))
    if by.account_id == entry.entered_by_id:
        return deny(
            "governance.paper.second",
            N_("A second person checks it."),
            N_("Ask a colleague to enter it again."),
        )
    return access.may_enter_paper(by)


@transaction.atomic
def cast_in_meeting(
    poll_id: UUID, *, by: Actor, choices: Mapping[str, Mapping[str, Any]], provenance: str
) -> tuple[Receipt, ...]:
    """Write down how those in the room voted, each by voter. Open polls only. Raises Refused, NotFound,
    BadInput."""
    row = locked_poll(poll_id)
    check(may_cast_now(row, Channel.MEETING))
    because = check(_may_write_down(by, row, choices))
    if not provenance.strip():
        raise BadInput("provenance", N_("Say in which meeting, and who called the votes."))
    given = []
    for voter, choice in choices.items():
        check(_may_vote_on_paper(row, voter))
        vote = _vote(row, by, voter, choice, "", Channel.MEETING, provenance=provenance)
        given.append(_keep(row, vote, by, because))
    return tuple(given)


def _may_write_down(by: Actor, row: Poll, voters: Iterable[str]) -> Verdict:
    """Of a vote held in a meeting, and of those who are there by its list. A story is told as it was."""
    if row.is_secret:
        return deny("governance.meeting.secret", N_("A secret vote is not called out; hand out ballots."))
    if row.meeting_id is None and held() is None:
        return deny("governance.meeting.none", N_("This vote is not held in a meeting."))
    if row.meeting_id is not None and not set(voters) <= polls.voters_there(row):
        return deny(
            "governance.meeting.not-there",
            N_("One of them is not there by the list of the meeting."),
            N_("Write down who came, or leave them out."),
        )
    return access.may_enter_in_meeting(by, row)


@transaction.atomic
def judge_reason(poll_id: UUID, *, by: Actor, about: str, voter: str, is_upheld: bool, why: str) -> UUID:
    """Say as a voter whether another's block or objection is one. Neither the one who asked nor the one who
    blocks judges it. Raises Refused, NotFound, BadInput, Conflict where this voter judged it before."""
    row = locked_poll(poll_id)
    if not polls.is_open(row, polls.moment_for(row)):
        check(
            deny("governance.judge.closed", N_("Voting is not open."), N_("Reasons are judged while it is."))
        )
    because = check(judging.may_judge(by, row, about, voter))
    if not why.strip():
        raise BadInput("why", N_("Say why, for the record."))
    if row.judgements.filter(about=about, voter=voter).exists():
        raise Conflict("This voter has judged it.")
    said = Judgement.objects.create(
        poll=row,
        about=about,
        voter=voter,
        is_upheld=is_upheld,
        why=why.strip()[:500],
        recorded_by_id=by.account_id,
    )
    _told_of_paper(row, by, "reason.judged", N_("Judged a block or an objection."), because)
    return said.id
