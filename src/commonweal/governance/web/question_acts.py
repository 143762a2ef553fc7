"""What the reader may do with a question now, each act with its words; the acts themselves decide again."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Role
from commonweal.governance import access_voting as access
from commonweal.governance.actions.certifying import ROUND_WAITS
from commonweal.governance.models import Proposal
from commonweal.governance.queries import bylaws, proxies
from commonweal.governance.shapes_questions import QuestionShape
from commonweal.governance.vocabulary import Matter, Stage
from commonweal.governance.web import question_rounds as rounds
from commonweal.governance.web.questions_rows import day_said
from commonweal.partners import facade as partners
from commonweal.partners.shapes import PartnerShape


@dataclass(frozen=True, slots=True)
class May:
    """Which parts of the page are open to the reader."""

    write: bool = False
    talk: bool = False
    lead: bool = False
    take_back: bool = False
    paper: bool = False
    reply_as: PartnerShape | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """The voter for which the reader speaks in a body."""

    voter: str
    name: str

    @property
    def is_own(self) -> bool:
        """Whether they speak for themselves, and for no organization."""
        return not self.voter.startswith("partner:")


@dataclass(frozen=True, slots=True)
class Act:
    """A step that the reader may take: its name in the form, its words, and what it asks first."""

    name: str
    words: str
    hint: str
    asks: str = ""
    first: bool = False


def what_may(number: int, actor: Actor) -> May:
    """What the reader may do with this question."""
    if actor.account_id is None:
        return May()
    row = Proposal.objects.select_related("body").filter(number=number).first()
    if row is None:
        return May()
    own = partners.partner(actor.partner_id) if actor.partner_id else None
    return May(
        write=bool(access.may_write(actor, row)),
        talk=bool(access.may_talk(actor, row)),
        lead=bool(access.may_lead(actor, row)),
        take_back=bool(access.may_take_back(actor, row)),
        paper=bool(access.may_enter_paper(actor)),
        reply_as=own if own and access.may_reply(actor, row, own.id) else None,
    )


def may_give_proxy(number: int) -> bool:
    """Whether somebody may vote here in another's place."""
    row = Proposal.objects.select_related("body").filter(number=number).first()
    return row is not None and bool(proxies.may_be_given(row))


def speaks_as(body_id: UUID, actor: Actor) -> Voice | None:
    """The voter of a body for which the reader speaks; None where they hold no seat with a vote there."""
    for seat in access.seats_of_account(actor):
        if seat.body_id == body_id and seat.has_vote:
            return Voice(seat.voter_id, seat.partner_name or _(seat.title) or actor.name)
    return None


def acts(found: QuestionShape, actor: Actor) -> list[Act]:
    """The next steps that the reader may take."""
    may = what_may(found.line.number, actor)
    if actor.account_id is None or actor.role is Role.PUBLIC or not may.lead:
        return []
    stage = found.line.stage
    rule = bylaws.rule_for(Matter(found.line.matter), found.line.body_slug)
    steps: list[Act] = []
    if found.is_emergency and stage in (Stage.DRAFT, Stage.TALKING, Stage.NOTICE):
        hint = _("An emergency needs no notice. Leave people the time to read it and to ask.")
        steps.append(
            Act("hurry", _("Open the vote now"), hint, asks=_("For how many hours is it open?"), first=True)
        )
    elif stage in (Stage.DRAFT, Stage.TALKING):
        days = rule.notice_days if rule else 0
        later = ngettext("Voting can open one day later.", "Voting can open %(n)s days later.", days)
        opens = later % {"n": days} if days else _("Voting can open at once.")
        words = f"{opens} " + _("From the notice on the text stands.")
        steps.append(Act("notice", _("Give notice of the vote"), words, first=True))
    if stage is Stage.NOTICE and not found.is_emergency:
        steps.append(
            Act("open", _("Open the vote"), _("Rule, seats and text are frozen as they are now."), first=True)
        )
    if stage in COUNTING and not any(poll.is_open for poll in found.polls):
        steps += _after_voting(found)
    if may.take_back and stage in (Stage.DRAFT, Stage.TALKING, Stage.NOTICE):
        steps.append(Act("withdraw", _("Withdraw the question"), _("It stays on record."), asks=_("Why?")))
    return steps


COUNTING = frozenset({Stage.VOTING, Stage.PENDING_RESIDENTS})


def _after_voting(found: QuestionShape) -> list[Act]:
    """Count what has closed; after a round without agreement, begin another or end it."""
    if rounds.found_no_agreement(found):
        ends = rounds.last_round(found)[0].closes_at + ROUND_WAITS
        return [
            Act(
                "round",
                _("Begin another round"),
                _("The text can be changed again; then notice is given and everyone is asked anew."),
                asks=_("What is to become different?"),
                first=True,
            ),
            Act(
                "no",
                _("End it with a no"),
                _("Without another round it ends so by itself on %(day)s.") % {"day": day_said(ends)},
            ),
        ]
    if found.line.stage is Stage.PENDING_RESIDENTS and all(poll.closed_at for poll in found.polls):
        return []
    return [Act("count", _("Count the votes"), _("Voting has closed."), first=True)]
