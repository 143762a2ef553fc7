"""Reading polls: what is frozen, how many took part, and after closing the ballots and the count.

While a poll is open nobody reads how it stands, the backbone and the administrator included: only how many
took
part, and the blocks and objections whose reasons the others must judge.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from commonweal.foundation.access import Actor
from commonweal.governance import access_voting as access
from commonweal.governance import sealing
from commonweal.governance.access_authority import authority_of, cents_of, word_for
from commonweal.governance.models import Ballot, PaperEntry, Poll, Proposal
from commonweal.governance.queries import standing
from commonweal.governance.queries.board import ballot_plain, board_of, counting_board
from commonweal.governance.rules import bulletin
from commonweal.governance.rules.choices import REASONED
from commonweal.governance.rules.wire import Frozen, electorate_of, frozen_of, verdict_plain
from commonweal.governance.shapes_questions import (
    BallotShape,
    Counted,
    MyVote,
    Option,
    PaperShape,
    PollShape,
    ReasonShape,
)
from commonweal.governance.shapes_voting import Electorate
from commonweal.governance.vocabulary import Authority, Channel, Matter, Method, PollKind, Position
from commonweal.kernel.clock import now
from commonweal.partners import facade as partners
from commonweal.partners.shapes import SeatShape


def database_now() -> datetime:
    """The database's clock: what decides whether voting is open."""
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        found: datetime = cursor.fetchone()[0]
    return found


def is_history(poll: Poll) -> bool:
    """Whether it had closed before it was entered: a seed's story, told with the clock held."""
    return poll.closes_at <= poll.entered_at


def moment_for(poll: Poll) -> datetime:
    """What time it is for a poll: by the database's clock, or in a story by the clock that is held."""
    return now() if is_history(poll) else database_now()


def is_open(poll: Poll, at: datetime) -> bool:
    """Whether ballots are taken at a moment."""
    return poll.closed_at is None and poll.opens_at <= at < poll.closes_at


def polls_of_round(row: Proposal) -> Sequence[Poll]:
    """The polls of the last asking: the body's, then the last of each whose assent it needs."""
    main = row.polls.filter(kind=PollKind.MAIN.value).order_by("-opens_at").first()
    if main is None:
        return []
    asked = row.polls.filter(kind=PollKind.GATE.value, opens_at__gte=main.opens_at)
    last = {poll.body_id: poll for poll in asked.order_by("opens_at")}
    return [main, *last.values()]


def due_to_close(at: datetime) -> list[UUID]:
    """Polls whose time is over and that are not counted yet."""
    rows = Poll.objects.filter(closed_at=None, closes_at__lte=at).order_by("closes_at", "kind")
    return list(rows.values_list("pk", flat=True))


def poll(poll_id: UUID) -> PollShape | None:
    """One poll."""
    row = Poll.objects.select_related("proposal", "body").filter(pk=poll_id).first()
    return poll_shape(row) if row else None


def polls_of(question_id: UUID) -> tuple[PollShape, ...]:
    """Every poll on a question, as they opened, the deciding body's first."""
    rows = Poll.objects.filter(proposal_id=question_id).select_related("proposal", "body")
    return tuple(
        poll_shape(row) for row in sorted(rows, key=lambda p: (p.opens_at, p.kind != "main", p.body.name))
    )


