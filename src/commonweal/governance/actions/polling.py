"""Acts around a vote: conflicts of interest, proxies, notice, opening, asking again, another round of
talking."""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from commonweal.foundation import audit
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.bus import publish
from commonweal.governance import access_voting as access
from commonweal.governance import sealing
from commonweal.governance.actions.effects import amending
from commonweal.governance.actions.proposing import check, locked
from commonweal.governance.events_voting import NoticeGiven, VotingOpened
from commonweal.governance.models import Poll, Proposal, Proxy, Recusal
from commonweal.governance.queries import bylaws, standing
from commonweal.governance.queries.electorates import Roll, roll_of
from commonweal.governance.queries.polls import database_now
from commonweal.governance.queries.texts import text_of
from commonweal.governance.rules import bylaws_file
from commonweal.governance.rules.wire import Frozen, digest, share_plain
from commonweal.governance.shapes_bylaws import BylawsShape, MatterRule
from commonweal.governance.shapes_voting import VotingRule
from commonweal.governance.vocabulary import Authority, Fate, Matter, Method, PollKind, Result, Stage
from commonweal.kernel.clock import held, now
from commonweal.kernel.errors import BadInput, Conflict, NotFound
from commonweal.kernel.ids import new_id
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners

LONGEST_OPEN = timedelta(days=366)

SETUP = Actor(Role.OPERATOR, Purpose.ADMIN, name="Commonweal")
"""Who enters a poll of the past: a seed that tells history, with the clock held."""


def _told(row: Proposal, by: Actor, verb: str, words: str, because: str, **details: object) -> None:
    audit.record(
        verb,
        by=by,
        subject=("question", row.id),
        words=words,
        details={"number": row.number, **details},
        because=because,
    )


@transaction.atomic
def disclose_conflict(question_id: UUID, *, by: Actor, voter: str, interest: str) -> UUID:
    """Say that a voter has an interest of its own in a question, one's own or, as a claim, another's.

    The others then judge it. Raises Refused, NotFound, BadInput, Conflict where it was said before.
    """
    row = locked(question_id)
    because = check(access.may_talk(by, row))
    if not interest.strip():
        raise BadInput("interest", N_("Say what the interest is."))
    found = next((v for v in roll_of(row.body_id).electorate.voters if v.id == voter), None)
    if found is None:
        raise NotFound("voter")
    if row.recusals.filter(voter=voter).exists():
        raise Conflict("This interest was disclosed before.")
    said = Recusal.objects.create(
        proposal=row,
        voter=voter,
        voter_name=found.name,
        interest=interest.strip()[:500],
        is_disclosed_by_self=bool(access.may_speak_as(by, row.body_id, voter)),
        recorded_by_id=by.account_id,
    )
    _told(row, by, "conflict.disclosed", N_("Disclosed an interest of one's own."), because.rule)
    return said.id


@transaction.atomic
def judge_conflict(recusal_id: UUID, *, by: Actor, is_conflict: bool, why: str) -> None:
    """Write down what the others held of a disclosed interest: a conflict, so the voter steps out, or none.

    Nobody judges their own. Once voting opened it can only be found to be one. Raises Refused, NotFound.
    """
    said = Recusal.objects.filter(pk=recusal_id).first()
    if said is None:
        raise NotFound("recusal")
    row = locked(said.proposal_id)
    because = check(_may_judge(by, row, said))
    if not why.strip():
        raise BadInput("why", N_("Say why, for the record."))
    said.is_conflict, said.judged_why = is_conflict, why.strip()[:500]
    said.save(update_fields=["is_conflict", "judged_why"])
    _told(row, by, "conflict.judged", N_("Judged an interest."), because.rule, conflict=is_conflict)


def _may_judge(by: Actor, row: Proposal, said: Recusal) -> Verdict:
    if access.may_speak_as(by, row.body_id, said.voter):
        return deny("governance.conflict.own", N_("Nobody judges their own conflict of interest."))
    if said.recorded_by_id == by.account_id and not said.is_disclosed_by_self:
        return deny(
            "governance.conflict.second",
            N_("Who claims that another has a conflict of interest does not judge it."),
            N_("Somebody else writes down what the others hold of it."),
        )
    if said.is_conflict is not None:
        return deny("governance.conflict.judged", N_("This was judged already."))
    return access.may_lead(by, row)


