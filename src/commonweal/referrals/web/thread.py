"""One request with all that happened to it, for those who asked, and what they can do about it now."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.foundation import audit
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose
from commonweal.foundation.access.web import actor_of, requires
from commonweal.foundation.ui.dates import weekday
from commonweal.governance import facade as governance
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, Conflict, NotFound, Refused
from commonweal.kernel.ids import new_id
from commonweal.kernel.verdict import Verdict, deny
from commonweal.kernel.words import N_
from commonweal.people import facade as people
from commonweal.people.shapes import NO_OBLIGATIONS, Obligations
from commonweal.referrals import access, actions
from commonweal.referrals.actions.consent import may_share
from commonweal.referrals.actions.inviting import BY_LETTER, may_ask_person_shape, person_link
from commonweal.referrals.actions.stuck import services_left
from commonweal.referrals.queries import threads
from commonweal.referrals.queries.standard import answer_rule
from commonweal.referrals.rules.chain import DEAD_END_WORDS, Link, bounces_in_a_row, dead_end
from commonweal.referrals.rules.reasons import Moment, reasons_for
from commonweal.referrals.rules.wording import did_it_help
from commonweal.referrals.shapes import EventShape, ReferralShape, TaskShape
from commonweal.referrals.vocabulary import (
    COMPLETION_OUTCOMES,
    EVENT_WORDS,
    HELPED_LOOK,
    HELPED_SAID,
    HELPED_WORDS,
    OPEN,
    OUTCOME_WORDS,
    PROVENANCE_WORDS,
    VIA_WORDS,
    WORKING,
    Event,
    Helped,
    OutcomeCode,
    Provenance,
    Status,
    Via,
)
from commonweal.referrals.web import saying
from commonweal.referrals.web.lists import staff

writers = requires(*sorted(access.ASKERS), purpose=Purpose.COORD)


@contextmanager
def reading(by: Actor, referral_id: UUID) -> Iterator[tuple[Actor, ReferralShape]]:
    """The request as ``by`` may read it: for coordination, else for treatment. NotFound where neither may.

    Whoever neither asked nor was asked sees it only in a role that coordinates, with the person's consent.
    """
    for purpose in (Purpose.COORD, Purpose.TREAT):
        reader = by.for_purpose(purpose)
        with acting(reader):
            found = threads.referral(referral_id)
            if found is not None and _is_party(reader, found):
                yield reader, found
                return
    raise NotFound("referral")


def _is_party(by: Actor, found: ReferralShape) -> bool:
    return by.partner_id == found.holder_id or by.role in access.OVERSEERS


@staff
@require_safe
def thread(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """What was asked of whom, what came back, what the person says."""
    by = actor_of(request)
    return _page(request, by, referral_id)


def _page(
    request: HttpRequest, by: Actor, referral_id: UUID, refusal: Verdict | None = None, act: str = ""
) -> HttpResponse:
    with reading(by, referral_id) as (reader, found):
        context = _context(reader, found) | {"refusal": refusal, "opened": act, "posted": request.POST}
        return render(request, "referrals/thread.html", context, status=422 if refusal is not None else 200)


def _context(by: Actor, found: ReferralShape) -> dict[str, Any]:
    person = people.person(found.person_id)
    audit.note_read(
        by=by,
        person_id=found.person_id,
        what=N_("a request for you and what became of it"),
        because="access.own" if by.partner_id == found.holder_id else "access.shared",
        subject=("referral", found.id),
    )
    chain = threads.chain_of(found.tasks)
    lines = threads.events_of(t.id for t in found.tasks)
    links = [Link(t.status, t.reason, t.outcome) for t in chain]
    is_over = all(t.status not in OPEN for t in found.tasks)
    is_ours = by.partner_id == found.holder_id and by.role in access.ASKERS
    left = services_left(found.need_id) if is_over and is_ours and bounces_in_a_row(links) else None
    stuck = dead_end(links, left)
    newest = found.tasks[-1] if found.tasks else None
    return {
        "referral": found,
        "person": person,
        "need": saying.need(found.domain),
        "tasks": [_task(t, lines.get(t.id, []), by, is_ours) for t in reversed(found.tasks)],
        "newest": newest,
        "bounces": bounces_in_a_row(links),
        "stuck": _(DEAD_END_WORDS[stuck]) if stuck else "",
        "said": [_said(a) for a in found.answers],
        "can_answer": _can_answer(newest, found) if is_ours else None,
        "helped": [(h.value, HELPED_WORDS[h]) for h in (Helped.YES, Helped.SOME, Helped.NO)],
        "provenances": [
            (p.value, PROVENANCE_WORDS[p])
            for p in (Provenance.PHONE, Provenance.IN_PERSON, Provenance.LETTER)
        ],
        "question": did_it_help(found.domain),
        "take_back": reasons_for(Moment.TAKE_BACK),
        "refuse": reasons_for(Moment.REFUSE),
        "fail": reasons_for(Moment.FAIL),
        "outcomes": [(code.value, OUTCOME_WORDS[code]) for code in COMPLETION_OUTCOMES],
        "language": saying.language(found.ask.language),
        "getting_around": saying.getting_around(found.ask.getting_around),
        "decision": governance.decision_line(answer_rule().mandate_id),
        "is_ours": is_ours,
        "is_over": is_over,
        "primary": _primary(newest, found, lines),
        "travels": _travels(by, found, newest),
        "intent": new_id(),
    }


def _travels(by: Actor, found: ReferralShape, newest: TaskShape | None) -> Obligations:
    """What the law sends along: with us, where another asked; with the one whom we asked, where we did."""
    reader = by.partner_id if by.partner_id != found.holder_id else newest.owner_id if newest else None
    if reader is None:
        return NO_OBLIGATIONS
    return people.obligations_for(
        found.person_id, found.holder_id, reader, found.segment, by.purpose, topic=found.domain.value
    )


def _task(task: TaskShape, lines: list[EventShape], by: Actor, is_ours: bool) -> dict[str, Any]:
    look, words = saying.state_of(task)
    sharing = None
    if task.owner_id and task.status in OPEN and by.partner_id == task.holder_id != task.owner_id:
        verdict = may_share(task.person_id, task.holder_id, task.owner_id, task.segment, task.domain)
        sharing = None if verdict else verdict
    return {
        "shape": task,
        "whom": task.asked_whom or _("Several services"),
        "look": look,
        "words": words,
        "due": saying.day_time(task.answer_due_at)
        if task.answer_due_at and task.status is Status.REQUESTED
        else "",
        "lines": [_line(line) for line in _told(lines)],
        "others": threads.candidates_of(task.id) if task.is_open_to_several else [],
        "is_open": task.status in OPEN,
        "is_waiting": task.status is Status.REQUESTED,
        "is_draft": task.status is Status.DRAFT,
        "is_working": task.status in WORKING,
        "asked_last": _asked_last(lines),
        "sharing": sharing,
        "by_voice": _is_by_voice(task),
        "ours": is_ours,
        "handoff_when": saying.day_time(task.handoff_at) if task.handoff_at else "",
    }


def _is_by_voice(task: TaskShape) -> bool:
    is_elsewhere = task.owner_id != task.holder_id and not task.is_one_way
    return is_elsewhere and task.status in OPEN and access.is_told_by_voice(task.segment)


def _told(lines: list[EventShape]) -> list[EventShape]:
    """The thread without what says nothing: writing a request is not news once it was sent at once."""
    if len(lines) < 2 or (lines[0].kind, lines[1].kind) != (Event.DRAFTED, Event.SENT):
        return lines
    if (lines[1].occurred_at - lines[0].occurred_at).total_seconds() < 60:
        return lines[1:]
    return lines


def _line(line: EventShape) -> dict[str, Any]:
    return {
        "when": saying.day_time(line.occurred_at),
        "what": saying.told(line) or _(EVENT_WORDS[line.kind]),
        "reason": saying.reason(line.reason),
        "words": line.words if line.kind is not Event.ESCALATED else "",
        "who": line.by_name,
        "via": _(VIA_WORDS[line.via]) if line.via is not Via.ACCOUNT else "",
        "is_persons": line.kind in (Event.PERSON_CONFIRMED, Event.CONSENT_ENDED),
    }


def _asked_last(lines: list[EventShape]) -> bool:
    """Whether the service's last word is a question that nobody answered."""
    talk = [line.kind for line in lines if line.kind in (Event.ASKED, Event.REPLIED)]
    return bool(talk) and talk[-1] is Event.ASKED