def poll_shape(row: Poll) -> PollShape:
    """The row, as it crosses the door: without ballots and count while it is open."""
    frozen = frozen_of(row.rule)
    electorate = electorate_of(row.electorate)
    closed = row.closed_at is not None
    return PollShape(
        id=row.id,
        question_id=row.proposal_id,
        question_number=row.proposal.number,
        kind=PollKind(row.kind),
        body_id=row.body_id,
        body_slug=row.body.slug,
        body_name=row.body.said("name"),
        bylaws_version=row.bylaws_version,
        article=frozen.article,
        method=frozen.voting.method,
        choosing=frozen.choosing,
        counting=frozen.counting,
        tie=frozen.tie,
        options=tuple(Option(o["key"], o["name"], o.get("cost_cents")) for o in row.options),
        lots=tuple(row.lots),
        is_secret=row.is_secret,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        closed_at=row.closed_at,
        is_open=is_open(row, moment_for(row)),
        entitled=_entitled(electorate),
        turnout=turnout_of(row),
        electorate=electorate,
        electorate_digest=row.electorate_digest,
        text_digest=row.text_digest,
        steps=_steps(row),
        meeting_id=row.meeting_id,
        reasons=reasons_of(row) if frozen.voting.method in (Method.CONSENSUS, Method.CONSENT) else (),
        counted=_counted(row) if closed else None,
        ballots=ballots_of(row) if closed else (),
        voting=frozen.voting,
    )


def _counted(row: Poll) -> Counted | None:
    """The count as it was kept at closing; where organizations answered since, with their answers."""
    if not row.outcome:
        return None
    if row.ratifications.exists():
        return bulletin.count(counting_board(row))
    return bulletin.counted_of(row.outcome)


def _entitled(electorate: Electorate) -> int:
    return len({v.has_one_vote_as for v in electorate.voters if not v.is_recused})


def turnout_of(row: Poll) -> int:
    """How many units took part."""
    if row.is_secret:
        return (row.turnout if row.closed_at else row.envelopes).count()
    return row.ballots.values("unit").distinct().count()


def units_that_cast(row: Poll) -> set[str]:
    """The units that took part so far."""
    found = row.envelopes if row.is_secret and row.closed_at is None else row.ballots
    return set(found.values_list("unit", flat=True))


def voters_there(row: Poll) -> set[str]:
    """The voters with somebody in the meeting in which the vote is held, at this moment (DOMAIN 7-T7)."""
    if row.meeting_id is None:
        return set()
    there = {str(seat) for seat in partners.seats_there(row.meeting_id, moment_for(row))}
    return {v["id"] for v in row.electorate["voters"] if there & set(v["seats"])}


def voters_heard(row: Poll) -> set[str]:
    """The voters who can vote in the meeting: those who are there, and those whose proxy one who is there
    carries. Only the first are present; a proxy takes part by being cast."""
    there = voters_there(row)
    if not row.rule["proxies"]:
        return there
    given = row.proposal.proxies.filter(revoked_at=None, carrier__in=there)
    return there | set(given.values_list("giver", flat=True))


def _steps(row: Poll) -> tuple[Any, ...]:
    """The standing of the rule: as it is now while voting is open, else as it was at closing."""
    counted = _counted(row)
    if counted is not None:
        return counted.outcome.steps
    plain = counting_board(row)
    body = verdict_plain(standing.may_bind(row.body_id))
    now_so = {**row.at_closing, "body": body}
    if row.meeting_id is not None:
        now_so["present"] = sorted(voters_there(row))
    return bulletin.steps_while_open({**plain, "at_closing": now_so})


def ballots_of(row: Poll) -> tuple[BallotShape, ...]:
    """The ballots of a closed poll as its board publishes them."""
    found = board_of(row)
    names = {v.id: v.name for v in electorate_of(row.electorate).voters}
    last = {b["unit"]: b["place"] for b in found["ballots"] if not row.is_secret}
    return tuple(
        ballot_shape(b, names, row.is_secret or last[b["unit"]] == b["place"]) for b in found["ballots"]
    )


def ballot_shape(plain: dict[str, Any], names: dict[str, str], is_counted: bool) -> BallotShape:
    """A ballot from its published form."""
    at = plain["occurred_at"]
    return BallotShape(
        place=plain["place"],
        voter=plain["voter"],
        voter_name=names.get(plain["voter"], ""),
        choice=plain["choice"] or {},
        channel=Channel(plain["channel"]),
        provenance=plain["provenance"],
        receipt=plain["receipt"],
        digest=plain["digest"],
        occurred_at=datetime.fromisoformat(at) if at else None,
        is_counted=is_counted,
    )


