"""The page by which a service answers: one for a link without an account and for a signed-in worker."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Segment
from commonweal.foundation.ui.dates import weekday
from commonweal.governance import facade as governance
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, Conflict, NotFound, Refused
from commonweal.kernel.ids import new_id
from commonweal.kernel.verdict import Verdict, deny
from commonweal.kernel.words import N_
from commonweal.people import facade as people
from commonweal.people.shapes import Obligations
from commonweal.referrals import access, actions
from commonweal.referrals.models import Task
from commonweal.referrals.queries import asks, threads
from commonweal.referrals.queries.standard import answer_rule
from commonweal.referrals.rules import burden
from commonweal.referrals.rules.reasons import Moment, reasons_for
from commonweal.referrals.shapes import AskShape
from commonweal.referrals.vocabulary import (
    COMPLETION_OUTCOMES,
    OUTCOME_WORDS,
    WORKING,
    Event,
    OutcomeCode,
    Status,
    Via,
)
from commonweal.referrals.web import saying


@dataclass(frozen=True, slots=True)
class Visit:
    """One reader of one ask: who, by which way."""

    task: Task
    by: Actor
    via: Via


def find(task_id: UUID, by: Actor, via: Via) -> Visit | None:
    """The visit, or None where this reader may see nothing (any more)."""
    assert by.partner_id is not None
    task = asks.task_for(task_id, by.partner_id)
    return Visit(task, by, via) if task else None


def template_for(visit: Visit) -> str:
    """Which page fits where the sending stands for this reader."""
    status = Status(visit.task.status)
    if visit.task.to_several and visit.task.owner_id not in (None, visit.by.partner_id):
        return "referrals/answer_taken.html"
    if visit.task.one_way:
        return "referrals/answer_one_way.html"
    if _is_by_voice(visit) and (status is Status.REQUESTED or status in WORKING):
        return "referrals/answer_by_voice.html"
    if status is Status.REQUESTED:
        return "referrals/answer.html"
    return "referrals/answer_work.html" if status in WORKING else "referrals/answer_done.html"


def _is_by_voice(visit: Visit) -> bool:
    return visit.by.partner_id != visit.task.holder_id and access.is_told_by_voice(
        Segment(visit.task.segment)
    )


def context_of(
    visit: Visit, *, refusal: Verdict | None = None, posted: QueryDict | None = None
) -> dict[str, object]:
    """All that the page shows, read as this reader; a look at contact is noted for the person."""
    ask = asks.ask_of(visit.task, visit.by)
    if ask.shows_contact:
        audit.note_read(
            by=visit.by,
            person_id=visit.task.person_id,
            what=N_("your first name, phone and best time to call"),
            because="access.shared",
            subject=("referral", visit.task.pk),
        )
    return {
        "ask": ask,
        "travels": _travels(visit),
        "question": saying.question(ask.domain, ask.household),
        "facts": _facts(ask),
        "phone": saying.phone(ask.phone),
        "asker_phone": saying.phone(ask.asker_phone),
        "said_yes": visit.task.status in WORKING,
        "due": saying.by_day(ask.due_at) if ask.due_at else "",
        "since": weekday(ask.since) if ask.since else "",
        "minutes": burden.answer_minutes(),
        "refuse": reasons_for(Moment.REFUSE),
        "fail": reasons_for(Moment.FAIL),
        "hold": reasons_for(Moment.HOLD),
        "outcomes": [(code.value, OUTCOME_WORDS[code]) for code in COMPLETION_OUTCOMES],
        "state": saying.state_of_status(ask),
        "talk": _talk(visit),
        "decision": governance.decision_line(answer_rule().mandate_id),
        "intent": new_id(),
        "refusal": refusal,
        "posted": posted or {},
        "opened": posted.get("act", "") if posted else "",
        "can_start": visit.task.status in (Status.ACCEPTED, Status.ON_HOLD),
        "goes_on": _GOES_ON.get(Status(visit.task.status), ""),
        "can_hold": visit.task.status in (Status.ACCEPTED, Status.IN_PROGRESS),
        "by_link": visit.via is Via.LINK,
    }


_GOES_ON = {
    Status.ACCEPTED: N_("We will begin soon"),
    Status.IN_PROGRESS: N_("It goes on as planned"),
    Status.ON_HOLD: N_("It still has to wait"),
}


def _travels(visit: Visit) -> Obligations:
    """What the law sends along; it says *the person*, since the page names nobody before the yes."""
    task, by = visit.task, visit.by
    assert by.partner_id is not None
    segment = Segment(task.segment)
    return people.obligations_for(
        task.person_id, task.holder_id, by.partner_id, segment, by.purpose, topic=task.topic, named=False
    )


def _facts(ask: AskShape) -> list[tuple[str, str]]:
    where = ". ".join(part for part in (ask.area, saying.getting_around(ask.getting_around)) if part)
    lines = [
        (pgettext("what is needed", "Needs"), ask.words or saying.need(ask.domain)),
        (_("Where"), where),
        (_("Language"), saying.language(ask.language) if ask.language else ""),
        (_("Since"), weekday(ask.since) if ask.since else ""),
    ]
    return [(name, words) for name, words in lines if words]


def _talk(visit: Visit) -> list[dict[str, object]]:
    """Questions and answers between the two sides, and when the three spoke."""
    wanted = (Event.ASKED, Event.REPLIED)
    lines = threads.events_of([visit.task.pk])[visit.task.pk]
    return [
        {"who": line.by_name, "when": weekday(line.occurred_at), "words": line.words, "kind": line.kind}
        for line in lines
        if line.kind in wanted
    ]


def perform(visit: Visit, post: QueryDict) -> Verdict | None:
    """Do what the form asks. None when it is done (again); else why not, to be shown beside the form."""
    act = _ACTS.get(post.get("act", ""))
    if act is None:
        return deny("referral.form", N_("Choose one of the answers."))
    if _is_by_voice(visit) and act is not _not_us:
        return access.may_answer_here(Segment(visit.task.segment))
    how = actions.How(visit.via, saying.as_uuid(post.get("intent")))
    try:
        act(visit, post, how)
    except Refused as refused:
        return refused.verdict
    except Conflict as conflict:
        return deny("referral.conflict", str(conflict))
    except BadInput as bad:
        return deny("referral.form", _MISSING.get(bad.where, N_("Something is missing. Please look again.")))
    return None


_MISSING = {
    "reason": N_("Please choose what stands in the way."),
    "outcome": N_("Please choose how it ended."),
    "words": N_("Please write your question."),
    "whom": N_("Please write who might help."),
    "until": N_("Please choose when people may ask again."),
    "receiver": N_("Please name who receives the person."),
    "met_at": N_("Please give the day and time when you spoke together."),
}
Act = Callable[[Visit, QueryDict, actions.How], None]


def _yes(visit: Visit, post: QueryDict, how: actions.How) -> None:
    actions.accept(visit.task.pk, by=visit.by, how=how)


def _no(visit: Visit, post: QueryDict, how: actions.How) -> None:
    actions.decline(
        visit.task.pk,
        post.get("why", ""),
        by=visit.by,
        words=post.get("words", ""),
        instead=post.get("who", ""),
        how=how,
    )


def _full(visit: Visit, post: QueryDict, how: actions.How) -> None:
    actions.report_full(visit.task.pk, post.get("until", ""), by=visit.by, how=how)


def _ask(visit: Visit, post: QueryDict, how: actions.How) -> None:
    actions.ask_question(visit.task.pk, post.get("q", ""), by=visit.by, how=how)


def _begin(visit: Visit, post: QueryDict, how: actions.How) -> None:
    actions.start(visit.task.pk, by=visit.by, words=post.get("words", ""), how=how)


def _hold(visit: Visit, post: QueryDict, how: actions.How) -> None:
    actions.hold(visit.task.pk, post.get("why", ""), by=visit.by, words=post.get("words", ""), how=how)


def _go_on(visit: Visit, post: QueryDict, how: actions.How) -> None:
    actions.go_on(visit.task.pk, by=visit.by, words=post.get("words", ""), how=how)


def _finish(visit: Visit, post: QueryDict, how: actions.How) -> None:
    try:
        outcome = OutcomeCode(post.get("outcome", ""))
    except ValueError as fault:
        raise BadInput("outcome", str(fault)) from fault
    actions.complete(visit.task.pk, outcome, by=visit.by, words=post.get("words", ""), how=how)


def _fail(visit: Visit, post: QueryDict, how: actions.How) -> None:
    actions.could_not_help(
        visit.task.pk,
        post.get("why", ""),
        by=visit.by,
        words=post.get("words", ""),
        instead=post.get("who", ""),
        how=how,
    )


def _hand_on(visit: Visit, post: QueryDict, how: actions.How) -> None:
    actions.suggest(visit.task.pk, post.get("who", ""), by=visit.by, how=how)


def _met(visit: Visit, post: QueryDict, how: actions.How) -> None:
    actions.plan_handoff(
        visit.task.pk,
        post.get("receiver", ""),
        by=visit.by,
        met_at=_moment(post.get("met_at", "")),
        how=how,
    )


def _moment(text: str) -> datetime:
    try:
        return saying.local_moment(text)
    except ValueError as fault:
        raise BadInput("met_at", "a day and a time") from fault


def _not_us(visit: Visit, post: QueryDict, how: actions.How) -> None:
    actions.not_them(visit.task.pk, by=visit.by, how=how)


_ACTS: dict[str, Act] = {
    "yes": _yes,
    "no": _no,
    "full": _full,
    "ask": _ask,
    "begin": _begin,
    "hold": _hold,
    "go-on": _go_on,
    "finish": _finish,
    "fail": _fail,
    "hand-on": _hand_on,
    "met": _met,
    "not-us": _not_us,
}


def opened(visit: Visit) -> None:
    """Note that the request was opened, once. Whoever may only read these records leaves no mark on them."""
    if visit.task.status == Status.REQUESTED and not visit.task.one_way:
        with suppress(NotFound):
            actions.mark_seen(visit.task.pk, by=visit.by, how=actions.How(visit.via, occurred_at=now()))
