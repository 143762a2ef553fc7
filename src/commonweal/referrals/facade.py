"""What referrals offers to higher storeys: ids and shapes in, shapes out, in batches."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from secrets import token_hex
from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.foundation.ui.lines import DecisionLine
from commonweal.governance import facade as governance
from commonweal.kernel.clock import now
from commonweal.kernel.errors import Refused
from commonweal.referrals import access, actions
from commonweal.referrals.actions import escalating
from commonweal.referrals.actions.escalating import TellLead
from commonweal.referrals.queries import news, standard, table, tasks, threads
from commonweal.referrals.rules import burden as minutes
from commonweal.referrals.rules import reasons
from commonweal.referrals.rules.timing import AnswerRule
from commonweal.referrals.shapes import (
    AnswerShape,
    BurdenShape,
    GapShape,
    NeedsMe,
    ReferralFact,
    ReferralShape,
    TaskShape,
    WaitingAnswer,
    Waits,
)
from commonweal.referrals.vocabulary import Helped, Provenance

GAPS_OVER = timedelta(days=365)
"""The stretch of time over which gaps are counted."""


def open_for(partner_id: UUID) -> list[TaskShape]:
    """What a partner was asked and has not ended: unanswered first, then what it works on."""
    return tasks.open_for(partner_id)


def of_person(person_id: UUID, *, with_protected: bool = False) -> list[TaskShape]:
    """A person's requests as the actor may see them, newest first.

    Specially protected ones only where asked for; never ask on a page that others may see over a shoulder.
    """
    return news.of_person(person_id, with_protected=with_protected)


def of_needs(need_ids: Iterable[UUID]) -> dict[UUID, list[TaskShape]]:
    """Requests by the need that they are for, oldest first."""
    return tasks.of_needs(need_ids)


def referral(referral_id: UUID) -> ReferralShape | None:
    """One request with all its sendings, or None."""
    return threads.referral(referral_id)


def answers_of(person_id: UUID) -> list[AnswerShape]:
    """All that a person said about help, newest first."""
    return news.answers_of(person_id)


def answers_waiting(person_id: UUID) -> list[WaitingAnswer]:
    """Help about which the person has not said whether it met the need, longest wait first."""
    return news.waiting_answers(person_id, now())


def answer_person(
    task_id: UUID,
    helped: Helped,
    *,
    by: Actor,
    provenance: Provenance = Provenance.SELF,
    words: str = "",
    language: str = "en",
    intent: UUID | None = None,
) -> None:
    """Keep what the person said. Raises Refused, NotFound. ``intent``: the form's own id."""
    actions.record_answer(
        task_id,
        helped,
        by=by,
        provenance=provenance,
        words=words,
        language=language,
        how=actions.How(intent=intent),
    )


def withdraw_wish(task_id: UUID, *, by: Actor, intent: UUID | None = None) -> None:
    """The person does not want this help any more: what is open is taken back."""
    actions.withdraw_wish(task_id, by=by, how=actions.How(intent=intent))


def confirm_handoff(task_id: UUID, *, by: Actor, intent: UUID | None = None) -> None:
    """The person says that they met the one who helps now."""
    actions.confirm_handoff(task_id, by=by, how=actions.How(intent=intent))


def facts(
    start: datetime, end: datetime, as_of: datetime, *, by: Actor, salt: str | None = None
) -> Iterator[ReferralFact]:
    """Requests sent in ``[start, end)`` as recorded by ``as_of``, for measures. Raises Refused.

    ``salt``: shared by the contexts that one run joins, so that the same person has the same token in it.
    """
    verdict = access.may_count(by)
    if not verdict:
        raise Refused(verdict)
    return table.facts(start, end, as_of, salt or token_hex(16))


def gaps_summary() -> list[GapShape]:
    """What people needed and could not get in the last year, for the Table. Small counts are held back."""
    return table.gaps(now() - GAPS_OVER)


def burden(start: datetime, end: datetime, partner_id: UUID | None = None) -> list[BurdenShape]:
    """Work asked of partners by referrals in the period; of one where named."""
    return table.burden(start, end, partner_id)


def answer_rule() -> AnswerRule:
    """The Table's rule about answers in force now."""
    return standard.answer_rule()


def answer_minutes() -> int:
    """What one answer costs a service, in minutes."""
    return minutes.answer_minutes()


def answer_rule_line() -> DecisionLine | None:
    """Who decided how fast a service answers; None while nobody has."""
    return governance.decision_line(standard.answer_rule().mandate_id)


def needs_me_today(actor: Actor, *, since: datetime | None = None, limit: int = 8) -> NeedsMe:
    """What waits for this actor: as one who asks, and as a service that is asked.

    ``since``: from when an answer is news; by default the last working day.
    """
    if actor.partner_id is None or actor.role not in access.READERS:
        return NeedsMe()
    moment = now()
    start = since or moment - timedelta(days=3 if moment.weekday() == 0 else 1)
    me = actor.partner_id
    open_count, late_count = tasks.counts(me, moment)
    mine = tasks.open_for(me)
    served, met, answered = news.said_counts(me, moment - timedelta(days=30), moment)
    stuck, stuck_count = tasks.stuck(me, limit)
    month = table.burden(moment - timedelta(days=30), moment, me)
    said = news.said_since(me, start, limit)
    return NeedsMe(
        late=tuple(tasks.late(me, moment, limit)),
        new_answers=tuple(news.answers_since(me, start, limit)),
        said=tuple((answer, task) for answer, task, _ in said),
        said_by={answer.id: person for answer, _, person in said},
        stuck=tuple(stuck),
        stuck_count=stuck_count,
        by_hand=tuple(news.by_hand(me, moment, limit)),
        by_hand_count=news.by_hand_count(me, moment, tasks.COUNTED_TO),
        to_answer=tuple(t for t in mine if t.answered_at is None),
        working_on=tuple(t for t in mine if t.answered_at is not None),
        open_count=open_count,
        late_count=late_count,
        served_people=served,
        met_people=met,
        answered_people=answered,
        burden_minutes=minutes.in_minutes(sum(b.seconds for b in month)),
    )


def waits(actor: Actor) -> Waits:
    """How many requests wait too long, without names: of the whole table for the backbone, else one's own."""
    if not access.may_count_waits(actor):
        return Waits()
    return table.waits(now())


def register_lead(tell: TellLead) -> None:
    """Tell the one who leads for a person first when nobody answers. Call it in ``ready()``."""
    escalating.register_lead(tell)


def reason_words(code: str) -> str:
    """Why a service could not help, in English marked for translation; an unknown code as it is."""
    known = reasons.REASONS.get(code)
    return known.words if known else code
