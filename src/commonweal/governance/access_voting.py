"""Who may put a question, speak about it, open a vote and cast. Silence means no."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.governance.access_authority import authority_of
from commonweal.governance.models import Amendment, Poll, Proposal
from commonweal.governance.rules.wire import voter_of
from commonweal.governance.shapes_bylaws import MatterRule
from commonweal.governance.shapes_voting import Voter
from commonweal.governance.vocabulary import Authority, Fate, Stage
from commonweal.kernel.clock import today
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.shapes import HolderShape, SeatShape

WRITING = frozenset({Stage.DRAFT.value, Stage.TALKING.value})
"""Stages in which the text may still change."""

TALKING = WRITING | {Stage.NOTICE.value}
"""Stages in which it is talked about."""

NO_BYLAWS = deny(
    "governance.propose.no-bylaws",
    N_("No bylaws are in force yet, so nothing says how this is decided."),
    N_("Lay down the bylaws first; until then decisions are entered from minutes."),
)


def seats_of_account(actor: Actor) -> list[SeatShape]:
    """The seats from which the actor may speak now, while acting to decide together."""
    if actor.account_id is None or actor.purpose is not Purpose.GOV:
        return []
    return partners.seats_with_account(actor.account_id)


def is_of(seat: SeatShape, kinds: frozenset[str]) -> bool:
    """Whether a seat is of one of the kinds that bylaws name."""
    return (
        "any" in kinds
        or ("lead" in kinds and seat.leads)
        or ("resident" in kinds and seat.is_resident)
        or ("partner" in kinds and seat.partner_id is not None)
    )


def may_propose(actor: Actor, rule: MatterRule | None) -> Verdict:
    """Put a question on this matter: who holds a seat of a kind that the bylaws name, in any body."""
    if rule is None:
        return NO_BYLAWS
    if actor.purpose is not Purpose.GOV:
        return deny(
            "governance.propose.purpose", N_("Questions are put for deciding together, nothing else.")
        )
    if "backbone" in rule.proposers and partners.acts_for_backbone(actor):
        return allow("governance.propose.backbone", N_("The bylaws let the backbone propose this."))
    if any(is_of(seat, rule.proposers) for seat in seats_of_account(actor)):
        return allow("governance.propose.seat", N_("The bylaws let your seat propose this."))
    return deny(
        "governance.propose.no-seat",
        N_("The bylaws name who may propose this, and you are not among them."),
        N_("Ask someone who holds a seat to propose it with you."),
    )


def may_write(actor: Actor, question: Proposal) -> Verdict:
    """Change a question's own text: who put it, or who speaks from the same seat, until notice is given."""
    if question.stage not in WRITING:
        return deny(
            "governance.write.too-late",
            N_("Notice was given, so the text stands as it is."),
            N_("Withdraw the question and put it anew."),
        )
    if _put_it(actor, question):
        return allow("governance.write.own", N_("You put this question."))
    return deny("governance.write.not-yours", N_("Only who put the question changes its text."))


def _put_it(actor: Actor, question: Proposal) -> bool:
    if actor.account_id is None or actor.purpose is not Purpose.GOV:
        return False
    if question.proposed_by_id == actor.account_id:
        return True
    return any(seat.id == question.proposed_by_seat_id for seat in seats_of_account(actor))


def may_talk(actor: Actor, question: Proposal) -> Verdict:
    """Comment, or propose another wording: those at the table; about a private body's, those who sit
    there."""
    if actor.account_id is None or actor.purpose is not Purpose.GOV:
        return deny("governance.talk.stranger", N_("Questions are talked about by those at the table."))
    if question.stage not in TALKING | {Stage.VOTING.value}:
        return deny("governance.talk.over", N_("This question is answered."))
    mine = seats_of_account(actor)
    if question.body.is_private:
        if any(seat.body_id == question.body_id for seat in mine):
            return allow("governance.talk.inside", N_("You sit on this body."))
        return deny("governance.talk.private", N_("Only those who sit on this body speak there."))
    if mine or actor.role is Role.MEMBER or actor.partner_id is not None:
        return allow("governance.talk.table", N_("Those at the table speak about its questions."))
    return deny("governance.talk.no-seat", N_("Questions are talked about by those at the table."))