def reasons_of(row: Poll) -> tuple[ReasonShape, ...]:
    """Blocks and objections as they stand, each with what the others hold of it."""
    if row.is_secret:
        return ()
    last: dict[str, Ballot] = {b.unit: b for b in row.ballots.order_by("place")}
    names = {v.id: v.name for v in electorate_of(row.electorate).voters}
    judged: dict[str, list[bool]] = {}
    for about, upheld in row.judgements.values_list("about", "is_upheld"):
        judged.setdefault(about, []).append(upheld)
    kept = {**row.at_closing, "judgements": judgements_of(row)}
    fates = bulletin.upheld({**counting_board(row), "at_closing": kept})
    return tuple(
        ReasonShape(
            voter=b.voter,
            voter_name=names.get(b.voter, ""),
            position=Position(b.choice["position"]),
            reason=b.choice["reason"],
            upheld=sum(judged.get(b.voter, [])),
            turned_down=len(judged.get(b.voter, [])) - sum(judged.get(b.voter, [])),
            is_upheld=fates.get(b.voter),
        )
        for b in last.values()
        if b.choice.get("position") in REASONED
    )


def judgements_of(row: Poll) -> list[dict[str, Any]]:
    """What the others hold of blocks and objections, in plain values."""
    found = row.judgements.order_by("about", "voter").values("about", "voter", "is_upheld", "why")
    return [dict(judgement) for judgement in found]


def holder_has_cast(row: Poll, voter: str) -> bool:
    """Whether one who holds a seat of this voter, and no alternate or proxy, has cast."""
    hands = {hand.account_id for _s, hand in access.hands_of(row, voter) if not hand.is_alternate}
    if row.is_secret:
        return row.envelopes.filter(voter=voter, hand__in=hands).exists()
    return row.ballots.filter(voter=voter, cast_by_id__in=hands).exists()


def my_votes(actor: Actor) -> list[MyVote]:
    """The open polls in which this account may cast, for each voter whose seat it holds or whose proxy it
    carries, and what was cast so far."""
    mine = access.seats_of_account(actor)
    if not mine:
        return []
    rows = Poll.objects.filter(closed_at=None, body_id__in={s.body_id for s in mine})
    found = []
    for row in rows.select_related("proposal", "body").order_by("closes_at", "kind"):
        if is_open(row, moment_for(row)):
            found += [_my_vote(actor, row, voter, seat) for voter, seat in _voters_for(row, mine)]
    return found


def _voters_for(row: Poll, mine: Iterable[SeatShape]) -> list[tuple[str, SeatShape]]:
    """The voters for which an account speaks in a poll: of its seats, and those whose proxy they carry."""
    seats = {s.voter_id: s for s in mine if s.body_id == row.body_id and s.has_vote}
    carried = row.proposal.proxies.filter(carrier__in=seats, revoked_at=None).values_list("giver", "carrier")
    return [*seats.items(), *((giver, seats[carrier]) for giver, carrier in carried if giver not in seats)]


def _my_vote(actor: Actor, row: Poll, voter: str, seat: SeatShape) -> MyVote:
    cast, receipt = last_cast(row, voter, actor)
    known = access.voter_in(row, voter)
    pair = next((p for p in access.hands_of(row, voter) if p[1].account_id == actor.account_id), None)
    return MyVote(
        poll_id=row.id,
        question_id=row.proposal_id,
        question_number=row.proposal.number,
        title=row.proposal.title,
        body_name=row.body.said("name"),
        kind=PollKind(row.kind),
        is_secret=row.is_secret,
        closes_at=row.closes_at,
        seat_id=seat.id,
        voter=voter,
        voter_name=known.name if known else "",
        is_alternate=bool(pair and pair[1].is_alternate),
        is_advisory=bool(known and authority_of_hand(row, voter, actor) is Authority.NONE),
        matter=Matter(row.proposal.matter),
        word=word_for(*pair, row.proposal) if pair else None,
        cents=cents_of(row.proposal),
        may=access.may_cast(actor, row, voter, holder_has_cast(row, voter)),
        cast=cast,
        receipt=receipt,
        proxy_words="" if pair else _proxy_words(row, voter),
    )