@transaction.atomic
def give_proxy(question_id: UUID, *, by: Actor, giver: str, carrier: str, words: str) -> UUID:
    """Let another voter cast in one's place on this question, in writing; a new one takes the old one's
    place.

    Only where the bylaws have proxies, and to one who carries fewer than they allow. Raises Refused,
    BadInput.
    """
    row = locked(question_id)
    rule = bylaws.rule_for(Matter(row.matter))
    because = check(access.may_speak_as(by, row.body_id, giver))
    voters = {v.id: v for v in roll_of(row.body_id).electorate.voters}
    check(_may_carry(row, rule, carrier))
    if carrier not in voters or giver not in voters or carrier == giver:
        raise BadInput("carrier", N_("Name another voter of this body."))
    if not words.strip():
        raise BadInput("words", N_("Write what the proxy says."))
    row.proxies.filter(giver=giver, revoked_at=None).update(revoked_at=now())
    given = Proxy.objects.create(
        proposal=row,
        giver=giver,
        giver_name=voters[giver].name,
        carrier=carrier,
        carrier_name=voters[carrier].name,
        words=words.strip()[:500],
        recorded_by_id=by.account_id,
    )
    _told(row, by, "proxy.given", N_("Gave a proxy."), because.rule)
    return given.id


def _may_carry(row: Proposal, rule: MatterRule | None, carrier: str) -> Verdict:
    most = rule.proxies if rule else 0
    if not most:
        return deny(
            "governance.proxy.none", N_("The bylaws have no proxies for this. An alternate may come.")
        )
    if row.proxies.filter(carrier=carrier, revoked_at=None).count() >= most:
        return deny("governance.proxy.enough", N_("This voter carries as many proxies as the bylaws allow."))
    return allow("governance.proxy.allowed", N_("The bylaws allow this proxy."))


@transaction.atomic
def revoke_proxy(proxy_id: UUID, *, by: Actor) -> None:
    """Take a proxy back. Again changes nothing. Raises Refused, NotFound."""
    given = Proxy.objects.select_related("proposal").filter(pk=proxy_id).first()
    if given is None:
        raise NotFound("proxy")
    because = check(access.may_speak_as(by, given.proposal.body_id, given.giver))
    if given.revoked_at is not None:
        return
    given.revoked_at = now()
    given.save(update_fields=["revoked_at"])
    _told(given.proposal, by, "proxy.revoked", N_("Took a proxy back."), because.rule)


@transaction.atomic
def give_notice(question_id: UUID, *, by: Actor) -> datetime:
    """Tell that a vote is coming: from now on the text stands. Returns when voting may open.

    Raises Refused, also while another wording is still open, and NotFound.
    """
    row = locked(question_id)
    rule = _rule_of(row)
    because = check(access.may_lead(by, row))
    check(_may_give_notice(row))
    row.stage, row.noticed_at = Stage.NOTICE.value, now()
    row.save(update_fields=["stage", "noticed_at"])
    _told(row, by, "notice.given", N_("Gave notice of a vote."), because.rule, text=digest(text_of(row)))
    publish(NoticeGiven(row.id, row.number))
    return row.noticed_at + timedelta(days=rule.notice_days)


def _may_give_notice(row: Proposal) -> Verdict:
    if row.stage not in access.WRITING:
        return deny("governance.notice.again", N_("Notice was given, or the question is over."))
    if row.amendments.filter(fate=Fate.OPEN.value).exists():
        return deny(
            "governance.notice.wordings",
            N_("Another wording waits for its answer."),
            N_("Take it up or refuse it, and say why."),
        )
    return allow("governance.notice.ready", N_("The text is ready."))


def _rule_of(row: Proposal) -> MatterRule:
    rule = bylaws.rule_for(Matter(row.matter))
    if rule is None:
        check(access.NO_BYLAWS)
        raise NotFound("rule")  # never reached: the check refuses
    return rule