def may_settle(actor: Actor, amendment: Amendment) -> Verdict:
    """Say what becomes of an amendment: who put the question; its author may withdraw it."""
    if amendment.fate != Fate.OPEN.value:
        return deny("governance.amend.settled", N_("This was settled already."))
    if amendment.author_id == actor.account_id and actor.account_id is not None:
        return allow("governance.amend.own", N_("You proposed this wording."))
    return may_write(actor, amendment.proposal)


def may_reply(actor: Actor, question: Proposal, partner_id: UUID) -> Verdict:
    """Answer in a partner's name, because the question touches its lane: who speaks for it."""
    if partner_id not in lanes_touched(question):
        return deny(
            "governance.reply.no-lane", N_("The question does not touch what this partner does."),
            N_("Write a comment instead."),
        )  # fmt: skip
    speaks = actor.role is Role.ORG_ADMIN and actor.partner_id == partner_id
    sits = any(seat.partner_id == partner_id for seat in seats_of_account(actor))
    if actor.purpose is Purpose.GOV and (speaks or sits):
        return allow("governance.reply.lane", N_("The question touches what your organization does."))
    return deny("governance.reply.not-yours", N_("Only who speaks for this partner answers in its name."))


def lanes_touched(question: Proposal) -> set[UUID]:
    """The partners that a question names: with it, in who gains and bears, or in what a yes would do."""
    found = {row.partner_id for row in question.gains.all() if row.partner_id}
    if question.with_partner_id:
        found.add(question.with_partner_id)
    known = {str(p.id): p.id for p in partners.all_partners()}
    return found | {known[text] for text in texts(question.params) if text in known}


def texts(value: object) -> Iterable[str]:
    """Every word in what an effect is told, however deep it stands."""
    if isinstance(value, str):
        yield from value.replace("|", " ").replace(",", " ").split()
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)


def may_take_back(actor: Actor, question: Proposal) -> Verdict:
    """Take a question back: who put it. Neither who leads the body nor the backbone silences a question."""
    if _put_it(actor, question):
        return allow("governance.take-back.own", N_("You put this question."))
    return deny("governance.take-back.not-yours", N_("Only who put the question takes it back."))


def may_lead(actor: Actor, question: Proposal) -> Verdict:
    """Give notice, open the vote, ask again: who put it, who leads the body, or the backbone as secretary."""
    if actor.role is Role.BACKEND_SERVICE and actor.purpose is Purpose.GOV:
        return allow("governance.lead.calendar", N_("Its day has come."))
    if partners.acts_for_backbone(actor) and actor.purpose is Purpose.GOV:
        return allow("governance.lead.backbone", N_("The backbone keeps the table’s calendar."))
    if _put_it(actor, question):
        return allow("governance.lead.own", N_("You put this question."))
    if any(seat.body_id == question.body_id and seat.leads for seat in seats_of_account(actor)):
        return allow("governance.lead.chair", N_("You lead this body."))
    return deny(
        "governance.lead.not-yours",
        N_("Who put the question, who leads the body or the backbone does this."),
    )


def may_ask_gate(actor: Actor, question: Proposal, body_id: UUID) -> Verdict:
    """Ask a body again for its assent: as ``may_lead``, or anyone who sits on it."""
    if any(seat.body_id == body_id for seat in seats_of_account(actor)):
        return allow("governance.gate.own", N_("You sit on this body."))
    return may_lead(actor, question)


def may_count(actor: Actor) -> Verdict:
    """Close a poll whose time is over, and certify: the count, or whoever is at the table and sets it
    going."""
    if actor.role is Role.BACKEND_SERVICE and actor.purpose is Purpose.GOV:
        return allow("governance.count.service", N_("The count runs when voting closes."))
    if actor.account_id is not None and actor.purpose is Purpose.GOV:
        return allow("governance.count.anyone", N_("Anyone at the table may have the votes counted."))
    return deny("governance.count.stranger", N_("Votes are counted for those at the table."))


def may_hold(actor: Actor, question: Proposal, meeting_id: UUID) -> Verdict:
    """Begin and end a vote that is held in a meeting: who leads the body, who leads this meeting, or the
    backbone as secretary. Who put the question does not hold its vote: nobody ends it when it suits them."""
    if actor.role is Role.BACKEND_SERVICE and actor.purpose is Purpose.GOV:
        return allow("governance.hold.calendar", N_("Its day has come."))
    if partners.acts_for_backbone(actor) and actor.purpose is Purpose.GOV:
        return allow("governance.hold.backbone", N_("The backbone helps the meeting to vote."))
    if any(seat.body_id == question.body_id and seat.leads for seat in seats_of_account(actor)):
        return allow("governance.hold.chair", N_("You lead this body."))
    if _has_part(actor, meeting_id, partners.MeetingPart.CHAIR):
        return allow("governance.hold.meeting", N_("You lead this meeting."))
    return deny(
        "governance.hold.not-yours",
        N_("Who leads the meeting or the backbone begins and ends a vote in it."),
        N_("Ask who leads the meeting."),
    )