def _proxy_words(row: Poll, voter: str) -> str:
    """What a voter wrote who let another vote in its place."""
    given = row.proposal.proxies.filter(giver=voter, revoked_at=None)
    return given.values_list("words", flat=True).first() or ""


def authority_of_hand(row: Poll, voter: str, actor: Actor) -> Authority:
    """What the one who casts may decide for this voter: never more than was frozen when voting opened."""
    known = access.voter_in(row, voter)
    frozen = known.authority if known else Authority.NONE
    pair = next((p for p in access.hands_of(row, voter) if p[1].account_id == actor.account_id), None)
    if pair is None or pair[0].partner_id is None:
        return frozen
    order = (Authority.NONE, Authority.BOUNDED, Authority.FULL)
    return min(frozen, authority_of(*pair, row.proposal), key=order.index)


def has_cast_itself(row: Poll, voter: str) -> bool:
    """Whether the voter's ballot that counts now was cast on a page or by a link."""
    own = (Channel.PAGE.value, Channel.LINK.value)
    known = access.voter_in(row, voter)
    unit = known.has_one_vote_as if known else ""
    if row.is_secret:
        return row.envelopes.filter(unit=unit, channel__in=own).exists()
    last = row.ballots.filter(unit=unit).order_by("-place").first()
    return last is not None and last.channel in own


def last_cast(row: Poll, voter: str, actor: Actor) -> tuple[BallotShape | None, str]:
    """The voter's ballot that counts now, and its receipt; of a secret poll the receipt alone, for who cast
    it."""
    known = access.voter_in(row, voter)
    if known is None:
        return None, ""
    unit = known.has_one_vote_as
    if row.is_secret:
        mine = row.envelopes.filter(unit=unit, hand=actor.account_id)
        there = row.closed_at is None and mine.exists()
        return None, sealing.key_of(row.id).receipt(row.id, unit, actor.account_id) if there else ""
    last = row.ballots.filter(unit=unit).order_by("-place").first()
    if last is None:
        return None, ""
    return ballot_shape(ballot_plain(last), {voter: known.name}, True), last.receipt


def papers_waiting(poll_id: UUID) -> list[PaperShape]:
    """Ballots on paper that wait for a second person."""
    rows = (
        PaperEntry.objects.filter(poll_id=poll_id, settled_at=None)
        .select_related("poll")
        .order_by("entered_at")
    )
    found = []
    for row in rows:
        known = access.voter_in(row.poll, row.voter)
        found.append(
            PaperShape(
                id=row.id,
                poll_id=row.poll_id,
                voter=row.voter,
                voter_name=known.name if known else "",
                provenance=row.provenance,
                entered_by_name=row.entered_by_name,
                entered_at=row.entered_at,
                entered_by_id=row.entered_by_id,
            )
        )
    return found


def frozen_rule(row: Poll) -> Frozen:
    """The rule of a poll."""
    return frozen_of(row.rule)


def advisory_voters(row: Poll) -> set[str]:
    """The voters of a closed poll whose yes waits until their organization stands behind it."""
    known = {v.id: v.authority for v in electorate_of(row.electorate).voters}
    last = {b.unit: b for b in row.ballots.order_by("place")}
    return {
        b.voter
        for b in last.values()
        if b.voter and Authority(b.choice.get("as") or known.get(b.voter, Authority.FULL)) is Authority.NONE
    }


def count_now(row: Poll) -> Counted:
    """What the ballots of a closed poll come to with the assents and ratifications given so far."""
    return bulletin.count(counting_board(row))