@transaction.atomic
def open_voting(
    question_id: UUID, *, by: Actor, closes_at: datetime | None = None, meeting_id: UUID | None = None
) -> tuple[UUID, ...]:
    """Open the vote: one poll of the body, and one of each body whose assent it needs.

    Rule, electorate and text are frozen now, and lots are drawn and published. ``closes_at``: by default as
    many days as the rule has; in a meeting (``meeting_id``) the chair ends it before. Raises Refused with
    what to mend, NotFound, BadInput for impossible times.
    """
    row = locked(question_id)
    rule = _rule_of(row)
    held_now = bylaws.in_force()
    assert held_now is not None
    because = check(access.may_lead(by, row))
    check(may_open(row, rule))
    opens = now()
    ends = closes_at or opens + timedelta(days=rule.open_days)
    if not opens < ends <= opens + LONGEST_OPEN:
        raise BadInput("closes_at", N_("Voting closes after it opens, within a year."))
    check(_meets(row, meeting_id))
    check(_open_long_enough(row, rule, ends - opens, in_meeting=meeting_id is not None))
    polls = [_open(row, rule, held_now, body_id=row.body_id, opens=opens, ends=ends, meeting_id=meeting_id)]
    for slug, kind in _assents(row, rule):
        body = partners.body_named(slug)
        assert body is not None  # bylaws name bodies that exist
        polls.append(_open(row, rule, held_now, body_id=body.id, opens=opens, ends=ends, assent=kind))
    row.stage, row.waits_until = Stage.VOTING.value, None
    row.save(update_fields=["stage", "waits_until"])
    _told(row, by, "voting.opened", N_("Opened a vote."), because.rule, polls=[_anchor(p) for p in polls])
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


def _anchor(poll: Poll) -> dict[str, object]:
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


def may_open(row: Proposal, rule: MatterRule) -> Verdict:
    """Whether voting may open now: notice has run, and the body is made up as the bylaws ask."""
    if row.stage not in (Stage.NOTICE.value, *access.WRITING):
        return deny("governance.open.again", N_("Voting was opened before, or the question is over."))
    if row.amendments.filter(fate=Fate.OPEN.value).exists():
        return _may_give_notice(row)
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
    if row.body.slug != rule.body and not _is_taking_back(row, rule):
        return deny(
            "governance.open.other-body",
            N_("By the bylaws that hold now, another body decides this."),
            N_("Put it to that body."),
        )
    for slug, _kind in _assents(row, rule):
        body = partners.body_named(slug)
        if body is None or body.ends_on is not None:
            return deny(
                "governance.open.no-assent",
                N_("It needs the yes of a body that has ended (%(body)s)."),
                N_("Found that body anew, or let the bylaws say whose yes it needs."),
                body=body.name if body else slug,
            )
    return allow("governance.open.placed", N_("The bylaws give it to this body."))


def _assents(row: Proposal, rule: MatterRule) -> list[tuple[str, str]]:
    """The bodies whose assent it needs, the deciding one left out."""
    if _is_taking_back(row, rule):
        return []
    mine = row.body.slug
    found = [(rule.gate_body, "residents")] if rule.gate_body else []
    found += [(slug, "reserved") for slug in rule.reserved if slug != rule.gate_body]
    found += [(slug, kind) for slug, kind in _whose_yes_it_drops(row) if slug not in dict(found)]
    return [(slug, kind) for slug, kind in found if slug != mine]


def _whose_yes_it_drops(row: Proposal) -> list[tuple[str, str]]:
    """The bodies whose yes an amendment of the bylaws would no longer ask for: nobody's is amended away
    without it."""
    held_now = bylaws.in_force()
    if row.effect != "bylaws.amend" or held_now is None:
        return []
    after = bylaws_file.read(amending.text_of(row.params)).matters
    found: dict[str, str] = {}
    for matter, rule in held_now.matters.items():
        then = after.get(matter)
        asked = {then.body, then.gate_body, *then.reserved} if then else set()
        if rule.gate_body and rule.gate_body not in asked:
            found[rule.gate_body] = "residents"
        found.update((slug, found.get(slug, "reserved")) for slug in rule.reserved if slug not in asked)
    return sorted(found.items())


def _is_taking_back(row: Proposal, rule: MatterRule) -> bool:
    """Whether the body that said yes is asked, alone, to take it back."""
    return row.effect == "mandate.withdraw" and row.body.slug == rule.gate_body != rule.body


