"""Lists of sendings: one query a page, only the columns that a list shows, paged by key."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from commonweal.foundation.access.vocabulary import Segment
from commonweal.foundation.database.prepared import Question
from commonweal.kernel import clock
from commonweal.kernel.domains import NeedDomain
from commonweal.referrals.models import Candidate, PersonAnswer, Task
from commonweal.referrals.rules.timing import ASK_PERSON_AFTER
from commonweal.referrals.shapes import TaskLine, TaskShape
from commonweal.referrals.vocabulary import OPEN, WORKING, Helped, OutcomeCode, Status

PAGE = 50

_COLUMNS = (
    "id", "referral_id", "person_id", "need_id", "holder_id", "owner_id", "service_id", "service_name",
    "owner_name", "asked_by", "topic", "segment", "status", "status_at", "sent_at", "answer_due_at",
    "answered_at", "started_at", "ended_at", "reason", "reason_words", "outcome", "said", "number",
    "to_several", "one_way", "is_urgent", "consent_ended_at", "handoff_to", "handoff_at",
    "handoff_confirmed_at", "late_at", "heard_at", "stuck",
    "occurred_at",
)  # fmt: skip


_LINE = (
    "id", "occurred_at",
    "referral_id", "person_id", "owner_name", "service_name", "topic", "status", "status_at", "sent_at",
    "answer_due_at", "reason", "outcome", "said", "is_urgent", "consent_ended_at", "late_at", "heard_at",
    "stuck",
)  # fmt: skip
"""The key of a line, then its fields in the order of ``TaskLine``."""


def _columns(rows: "QuerySet[Task]", columns: tuple[str, ...] = _COLUMNS) -> Any:
    """The columns of a shape. What the person said last comes from their answer, hidden from the helper."""
    said = PersonAnswer.objects.filter(task=OuterRef("pk")).order_by("-occurred_at").values("helped")[:1]
    return rows.annotate(said=Subquery(said)).values_list(*columns)


def shapes(rows: "QuerySet[Task]") -> list[TaskShape]:
    """The sendings of a query as shapes, in its order."""
    return [_shape(row) for row in _columns(rows)]


_DOMAINS = {d.value: d for d in NeedDomain}
_SEGMENTS = {s.value: s for s in Segment}
_STATUSES = {s.value: s for s in Status}
_OUTCOMES: dict[str, OutcomeCode | None] = {**{o.value: o for o in OutcomeCode}, "": None}
_SAID: dict[str | None, Helped | None] = {**{h.value: h for h in Helped}, "": None, None: None}


def _shape(row: tuple[Any, ...]) -> TaskShape:
    (
        id_, referral, person, need, holder, owner, service, service_name, owner_name, asked_by, topic,
        segment, status, status_at, sent, due, answered, started, ended, reason, reason_words, outcome,
        helped, number, several, one_way, urgent, consent_ended, to, handoff_at, confirmed, late_at,
        heard_at, stuck, _,
    ) = row  # fmt: skip
    return TaskShape(
        id=id_, referral_id=referral, person_id=person, need_id=need, holder_id=holder, owner_id=owner,
        service_id=service, service_name=service_name, owner_name=owner_name, asked_by=asked_by,
        domain=_DOMAINS[topic], segment=_SEGMENTS[segment], status=_STATUSES[status], status_at=status_at,
        sent_at=sent, answer_due_at=due, answered_at=answered, started_at=started, ended_at=ended,
        reason=reason, reason_words=reason_words, outcome=_OUTCOMES[outcome],
        helped=_SAID[helped], number=number, is_open_to_several=several,
        is_one_way=one_way, is_urgent=urgent, consent_ended_at=consent_ended, handoff_to=to,
        handoff_at=handoff_at, handoff_confirmed_at=confirmed, late_at=late_at,
        heard_at=heard_at, stuck=stuck,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListFilter:
    """What a list is narrowed to. ``state``: ``""`` or a key of ``STATES``."""

    state: str = ""
    domain: NeedDomain | None = None
    person_id: UUID | None = None


def _late(now: datetime) -> Q:
    return Q(status=Status.REQUESTED, answer_due_at__lte=now) | Q(late_at__lte=now)


def could_be_asked() -> Q:
    """Help that came, and about which the person has said nothing yet, or only *later*."""
    said = PersonAnswer.objects.filter(task=OuterRef("pk")).exclude(helped=Helped.LATER.value)
    return ~Exists(said) & (
        Q(status=Status.COMPLETED) | Q(status=Status.IN_PROGRESS, started_at__isnull=False)
    )


def is_untold(now: datetime) -> Q:
    """Help about which the person may be asked by now, and has not said whether it met the need."""
    # Subtracted by the database, so that ``now`` stays a value of the statement (``prepared.Question``).
    then = ExpressionWrapper(Value(now) - Value(ASK_PERSON_AFTER), output_field=DateTimeField())
    return could_be_asked() & (Q(ended_at__lte=now) | Q(started_at__lte=then))


STATES = ("waiting", "late", "working", "finished", "untold", "stuck", "refused", "taken-back", "draft")


def _of_state(state: str, now: datetime) -> Q:
    return {
        "waiting": Q(status=Status.REQUESTED),
        "late": _late(now),
        "working": Q(status__in=[s.value for s in WORKING]),
        "finished": Q(status=Status.COMPLETED),
        "untold": is_untold(now),
        "stuck": ~Q(stuck=""),
        "refused": Q(status__in=[Status.REJECTED, Status.FAILED]),
        "taken-back": Q(status__in=[Status.CANCELLED, Status.ENTERED_IN_ERROR]),
        "draft": Q(status=Status.DRAFT),
    }.get(state, Q())


def _narrowed(rows: "QuerySet[Task]", wanted: ListFilter, given: Mapping[str, Any]) -> "QuerySet[Task]":
    rows = rows.filter(_of_state(wanted.state, given["now"]))
    if wanted.domain:
        rows = rows.filter(topic=wanted.domain.value)
    return rows.filter(person_id=given["person"]) if "person" in given else rows


@dataclass(frozen=True, slots=True)
class TaskPage:
    """One page of a list; ``after`` is the key of the next page, empty at the end."""

    tasks: tuple[TaskShape, ...]
    after: str = ""


def sent(holder_id: UUID, wanted: ListFilter, now: datetime, after: str = "", size: int = PAGE) -> TaskPage:
    """What this partner asked for, newest first."""
    return _paged(_sent, "occurred_at", {"partner": holder_id, "now": now}, wanted, after, size)


@dataclass(frozen=True, slots=True)
class LinePage:
    """One page of a list of lines; ``after`` as of a ``TaskPage``."""

    lines: tuple[TaskLine, ...]
    after: str = ""


def sent_lines(holder_id: UUID, wanted: ListFilter, now: datetime, after: str = "") -> LinePage:
    """``sent`` for a page that shows a line of each: half the columns."""
    values: dict[str, UUID | datetime] = {"partner": holder_id, "now": now}
    found, then = _rows(_sent, "occurred_at", values, wanted, after, PAGE, _LINE)
    return LinePage(tuple(_line(row) for row in found), then)


def _line(row: tuple[Any, ...]) -> TaskLine:
    (
        _, _, referral, person, owner_name, service_name, topic, status, status_at, sent_at, due, reason,
        outcome, helped, urgent, consent_ended, late_at, heard_at, stuck,
    ) = row  # fmt: skip
    return TaskLine(
        referral, person, owner_name, service_name, _DOMAINS[topic], _STATUSES[status], status_at, sent_at,
        due, reason, _OUTCOMES[outcome], _SAID[helped], urgent, consent_ended, late_at, heard_at, stuck,
    )  # fmt: skip


def _sent(given: Mapping[str, Any]) -> "QuerySet[Task]":
    return Task.objects.filter(holder_id=given["partner"])


def inbox(partner_id: UUID, wanted: ListFilter, now: datetime, after: str = "", size: int = PAGE) -> TaskPage:
    """What this partner was asked, newest first, whatever became of it."""
    return _paged(_asked, "sent_at", {"partner": partner_id, "now": now}, wanted, after, size)


def _asked(given: Mapping[str, Any]) -> "QuerySet[Task]":
    mine = Task.objects.filter(owner_id=given["partner"], sent_at__isnull=False)
    return mine.exclude(holder_id=given["partner"])


def open_to(
    partner_id: UUID, wanted: ListFilter | None = None, now: datetime | None = None
) -> list[TaskShape]:
    """Open referrals that this partner may still claim, oldest first, narrowed like every list."""
    ids = Candidate.objects.filter(partner_id=partner_id, declined_at__isnull=True).values("task_id")
    rows = Task.objects.filter(id__in=ids, owner__isnull=True, status=Status.REQUESTED)
    if wanted is not None:
        person = {"person": wanted.person_id} if wanted.person_id else {}
        rows = _narrowed(rows, wanted, {"now": now or clock.now(), **person})
    return shapes(rows.order_by("sent_at", "id"))


def asked(partner_id: UUID, wanted: ListFilter, now: datetime, after: str = "", size: int = PAGE) -> TaskPage:
    """All that this partner was asked: first what it may still claim, then the rest, newest first."""
    page = inbox(partner_id, wanted, now, after, size)
    if after:
        return page
    return TaskPage((*open_to(partner_id, wanted, now), *page.tasks), page.after)


Listing = Callable[[UUID, ListFilter, datetime, str, int], TaskPage]
"""One list of a partner, page by page: ``sent``, ``inbox`` or ``asked``."""


def whole(
    listing: Listing, partner_id: UUID, wanted: ListFilter, now: datetime, size: int = 1000
) -> Iterator[tuple[TaskShape, ...]]:
    """A list from its first row to its last, the same query as its page, in batches."""
    after = ""
    while True:
        page = listing(partner_id, wanted, now, after, size)
        yield page.tasks
        after = page.after
        if not after:
            return


def stuck(holder_id: UUID, limit: int) -> tuple[list[TaskShape], int]:
    """Requests of this partner at a dead end, the newest first, and how many, counted to ``COUNTED_TO``."""
    rows = Task.objects.filter(holder_id=holder_id).exclude(stuck="")
    count = rows.order_by().values("pk")[:COUNTED_TO].count()
    return shapes(rows.order_by("-status_at", "id")[:limit]), count


def has_asked(partner_id: UUID) -> bool:
    """Whether this partner has ever asked a service for a person."""
    return Task.objects.filter(holder_id=partner_id).exists()


def was_asked(partner_id: UUID) -> bool:
    """Whether this partner has anything that it was asked and may still see."""
    return Task.objects.filter(owner_id=partner_id).exists() or bool(open_to(partner_id))


def open_for(partner_id: UUID) -> list[TaskShape]:
    """Everything open that this partner was asked: unanswered first, then what it works on, oldest first."""
    rows = Task.objects.filter(owner_id=partner_id, status__in=[s.value for s in OPEN])
    mine = shapes(rows.order_by("sent_at", "id")) + open_to(partner_id)
    return sorted(mine, key=lambda t: t.status is not Status.REQUESTED)


_page, _late_ones = Question(), Question()


def _paged(
    basis: "Callable[[Mapping[str, Any]], QuerySet[Task]]",
    key: str,
    values: dict[str, UUID | datetime],
    wanted: ListFilter,
    after: str,
    size: int,
) -> TaskPage:
    """A page of a list as whole shapes."""
    found, then = _rows(basis, key, values, wanted, after, size, _COLUMNS)
    return TaskPage(tuple(_shape(row) for row in found), then)


def _rows(
    basis: "Callable[[Mapping[str, Any]], QuerySet[Task]]",
    key: str,
    values: dict[str, UUID | datetime],
    wanted: ListFilter,
    after: str,
    size: int,
    columns: tuple[str, ...],
) -> tuple[list[tuple[Any, ...]], str]:
    """``basis`` of ``values``, narrowed, newest first by ``key``, from ``after`` on; the next page's key."""
    if wanted.person_id:
        values["person"] = wanted.person_id
    if start := _read_key(after):
        values["moment"], values["last"] = start

    def written(given: Mapping[str, Any]) -> "QuerySet[Task, Any]":
        rows = _narrowed(basis(given), wanted, given).order_by(f"-{key}", "-id")
        if "last" in given:
            earlier = Q(**{f"{key}__lt": given["moment"]})
            rows = rows.filter(earlier | Q(**{key: given["moment"], "id__lt": given["last"]}))
        found: QuerySet[Task, Any] = _columns(rows, columns)[: size + 1]
        return found

    found = _page.ask((basis, wanted.state, wanted.domain, tuple(values), size, columns), written, values)
    if len(found) <= size:
        return found, ""
    last = found[size - 1]
    return found[:size], _key(last[columns.index(key)], last[0])


