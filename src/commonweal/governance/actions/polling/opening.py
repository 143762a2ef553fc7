"""Open the vote, once notice has run and the bodies asked are such as the bylaws want them."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from commonweal.foundation.access import Actor
from commonweal.foundation.bus import publish
from commonweal.governance import access_voting as access
from commonweal.governance.actions.polling.assents import assents
from commonweal.governance.actions.polling.freezing import anchor, open_poll
from commonweal.governance.actions.polling.notice import may_give_notice, rule_of
from commonweal.governance.actions.proposing import check, locked
from commonweal.governance.actions.proposing.held import told
from commonweal.governance.events_voting import VotingOpened
from commonweal.governance.models import Proposal
from commonweal.governance.queries import reach, standing
from commonweal.governance.queries.laws import is_taking_back, law_for
from commonweal.governance.shapes_bylaws import MatterRule
from commonweal.governance.vocabulary import Fate, Stage
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners

LONGEST_OPEN = timedelta(days=366)


@transaction.atomic
def open_voting(
    question_id: UUID, *, by: Actor, closes_at: datetime | None = None, meeting_id: UUID | None = None
) -> tuple[UUID, ...]:
    """Open the vote: one poll of the body, and one of each body whose assent it needs.

    Rule, electorate and text are frozen now, and lots are drawn and published. ``closes_at``: by default as
    many days as the rule has; in a meeting (``meeting_id``) the chair ends it before. Others whose yes
    it needs have the time that the bylaws give, whatever hurries this body. Raises Refused with what to mend,
    NotFound, BadInput for impossible times.
    """
    row = locked(question_id)
    rule = rule_of(row)
    law = law_for(row)
    assert law is not None  # rule_of refuses without
    holds = access.may_hold(by, row, meeting_id) if meeting_id else access.may_lead(by, row)
    because = check(holds)
    check(may_open(row, rule))
    opens = now()
    ends = closes_at or opens + timedelta(days=rule.open_days)
    if not opens < ends <= opens + LONGEST_OPEN:
        raise BadInput("closes_at", N_("Voting closes after it opens, within a year."))
    check(_meets(row, meeting_id))
    check(_open_long_enough(row, rule, ends - opens, in_meeting=meeting_id is not None))
    polls = [open_poll(row, rule, law, body_id=row.body_id, opens=opens, ends=ends, meeting_id=meeting_id)]
    for slug, kind in assents(row, rule):
        body = partners.body_named(slug)
        assert body is not None  # bylaws name bodies that exist
        until = _gate_ends(row, rule, opens, ends)
        polls.append(open_poll(row, rule, law, body_id=body.id, opens=opens, ends=until, assent=kind))
    row.stage, row.waits_until = Stage.VOTING.value, None
    row.save(update_fields=["stage", "waits_until"])
    told(row, by, "voting.opened", N_("Opened a vote."), because.rule, polls=[anchor(p) for p in polls])
    publish(VotingOpened(row.id, row.number, tuple(poll.id for poll in polls)))
    return tuple(poll.id for poll in polls)


def _meets(row: Proposal, meeting_id: UUID | None) -> Verdict:
    """A vote in a meeting needs one: of this body, and running."""
    found = partners.meeting(meeting_id) if meeting_id else None
    if meeting_id is None or (found is not None and found.body_id == row.body_id and found.is_running):
        return allow("governance.open.meeting", N_("It is voted on where the bylaws have it."))
    return deny(
        "governance.open.no-meeting",
        N_("This body is not in a meeting now."),
        N_("Open the meeting first, or let the vote stay open as the bylaws say."),
    )


def _gate_ends(row: Proposal, rule: MatterRule, opens: datetime, ends: datetime) -> datetime:
    """Until when a body may say its yes: nothing that hurries the deciding body hurries it, unless the bylaws
    say how long it has in an emergency."""
    hurried = rule.emergency.gate_days if row.is_emergency and rule.emergency else None
    return max(ends, opens + timedelta(days=hurried or rule.open_days))


def _open_long_enough(row: Proposal, rule: MatterRule, lasts: timedelta, *, in_meeting: bool) -> Verdict:
    """Nobody rushes a vote: it stays open as the bylaws say, but in a meeting or an emergency."""
    hurries = row.is_emergency and rule.emergency is not None
    if in_meeting or hurries or lasts >= timedelta(days=rule.open_days):
        return allow("governance.open.long-enough", N_("Everyone has the time that the bylaws give."))
    return deny(
        "governance.open.too-short",
        N_("The bylaws keep a vote open for %(days)s days."),
        N_("Let it close later, or hold the vote in a meeting."),
        days=rule.open_days,
    )


def may_open(row: Proposal, rule: MatterRule) -> Verdict:
    """Whether voting may open now: notice has run, and the body is made up as the bylaws ask."""
    if row.stage not in (Stage.NOTICE.value, *access.WRITING):
        return deny("governance.open.again", N_("Voting was opened before, or the question is over."))
    if row.amendments.filter(fate=Fate.OPEN.value).exists():
        return may_give_notice(row)
    placed = _is_placed(row, rule)
    if not placed:
        return placed
    hurries = row.is_emergency and rule.emergency is not None
    due = row.noticed_at + timedelta(days=rule.notice_days) if row.noticed_at else None
    if rule.notice_days and not hurries and (due is None or now() < due):
        return deny(
            "governance.open.notice",
            N_("Voting opens %(days)s days after notice."),
            N_("Give notice, and wait until it has run."),
            days=rule.notice_days,
        )
    return standing.may_bind(row.body_id)


def _is_placed(row: Proposal, rule: MatterRule) -> Verdict:
    """Whether the bylaws of today give the matter to this body, and each body stands whose yes it needs."""
    if row.body.slug != rule.body and not is_taking_back(row):
        return deny(
            "governance.open.other-body",
            N_("By the bylaws that hold now, another body decides this."),
            N_("Put it to that body."),
        )
    law = law_for(row)
    stays = reach.may_reach(law, rule, row.effect, row.params) if law else allow("governance.open.free", "")
    if not stays:
        return stays
    for slug, _kind in assents(row, rule):
        body = partners.body_named(slug)
        if body is None or body.ends_on is not None:
            return deny(
                "governance.open.no-assent",
                N_("It needs the yes of a body that has ended (%(body)s)."),
                N_("Found that body anew, or let the bylaws say whose yes it needs."),
                body=body.name if body else slug,
            )
    return allow("governance.open.placed", N_("The bylaws give it to this body."))