def _has_part(actor: Actor, meeting_id: UUID | None, *parts: partners.MeetingPart) -> bool:
    """Whether a seat of the actor has one of these parts in a meeting."""
    found = partners.meeting(meeting_id) if meeting_id else None
    given = {part.seat_id for part in found.parts if part.part in parts} if found else set()
    return any(seat.id in given for seat in seats_of_account(actor))


def may_end_in_meeting(actor: Actor, poll: Poll) -> Verdict:
    """End a vote that is held in a meeting before its time."""
    assert poll.meeting_id is not None
    return may_hold(actor, poll.proposal, poll.meeting_id)


def voter_in(poll: Poll, voter: str) -> Voter | None:
    """A voter of the frozen electorate."""
    plain = next((v for v in poll.electorate["voters"] if v["id"] == voter), None)
    return voter_of(plain) if plain else None


def hands_of(poll: Poll, voter: str) -> list[tuple[SeatShape, HolderShape]]:
    """Who may cast for a voter now: those who fill its seats today, holders first.

    The electorate is frozen with the seats of each voter; the hands are not: who left a seat casts no more,
    who took it does. Asked once for each poll that was read.
    """
    asked: dict[str, list[tuple[SeatShape, HolderShape]]] = poll.__dict__.setdefault("hands_asked", {})
    if voter not in asked:
        asked[voter] = _hands(poll, voter)
    return asked[voter]


def _hands(poll: Poll, voter: str) -> list[tuple[SeatShape, HolderShape]]:
    plain = next((v for v in poll.electorate["voters"] if v["id"] == voter), None)
    found = [partners.seat(UUID(seat)) for seat in plain["seats"]] if plain else []
    mine = [seat for seat in found if seat and (seat.ends_on is None or seat.ends_on > today())]
    mine = [seat for seat in mine if not seat.is_held_by_employee]
    holders = [(seat, seat.holder) for seat in mine if seat.holder]
    return holders + [(seat, other) for seat in mine for other in seat.alternates]


def may_cast(actor: Actor, poll: Poll, voter: str, holder_has_cast: bool) -> Verdict:
    """Cast for a voter: its seat's holder, or an alternate while the holder has not cast."""
    if actor.account_id is None or actor.purpose is not Purpose.GOV:
        return deny("governance.cast.stranger", N_("Votes are cast by those who hold a seat."))
    found = voter_in(poll, voter)
    if found is None:
        return deny(
            "governance.cast.not-in-roll",
            N_("This seat was not among those who vote when voting opened."),
            N_("The roll is frozen when voting opens; it can vote on the next question."),
        )
    if found.is_recused or is_recused(poll, voter):
        return deny(
            "governance.cast.recused", N_("This voter stepped out because of a conflict of interest.")
        )
    hand = next((pair for pair in hands_of(poll, voter) if pair[1].account_id == actor.account_id), None)
    if hand is None:
        return _by_proxy(actor, poll, voter, holder_has_cast)
    if poll.is_secret and Authority.NONE in (found.authority, authority_of(*hand, poll.proposal)):
        return deny(
            "governance.cast.secret-authority",
            N_("A secret ballot can’t wait until your organization stands behind it."),
            N_("Ask your organization to let you decide this alone."),
        )
    if hand[1].is_alternate and holder_has_cast:
        return deny("governance.cast.holder-has", N_("The holder of this seat has voted."))
    return allow("governance.cast.seat", N_("You hold this seat."))