def _key(moment: datetime, row_id: UUID) -> str:
    return urlsafe_b64encode(f"{moment.isoformat()}|{row_id}".encode()).decode().rstrip("=")


def _read_key(text: str) -> tuple[datetime, UUID] | None:
    """The place that a key names; None for an empty or foreign one, which starts at the beginning."""
    try:
        moment, row_id = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().split("|")
        return datetime.fromisoformat(moment), UUID(row_id)
    except (ValueError, UnicodeDecodeError):
        return None


def by_ids(ids: Iterable[UUID]) -> list[TaskShape]:
    """These sendings, oldest first."""
    return shapes(Task.objects.filter(id__in=list(ids)).order_by("occurred_at", "id"))


def of_needs(need_ids: Iterable[UUID]) -> dict[UUID, list[TaskShape]]:
    """All sendings for these needs, each oldest first."""
    found: dict[UUID, list[TaskShape]] = {}
    rows = Task.objects.filter(need_id__in=list(need_ids)).order_by("occurred_at", "number")
    for task in shapes(rows):
        found.setdefault(task.need_id, []).append(task)
    return found


def late(holder_id: UUID, now: datetime, limit: int) -> list[TaskShape]:
    """Asked by this partner, and no answer or no word of how it goes came in time; the longest wait first."""
    rows = Task.objects.filter(_late(now), holder_id=holder_id)
    return shapes(rows.order_by(Coalesce("late_at", "answer_due_at"), "id")[:limit])


COUNTED_TO = 100
"""Beyond this a page says *more than 99*: nobody acts on the difference, and the list stays quick."""


def late_count(holder_id: UUID, now: datetime) -> int:
    """How many of this partner's requests wait longer than promised, counted to ``COUNTED_TO``."""

    def written(given: Mapping[str, Any]) -> "QuerySet[Task, Any]":
        rows = Task.objects.filter(_late(given["now"]), holder_id=given["holder"])
        return rows.order_by().values_list("pk")[:COUNTED_TO]

    return _late_ones.count("", written, {"holder": holder_id, "now": now})


def counts(holder_id: UUID, now: datetime) -> tuple[int, int]:
    """How many of this partner's requests are open, and how many of those are late."""
    mine = Task.objects.filter(holder_id=holder_id)
    return mine.filter(status__in=[s.value for s in OPEN]).count(), mine.filter(_late(now)).count()