def _said(answer: Any) -> dict[str, Any]:
    return {
        "look": HELPED_LOOK[answer.helped],
        "state": _(HELPED_SAID[answer.helped]),
        "words": answer.words,
        "language": answer.language,
        "how": _(PROVENANCE_WORDS[answer.provenance]),
        "by": answer.taken_by,
        "when": weekday(answer.occurred_at),
    }


def _can_answer(newest: TaskShape | None, found: ReferralShape) -> TaskShape | None:
    """The sending about which the person's answer can be written down now: the last that came to service."""
    served = [t for t in found.tasks if t.started_at or t.status is Status.COMPLETED]
    return served[-1] if served else None


def _primary(newest: TaskShape | None, found: ReferralShape, lines: dict[UUID, list[EventShape]]) -> str:
    """The one act that the page puts first."""
    if newest is None:
        return ""
    if newest.status is Status.DRAFT:
        return "send"
    if newest.status in OPEN and _asked_last(lines.get(newest.id, [])):
        return "reply"
    if newest.status in (Status.REJECTED, Status.FAILED, Status.CANCELLED) or newest.is_unanswered(now()):
        return "another"
    said = newest.helped is not None and newest.helped is not Helped.LATER
    if (newest.status is Status.COMPLETED or newest.started_at) and not said:
        return "said"
    return ""