def _open(
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
    alone = _is_taking_back(row, rule)
    voting = rule.voting
    if assent or alone:
        body = laws.bodies.get(partners.bodies_by_id([body_id])[body_id].slug)
        voting = body.assent if body else VotingRule()
    elif row.is_emergency and rule.emergency:
        voting = _hurried(voting, rule)
    asks = voting.method not in (Method.CONSENSUS, Method.CONSENT, Method.DOUBLE_MAJORITY)
    return Frozen(
        matter=rule.matter,
        article=rule.article,
        voting=voting,
        choosing=None if assent or alone else rule.choosing,
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
    seat = partners.seat(row.proposed_by_seat_id) if row.proposed_by_seat_id else None
    return seat.voter_id if seat and seat.body_id == body_id else ""


@transaction.atomic
def ask_gate_again(question_id: UUID, body_id: UUID, *, by: Actor, closes_at: datetime | None = None) -> UUID:
    """Ask a body that has not answered again, up to the question's deadline; returns the new poll.

    It is asked under the rule and by the text of the first time. Raises Refused, NotFound, BadInput.
    """
    row = locked(question_id)
    because = check(access.may_ask_gate(by, row, body_id))
    before = row.polls.filter(kind=PollKind.GATE.value, body_id=body_id).order_by("-opens_at").first()
    if before is None:
        raise NotFound("poll")
    check(_may_ask_again(row, before))
    opens = now()
    ends = min(closes_at or row.waits_until or opens, row.waits_until or opens)
    if ends <= opens:
        raise BadInput("closes_at", N_("Voting closes after it opens, before the deadline."))
    poll = _once_more(row, before, opens, ends)
    _told(
        row,
        by,
        "gate.asked-again",
        N_("Asked a body again for its yes."),
        because.rule,
        polls=[_anchor(poll)],
    )
    publish(VotingOpened(row.id, row.number, (poll.id,)))
    return poll.id


def _may_ask_again(row: Proposal, before: Poll) -> Verdict:
    if row.stage != Stage.PENDING_RESIDENTS.value or before.closed_at is None:
        return deny("governance.gate.not-waiting", N_("This question does not wait for an answer."))
    if (before.outcome or {}).get("gate") not in ("not-reached", "not-asked"):
        return deny("governance.gate.answered", N_("This body has answered."))
    return allow("governance.gate.again", N_("It has not answered yet."))


def _once_more(row: Proposal, before: Poll, opens: datetime, ends: datetime) -> Poll:
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


@transaction.atomic
def begin_round(question_id: UUID, *, by: Actor, why: str) -> int:
    """Talk again after a block or an objection stood, instead of ending with a no; returns the round's
    number.

    Only for consensus and consent, before the answer was certified. Raises Refused, NotFound, BadInput.
    """
    row = locked(question_id)
    because = check(access.may_lead(by, row))
    check(_may_talk_again(row))
    if not why.strip():
        raise BadInput("why", N_("Say why, for the record."))
    row.round += 1
    row.stage, row.noticed_at = Stage.TALKING.value, None
    row.save(update_fields=["round", "stage", "noticed_at"])
    _told(row, by, "round.begun", N_("Began another round of talking."), because.rule, round=row.round)
    return row.round


def _may_talk_again(row: Proposal) -> Verdict:
    last = row.polls.filter(kind=PollKind.MAIN.value).order_by("-opens_at").first()
    if row.stage != Stage.VOTING.value or last is None or last.closed_at is None:
        return deny("governance.round.not-now", N_("A round begins after a vote that found no agreement."))
    if Method(last.rule["voting"]["method"]) not in (Method.CONSENSUS, Method.CONSENT):
        return deny("governance.round.method", N_("Only consensus and consent have rounds."))
    if (last.outcome or {}).get("result") == Result.ADOPTED.value:
        return deny("governance.round.adopted", N_("They agreed: it is certified, not talked over."))
    if row.polls.filter(opens_at__gte=last.opens_at, closed_at=None).exists():
        return deny("governance.round.open", N_("Another body is still voting."))
    return allow("governance.round.again", N_("Talk again, and ask again."))
