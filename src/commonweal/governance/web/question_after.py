"""What a question shows while it waits for others: who has answered, who may answer, ask again, or go on."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal.foundation.access import Actor
from commonweal.governance import access_voting as access
from commonweal.governance.actions.polling.again import may_ask_again
from commonweal.governance.models import Poll, Proposal
from commonweal.governance.queries import passing, polls, ratifying
from commonweal.governance.queries.ratifying import Answerer
from commonweal.governance.rules.bylaws_words import share_words
from commonweal.governance.shapes_questions import QuestionShape
from commonweal.governance.vocabulary import Position, Stage
from commonweal.governance.web.questions_rows import day_said, moment_said
from commonweal.governance.web.words import POSITION_WORDS
from commonweal.kernel.verdict import Verdict


@dataclass(frozen=True, slots=True)
class OrganizationRow:
    """An organization whose delegate could not decide alone, and its answer."""

    name: str
    said: str
    kind: str
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class AnswerCard:
    """The form with which the reader answers for an organization."""

    voter: str
    heading: str
    said: str
    reason: str


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body that has not answered, and whether the reader may ask it again."""

    body_id: UUID
    name: str
    state: str
    may_ask: bool
    until: str


@dataclass(frozen=True, slots=True)
class PastRow:
    """The narrow way past a gate in words. ``url``: where the reader may go it; else ``refusal`` says why
    not."""

    words: str
    url: str
    refusal: Verdict | None


@dataclass(frozen=True, slots=True)
class Waits:
    """All of it. ``refusal``: why the reader does not answer for the organization they act for."""

    heading: str
    words: str
    organizations: tuple[OrganizationRow, ...] = ()
    cards: tuple[AnswerCard, ...] = ()
    refusal: Verdict | None = None
    bodies: tuple[BodyRow, ...] = ()
    may_not_ask: str = ""
    past: PastRow | None = None


def waits_of(found: QuestionShape, actor: Actor) -> Waits | None:
    """What a waiting question shows to this reader; None where it waits for nobody."""
    if found.waiting is None:
        return None
    row = Proposal.objects.select_related("body").get(pk=found.line.id)
    whom = ", ".join(_(name) for name in found.waiting.whom)
    heading = _("Waits for %(whom)s") % {"whom": whom}
    words = _("Nothing takes effect until they have answered.")
    if found.waiting.until is not None:
        words += " " + _("On %(day)s it lapses.") % {"day": moment_said(found.waiting.until)}
    if found.line.stage is Stage.PENDING_RATIFICATION:
        return _for_organizations(row, actor, heading, words)
    return _for_bodies(row, actor, heading, words)


def organizations_of(question_id: UUID, actor: Actor) -> tuple[OrganizationRow, ...]:
    """What organizations answered, once the question waits for none any more."""
    row = Proposal.objects.select_related("body").get(pk=question_id)
    if row.stage == Stage.PENDING_RATIFICATION.value:
        return ()
    return tuple(_organization(one) for one in ratifying.answerers(row, actor))


def _for_organizations(row: Proposal, actor: Actor, heading: str, words: str) -> Waits:
    waited = ratifying.answerers(row, actor)
    own = {actor.partner_id, *(seat.partner_id for seat in access.seats_of_account(actor))} - {None}
    mine = [one for one in waited if one.partner_id in own and one.is_waited_for]
    return Waits(
        heading,
        words,
        organizations=tuple(_organization(one) for one in waited),
        cards=tuple(_card(one) for one in mine if one.may),
        refusal=next((one.may for one in mine if not one.may), None),
    )


def _organization(one: Answerer) -> OrganizationRow:
    kind, state = {
        None: ("is-wait", _("Has not answered")),
        True: ("is-done", _("Stands behind it")),
        False: ("is-no", _("Does not stand behind it")),
    }[one.is_behind]
    return OrganizationRow(_(one.name), _said(one), kind, state, one.words)


def _said(one: Answerer) -> str:
    position = _(POSITION_WORDS[Position(one.position)]) if one.position else _("Voted")
    return _("Its delegate’s vote: %(position)s") % {"position": position}


def _card(one: Answerer) -> AnswerCard:
    heading = _("Does %(organization)s stand behind it?") % {"organization": _(one.name)}
    return AnswerCard(one.voter, heading, _said(one), one.reason)


def _for_bodies(row: Proposal, actor: Actor, heading: str, words: str) -> Waits:
    asked = polls.polls_of_round(row)
    waiting = [poll for poll in asked[1:] if (poll.outcome or {}).get("gate") != "affirmed"]
    bodies = tuple(_body(row, poll, actor) for poll in waiting)
    may_not_ask = ""
    could_be_asked = any(_again(row, poll) for poll in waiting)
    if actor.account_id and could_be_asked and not any(body.may_ask for body in bodies):
        may_not_ask = _(
            "Those who sit there, who put the question, who leads the body or the backbone can ask them "
            "again."
        )
    return Waits(
        heading, words, bodies=bodies, may_not_ask=may_not_ask, past=_past(row, asked[0], waiting, actor)
    )


def _again(row: Proposal, poll: Poll) -> bool:
    return bool(may_ask_again(row, poll))


def _body(row: Proposal, poll: Poll, actor: Actor) -> BodyRow:
    if poll.closed_at is None:
        state = _("Asked again, up to %(day)s") % {"day": moment_said(poll.closes_at)}
    else:
        state = _("Too few answered by %(day)s") % {"day": day_said(poll.closes_at)}
    may = _again(row, poll) and bool(access.may_ask_gate(actor, row, poll.body_id))
    return BodyRow(
        poll.body_id, _(poll.body.name), state, may, moment_said(row.waits_until) if row.waits_until else ""
    )


def _past(row: Proposal, main: Poll, waiting: list[Poll], actor: Actor) -> PastRow | None:
    way = passing.way_past(row, main)
    if way is None:
        return None
    words = _(
        "By article %(article)s it may go on without them from %(day)s, if %(share)s of all who have a vote "
        "said yes: %(needed)s of %(whole)s. %(yes)s did."
    ) % {
        "article": way.article,
        "day": day_said(way.opens_at),
        "share": _(share_words(way.threshold)),
        "needed": way.needed,
        "whole": way.whole,
        "yes": way.yes,
    }
    verdict = passing.may_pass(actor, row)
    shown = None if verdict or actor.account_id is None else verdict
    return PastRow(words, reverse("governance:question-past", args=[row.number]) if verdict else "", shown)
