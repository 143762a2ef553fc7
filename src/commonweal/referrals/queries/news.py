"""What is new: answers since a moment, what people said, and who still has to be asked."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.domains import NeedDomain
from commonweal.referrals.models import PersonAnswer, Task, TaskEvent
from commonweal.referrals.queries.tasks import by_ids, could_be_asked, is_untold, shapes
from commonweal.referrals.queries.threads import answers, event_shape
from commonweal.referrals.rules.timing import ASK_AGAIN_AFTER, ask_person_at
from commonweal.referrals.shapes import AnswerShape, EventShape, TaskShape, WaitingAnswer
from commonweal.referrals.vocabulary import Event, Helped, Status

_LOST = (Event.NOT_DELIVERED, Event.TEXT_LOST)
"""Written by the asker's own program, and still news to the asker."""
_NEWS = (
    Event.ACCEPTED, Event.CLAIMED, Event.DECLINED, Event.STARTED, Event.COMPLETED, Event.FAILED, Event.HELD,
    Event.GOES_ON, Event.ASKED, Event.EXPIRED, Event.CONSENT_ENDED, Event.NOT_THEM, *_LOST,
)  # fmt: skip


def answers_since(holder_id: UUID, since: datetime, limit: int) -> list[tuple[EventShape, TaskShape]]:
    """What the asked services told this partner since ``since``, newest first, one line a sending."""
    rows = TaskEvent.objects.filter(
        holder_id=holder_id, recorded_at__gte=since, kind__in=[e.value for e in _NEWS]
    ).exclude(~Q(kind__in=[e.value for e in _LOST]), by_partner_id=holder_id)
    newest: dict[UUID, TaskEvent] = {}
    for row in rows.order_by("-recorded_at", "-seq")[: limit * 3]:
        newest.setdefault(row.task_id, row)
    tasks = {t.id: t for t in by_ids(newest)}
    found = [(event_shape(row), tasks[task_id]) for task_id, row in newest.items() if task_id in tasks]
    return found[:limit]


def said_since(
    holder_id: UUID, since: datetime, limit: int
) -> list[tuple[AnswerShape, TaskShape | None, UUID]]:
    """What people said about the help since ``since``, newest first, with the sending and the person."""
    rows = list(
        PersonAnswer.objects.filter(holder_id=holder_id, recorded_at__gte=since)
        .exclude(helped=Helped.LATER.value)
        .order_by("-recorded_at")[:limit]
    )
    tasks = {t.id: t for t in by_ids(row.task_id for row in rows if row.task_id)}
    people = {row.pk: row.person_id for row in rows}
    return [(a, tasks.get(a.task_id) if a.task_id else None, people[a.id]) for a in answers(rows)]


def said_counts(holder_id: UUID, since: datetime, until: datetime) -> tuple[int, int, int]:
    """Of the sendings that came to service in the period: how many, how many met, how many answered."""
    served = Task.objects.filter(holder_id=holder_id, started_at__gte=since, started_at__lt=until)
    answered = [t for t in shapes(served) if t.helped not in (None, Helped.LATER)]
    return served.count(), sum(t.helped is Helped.YES for t in answered), len(answered)


def of_person(person_id: UUID, *, with_protected: bool = False) -> list[TaskShape]:
    """A person's sendings, newest first; specially protected ones only where asked for."""
    rows = Task.objects.filter(person_id=person_id).exclude(status=Status.ENTERED_IN_ERROR)
    if not with_protected:
        rows = rows.filter(segment=Segment.GENERAL)
    return shapes(rows.exclude(status=Status.DRAFT).order_by("-sent_at", "-id"))


def answers_of(person_id: UUID) -> list[AnswerShape]:
    """All that a person said about help, newest first."""
    return answers(PersonAnswer.objects.filter(person_id=person_id).order_by("-occurred_at"))


def waiting_answers(person_id: UUID, now: datetime) -> list[WaitingAnswer]:
    """Help about which this person has not said whether it met the need, longest wait first.

    ``Later`` is asked again after a week. Nothing of a specially protected segment is asked on a page.
    """
    rows = Task.objects.filter(could_be_asked(), person_id=person_id, segment=Segment.GENERAL)
    last_said = _last_said(person_id)
    found = []
    for task in shapes(rows):
        moment = ask_person_at(task.started_at, task.ended_at)
        if moment is None or moment > now:
            continue
        said_at = last_said.get(task.id)
        if task.helped is Helped.LATER and said_at and now < said_at + ASK_AGAIN_AFTER:
            continue
        found.append(_waiting(task, moment))
    return sorted(found, key=lambda w: w.since)


def _last_said(person_id: UUID) -> dict[UUID, datetime]:
    rows = PersonAnswer.objects.filter(person_id=person_id, task__isnull=False).order_by("occurred_at")
    return {task: moment for task, moment in rows.values_list("task_id", "occurred_at") if task}


def _waiting(task: TaskShape, since: datetime) -> WaitingAnswer:
    return WaitingAnswer(
        task_id=task.id,
        need_id=task.need_id,
        domain=NeedDomain(task.domain),
        service_name=task.service_name,
        owner_name=task.owner_name,
        since=since,
        has_ended=task.status is Status.COMPLETED,
        asked_before=task.helped,
    )


def to_ask(holder_id: UUID, now: datetime, size: int, after: UUID | None = None) -> list[Task]:
    """Sendings of this partner about which nothing was said yet, by id; ``after`` the last one seen.

    All of them in turn, so that those who cannot be asked by text stand in nobody's way.
    """
    rows = Task.objects.filter(is_untold(now), holder_id=holder_id, one_way=False)
    if after is not None:
        rows = rows.filter(pk__gt=after)
    return list(rows.order_by("pk").select_related("referral")[:size])


def by_hand(holder_id: UUID, now: datetime, limit: int) -> list[TaskShape]:
    """About whom a worker has to ask by call or letter, the longest wait first."""
    return shapes(_by_hand(holder_id, now).order_by("by_hand_at", "id")[:limit])


def by_hand_count(holder_id: UUID, now: datetime, most: int) -> int:
    """How many those are, counted to ``most``."""
    return _by_hand(holder_id, now).order_by().values("pk")[:most].count()


def _by_hand(holder_id: UUID, now: datetime) -> "QuerySet[Task]":
    return Task.objects.filter(is_untold(now), holder_id=holder_id, by_hand_at__isnull=False)


def domains_of(tasks: Iterable[TaskShape]) -> list[NeedDomain]:
    """The needs that appear in these sendings, in the order of the list of needs."""
    found = {t.domain for t in tasks}
    return [d for d in NeedDomain if d in found]