@writers
@require_http_methods(["POST"])
def act(request: HttpRequest, referral_id: UUID, task_id: UUID) -> HttpResponse:
    """One act on one sending; the page again, with what stood in the way, where it is refused."""
    by = actor_of(request)
    name = request.POST.get("act", "")
    with reading(by, referral_id) as (reader, found):
        if task_id not in {t.id for t in found.tasks}:
            raise NotFound("referral")
        refusal = _perform(name, task_id, reader, request.POST)
    if refusal is None:
        messages.success(request, _(_DONE[name]))
        return redirect("referrals:thread", referral_id)
    return _page(request, by, referral_id, refusal, name)


def _perform(name: str, task_id: UUID, by: Actor, post: QueryDict) -> Verdict | None:
    work = _ACTS.get(name)
    if work is None:
        return deny("referral.form", N_("Choose what to do."))
    try:
        work(task_id, by, post, saying.as_uuid(post.get("intent")))
    except Refused as refused:
        return refused.verdict
    except Conflict as conflict:
        return deny("referral.conflict", str(conflict))
    except (BadInput, ValueError):
        return deny("referral.form", N_("Something is missing. Please look again."))
    return None


Work = Callable[[UUID, Actor, QueryDict, UUID | None], None]


def _send(task_id: UUID, by: Actor, post: QueryDict, intent: UUID | None) -> None:
    actions.send(task_id, by=by, how=actions.How(intent=intent))


def _remind(task_id: UUID, by: Actor, post: QueryDict, intent: UUID | None) -> None:
    actions.remind(task_id, by=by, how=actions.How(intent=intent))


def _reply(task_id: UUID, by: Actor, post: QueryDict, intent: UUID | None) -> None:
    actions.reply(task_id, post.get("words", ""), by=by, how=actions.How(intent=intent))


def _take_back(task_id: UUID, by: Actor, post: QueryDict, intent: UUID | None) -> None:
    actions.cancel(
        task_id, post.get("why", ""), by=by, words=post.get("words", ""), how=actions.How(intent=intent)
    )


def _mistake(task_id: UUID, by: Actor, post: QueryDict, intent: UUID | None) -> None:
    actions.void(task_id, by=by, how=actions.How(intent=intent))


def _said_down(task_id: UUID, by: Actor, post: QueryDict, intent: UUID | None) -> None:
    actions.record_answer(
        task_id,
        Helped(post.get("helped", "")),
        by=by,
        provenance=Provenance(post.get("provenance", "")),
        words=post.get("words", ""),
        language=post.get("language", "en")[:12],
        how=actions.How(intent=intent, occurred_at=saying.past_day(post.get("on", ""))),
    )


def _told_yes(task_id: UUID, by: Actor, post: QueryDict, intent: UUID | None) -> None:
    actions.accept(task_id, by=by, how=actions.How(Via.PHONE, intent))


def _told_no(task_id: UUID, by: Actor, post: QueryDict, intent: UUID | None) -> None:
    actions.decline(task_id, post.get("why", ""), by=by, how=actions.How(Via.PHONE, intent))


