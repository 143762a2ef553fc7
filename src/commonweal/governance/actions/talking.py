"""Acts of talking about a question: comment, reply in a partner's name, another wording, where one stands."""

from uuid import UUID

from django.db import transaction

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.foundation.bus import publish
from commonweal.governance import access_voting as access
from commonweal.governance.actions import changing
from commonweal.governance.actions.proposing import add_version, check, locked
from commonweal.governance.events_voting import QuestionTalked
from commonweal.governance.models import Amendment, Comment, Proposal, Stance
from commonweal.governance.queries import bylaws, rounds
from commonweal.governance.queries.electorates import name_of
from commonweal.governance.rules.choices import POSITIONS, REASONED
from commonweal.governance.shapes_voting import VotingRule
from commonweal.governance.vocabulary import Fate, Matter, Method, Position
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners


def _said(words: str) -> str:
    if not words.strip():
        raise BadInput("words", N_("Write what you want to say."))
    return words.strip()


def _told(row: Proposal, by: Actor, verb: str, words: str, because: str) -> None:
    audit.record(
        verb,
        by=by,
        subject=("question", row.id),
        words=words,
        details={"number": row.number},
        because=because,
    )
    publish(QuestionTalked(row.id, row.number))


@transaction.atomic
def comment(question_id: UUID, *, by: Actor, words: str, section_place: int | None = None) -> UUID:
    """Say something about a section, or the whole. Raises Refused, NotFound, BadInput."""
    row = locked(question_id)
    because = check(access.may_talk(by, row))
    if section_place is not None and not row.sections.filter(place=section_place).exists():
        raise NotFound("section")
    seat = next(iter(access.seats_of_account(by)), None)
    said = Comment.objects.create(
        proposal=row,
        section_place=section_place,
        seat_id=seat.id if seat else None,
        partner_id=by.partner_id or (seat.partner_id if seat else None),
        author_id=by.account_id,
        author_name=partners.known_as(by)[:200],
        words=_said(words),
    )
    _told(row, by, "question.commented", N_("Commented on a question."), because.rule)
    return said.id


@transaction.atomic
def reply(question_id: UUID, *, by: Actor, partner_id: UUID, words: str) -> UUID:
    """Answer in the name of a partner whose lane the question touches; stands beside the text.

    Raises Refused, NotFound, BadInput.
    """
    row = locked(question_id)
    because = check(access.may_reply(by, row, partner_id))
    said = Comment.objects.create(
        proposal=row,
        is_reply=True,
        partner_id=partner_id,
        author_id=by.account_id,
        author_name=partners.known_as(by)[:200],
        words=_said(words),
    )
    _told(row, by, "question.replied", N_("Answered a question in a partner’s name."), because.rule)
    return said.id


@transaction.atomic
def amend(question_id: UUID, *, by: Actor, section_place: int, text: str, why: str) -> UUID:
    """Propose another wording of a section, until notice is given. Raises Refused, NotFound, BadInput."""
    row = locked(question_id)
    because = check(access.may_talk(by, row))
    if row.stage not in access.WRITING:
        check(access.may_write(by, row))
    if not row.sections.filter(place=section_place).exists():
        raise NotFound("section")
    if not why.strip():
        raise BadInput("why", N_("Say why, for the record."))
    seat = next(iter(access.seats_of_account(by)), None)
    wording = Amendment.objects.create(
        proposal=row,
        section_place=section_place,
        text=_said(text),
        why=why.strip()[:500],
        seat_id=seat.id if seat else None,
        author_id=by.account_id,
        author_name=partners.known_as(by)[:200],
    )
    _told(row, by, "question.amended", N_("Proposed another wording."), because.rule)
    return wording.id


@transaction.atomic
def settle_amendment(amendment_id: UUID, *, by: Actor, fate: Fate, why: str) -> None:
    """Say what becomes of another wording or effect: taken up (it reads so from now on), refused, withdrawn.

    Raises Refused, NotFound, BadInput without a reason.
    """
    found = Amendment.objects.filter(pk=amendment_id).values_list("proposal_id", flat=True).first()
    if found is None:
        raise NotFound("amendment")
    row = locked(found)
    wording = Amendment.objects.select_for_update().get(pk=amendment_id)
    wording.proposal = row
    because = check(access.may_settle(by, wording))
    if fate is not Fate.WITHDRAWN:
        because = check(access.may_write(by, row))
    if not why.strip() or fate is Fate.OPEN:
        raise BadInput("why", N_("Say why, for the record."))
    if fate is Fate.TAKEN_UP and wording.change:
        changing.take_up(row, wording.change["to"])
    elif fate is Fate.TAKEN_UP:
        add_version(row, wording.section_place, wording.text, by)
    wording.fate, wording.fate_why, wording.fate_at = fate.value, why.strip()[:500], now()
    wording.save(update_fields=["fate", "fate_why", "fate_at"])
    _told(row, by, "question.amendment-settled", N_("Said what becomes of another wording."), because.rule)


def stances_of(voting: VotingRule | None) -> tuple[Position, ...]:
    """Where one may stand before the vote: what the ballot of this round has, and a yes with a change."""
    of_ballot = POSITIONS[voting.method if voting else Method.VOTE]
    return tuple(dict.fromkeys((*of_ballot, Position.RESERVATIONS)))


@transaction.atomic
def take_stance(question_id: UUID, *, by: Actor, voter: str, position: Position, words: str = "") -> UUID:
    """Say openly where a voter stands in this round of talking; no ballot. The last of a round counts.

    Raises Refused, NotFound, BadInput for a position that the method does not have, or one without its
    reason.
    """
    row = locked(question_id)
    check(access.may_talk(by, row))
    because = check(access.may_speak_as(by, row.body_id, voter))
    rule = bylaws.rule_for(Matter(row.matter), row.body.slug)
    allowed = stances_of(rounds.asked_next(row, rule) if rule else None)
    if position not in allowed:
        raise BadInput("position", N_("Choose one of the answers."))
    if position in REASONED and not words.strip():
        raise BadInput("words", N_("Say why. Without a reason it does not stand."))
    stance = Stance.objects.create(
        proposal=row,
        round=row.round,
        voter=voter,
        voter_name=name_of_voter(row.body_id, voter),
        position=position.value,
        words=words.strip()[:500],
        author_id=by.account_id,
    )
    _told(row, by, "question.stance-taken", N_("Said where it stands."), because.rule)
    return stance.id


def name_of_voter(body_id: UUID, voter: str) -> str:
    """What a voter of a body is called: the organization, or the seat and who fills it."""
    seats = [s for s in partners.seats_of([body_id]).get(body_id, []) if s.voter_id == voter]
    return name_of(seats[0]) if seats else ""