def _by_proxy(actor: Actor, poll: Poll, voter: str, holder_has_cast: bool) -> Verdict:
    """Cast for a voter that gave its proxy in writing; casting itself revokes it."""
    given = poll.proposal.proxies.filter(giver=voter, revoked_at=None).first()
    carries = (
        given is not None
        and poll.body_id == poll.proposal.body_id
        and any(hand.account_id == actor.account_id for _seat, hand in hands_of(poll, given.carrier))
    )
    if not carries:
        return deny(
            "governance.cast.not-yours",
            N_("You don’t hold this seat now."),
            N_("Its holder votes, or an alternate."),
        )
    if given is not None and is_recused(poll, given.carrier):
        return deny(
            "governance.cast.carrier-recused",
            N_("Who stepped out because of a conflict of interest carries nobody’s vote."),
        )
    if holder_has_cast:
        return deny("governance.cast.revoked", N_("The one who gave this proxy has voted in person."))
    return allow("governance.cast.proxy", N_("You carry this voter’s proxy."))


def may_read_board(actor: Actor, body_id: UUID) -> Verdict:
    """Read who voted in a body and how: everyone; of a private body, those who sit there."""
    body = partners.bodies_by_id([body_id]).get(body_id)
    if body is None or not body.is_private or any(s.body_id == body_id for s in seats_of_account(actor)):
        return allow("governance.board.open", N_("Anyone may count again."))
    return deny(
        "governance.board.closed",
        N_("Who voted in a private body, and how, is read by those who sit there."),
        N_("What it answered stands with the decision."),
    )


def is_recused(poll: Poll, voter: str) -> bool:
    """Whether the others held that it, or one under common control with it, has a conflict of interest."""
    return voter in recused_in(poll)


def recused_in(poll: Poll) -> set[str]:
    """The voters of a poll who stepped out, each with those under common control with it (DOMAIN §7.6)."""
    out = set(poll.proposal.recusals.filter(is_conflict=True).values_list("voter", flat=True))
    unit = {str(v["id"]): str(v["unit"] or v["id"]) for v in poll.electorate["voters"]}
    units = {unit.get(voter, voter) for voter in out}
    frozen = {str(v["id"]) for v in poll.electorate["voters"] if v["is_recused"]}
    return frozen | {voter for voter, its in unit.items() if its in units}


def may_speak_as(actor: Actor, body_id: UUID, voter: str) -> Verdict:
    """Say something as a voter of a body: who fills one of its seats there."""
    if any(s.voter_id == voter and s.body_id == body_id and s.has_vote for s in seats_of_account(actor)):
        return allow("governance.voice.seat", N_("You hold this seat."))
    return deny("governance.voice.not-yours", N_("You don’t hold this seat now."))


def may_enter_paper(actor: Actor) -> Verdict:
    """Enter or check ballots on paper: an election officer, or the backbone as secretary."""
    if actor.purpose is not Purpose.GOV or actor.account_id is None:
        return deny("governance.paper.purpose", N_("Ballots on paper are entered for deciding together."))
    if actor.role is Role.ELECTION_OFFICER:
        return allow("governance.paper.officer", N_("An election officer enters ballots on paper."))
    if partners.acts_for_backbone(actor):
        return allow("governance.paper.backbone", N_("The backbone enters ballots on paper."))
    return deny(
        "governance.paper.not-officer",
        N_("Ballots on paper are entered by an election officer or the backbone."),
    )


def may_enter_in_meeting(actor: Actor, poll: Poll) -> Verdict:
    """Write down how each one voted in a meeting: who leads the body or takes notes there, the backbone, an
    election officer. Ending the vote is another thing (``may_end_in_meeting``)."""
    paper = may_enter_paper(actor)
    if paper:
        return paper
    if any(seat.body_id == poll.body_id and seat.leads for seat in seats_of_account(actor)):
        return allow("governance.meeting.chair", N_("You lead this body."))
    if _has_part(actor, poll.meeting_id, partners.MeetingPart.CHAIR, partners.MeetingPart.NOTE_TAKER):
        return allow("governance.meeting.notes", N_("You have a part in this meeting that keeps its record."))
    return deny(
        "governance.meeting.not-yours",
        N_("Who leads the meeting, takes its notes, or the backbone writes the votes down."),
    )


def may_ratify(actor: Actor, partner_id: UUID | None) -> Verdict:
    """Stand behind a delegate's yes, or not: who administers the organization."""
    if partner_id and actor.role is Role.ORG_ADMIN and actor.partner_id == partner_id:
        return allow("governance.ratify.own", N_("You speak for this organization."))
    return deny(
        "governance.ratify.not-yours",
        N_("Only an administrator of the organization can stand behind its delegate’s vote."),
        N_("Ask the administrator of the organization."),
    )