def _told_begun(task_id: UUID, by: Actor, post: QueryDict, intent: UUID | None) -> None:
    actions.start(task_id, by=by, how=actions.How(Via.PHONE, intent))


def _told_on(task_id: UUID, by: Actor, post: QueryDict, intent: UUID | None) -> None:
    actions.go_on(task_id, by=by, how=actions.How(Via.PHONE, intent))


def _told_end(task_id: UUID, by: Actor, post: QueryDict, intent: UUID | None) -> None:
    outcome = OutcomeCode(post.get("outcome", ""))
    actions.complete(task_id, outcome, by=by, how=actions.How(Via.PHONE, intent))


def _told_fail(task_id: UUID, by: Actor, post: QueryDict, intent: UUID | None) -> None:
    actions.could_not_help(task_id, post.get("why", ""), by=by, how=actions.How(Via.PHONE, intent))


def _handoff(task_id: UUID, by: Actor, post: QueryDict, intent: UUID | None) -> None:
    met_at = post.get("met_at", "")
    moment = saying.local_moment(met_at) if met_at else None
    actions.plan_handoff(
        task_id, post.get("receiver", ""), by=by, met_at=moment, how=actions.How(intent=intent)
    )


def _confirmed(task_id: UUID, by: Actor, post: QueryDict, intent: UUID | None) -> None:
    provenance = Provenance(post.get("provenance", "phone"))
    actions.confirm_handoff(task_id, by=by, provenance=provenance, how=actions.How(intent=intent))


def _give_up(task_id: UUID, by: Actor, post: QueryDict, intent: UUID | None) -> None:
    actions.could_not_be_met(task_id, by=by, how=actions.How(intent=intent))


_ACTS: dict[str, Work] = {
    "send": _send,
    "remind": _remind,
    "reply": _reply,
    "take-back": _take_back,
    "mistake": _mistake,
    "said": _said_down,
    "told-yes": _told_yes,
    "told-no": _told_no,
    "told-begun": _told_begun,
    "told-on": _told_on,
    "told-end": _told_end,
    "told-fail": _told_fail,
    "handoff": _handoff,
    "confirmed": _confirmed,
    "give-up": _give_up,
}
_DONE: dict[str, str] = {
    "send": N_("Sent."),
    "remind": N_("A reminder is on its way."),
    "reply": N_("Your answer is on its way."),
    "take-back": N_("Taken back. The service is told."),
    "mistake": N_("Marked as entered by mistake."),
    "said": N_("Written down, with how and by whom."),
    "told-yes": N_("Written down: they said yes."),
    "told-no": N_("Written down: they can’t help."),
    "told-begun": N_("Written down: service began."),
    "told-on": N_("Written down: it goes on."),
    "told-end": N_("Written down: it is finished. Whether the need is met, the person says."),
    "told-fail": N_("Written down: they can’t do it after all."),
    "handoff": N_("Written down."),
    "confirmed": N_("Written down: the person confirms the handoff."),
    "give-up": N_("Written down. The Table sees it as a gap that waits for an answer."),
}


@writers
@require_safe
def letter(request: HttpRequest, referral_id: UUID, task_id: UUID) -> HttpResponse:
    """A letter to hand over: did it help? With a link to answer by phone, and boxes to tick and send back."""
    by = actor_of(request)
    with reading(by, referral_id) as (_reader, found):
        task = next((t for t in found.tasks if t.id == task_id), None)
        if task is None or by.partner_id != found.holder_id:
            raise NotFound("referral")
        verdict = may_ask_person_shape(found)
        if not verdict:
            raise Refused(verdict)
        person = people.person(found.person_id)
        url = person_link(task.id, found.holder_id, BY_LETTER)
        audit.record(
            "referral.letter",
            by=by,
            subject=("referral", task.id),
            person_id=found.person_id,
            words=N_("Printed a letter that asks you whether the help reached you."),
            because=verdict.rule,
        )
        context = {
            "first_name": person.first_name if person else "",
            "question": did_it_help(found.domain),
            "helped": [HELPED_WORDS[h] for h in (Helped.YES, Helped.SOME, Helped.NO)],
            "url": url,
            "qr": saying.qr(url),
        }
        return render(request, "referrals/letter.html", context)
