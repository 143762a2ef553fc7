"""Lists: what we asked for, what we were asked, what we work on; each also as CSV."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import replace
from io import StringIO
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose
from commonweal.foundation.access.web import actor_of, requires
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.words import N_
from commonweal.people import facade as people
from commonweal.referrals import access
from commonweal.referrals.actions.readings import note_listed
from commonweal.referrals.queries import tasks
from commonweal.referrals.queries.tasks import STATES, ListFilter
from commonweal.referrals.shapes import TaskLine, TaskShape
from commonweal.referrals.vocabulary import WORKING, Status
from commonweal.referrals.web import saying
from commonweal.referrals.web.rows import need_names, sent_rows

STATE_WORDS: dict[str, str] = {
    "waiting": N_("Waits for an answer"),
    "late": N_("Late"),
    "working": N_("Someone helps"),
    "finished": N_("Finished"),
    "untold": N_("Has not told us yet"),
    "stuck": N_("A dead end"),
    "refused": N_("Could not help"),
    "taken-back": N_("Taken back"),
    "draft": N_("Not sent yet"),
}
_SAW_LIST = N_("your name and how requests for you stand, in a list")
staff = requires(*sorted(access.READERS), purpose=Purpose.COORD)


def _wanted(request: HttpRequest) -> ListFilter:
    state, domain = request.GET.get("state", ""), request.GET.get("need", "")
    return ListFilter(
        state=state if state in STATES else "",
        domain=NeedDomain(domain) if domain in {d.value for d in NeedDomain} else None,
        person_id=saying.as_uuid(request.GET.get("person")),
    )


ASKERS_OWN = frozenset({"untold", "stuck", "draft"})
"""States that only the side that asked may sort by: the service does not read what the person said of it."""


def _of_list(which: str, request: HttpRequest) -> ListFilter:
    """What a list is narrowed to: the same for its page and for its file."""
    wanted = _wanted(request)
    if which == "working":
        return replace(wanted, state="working")
    if which == "asked" and wanted.state in ASKERS_OWN:
        return replace(wanted, state="")
    return wanted


@staff
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """What this partner asked others for, newest first, fifty to a page."""
    by = actor_of(request)
    assert by.partner_id is not None
    if "state" not in request.GET and "after" not in request.GET and _only_answers(by):
        return redirect("referrals:inbox")
    wanted = _wanted(request)
    moment = now()
    page = tasks.sent_lines(by.partner_id, wanted, moment, request.GET.get("after", ""))
    context = _frame("sent", wanted, page.after, request) | {
        "rows": sent_rows(page.lines, _names(page.lines, by), moment),
        "late": tasks.late_count(by.partner_id, moment),
        "counted_to": tasks.COUNTED_TO,
    }
    return render(request, "referrals/sent.html", context)


def _only_answers(by: Actor) -> bool:
    """Whether this partner has never asked, and so lives in its inbox."""
    assert by.partner_id is not None
    return not tasks.has_asked(by.partner_id) and tasks.was_asked(by.partner_id)


def _names(
    found: Iterable[TaskShape | TaskLine], by: Actor, because: str = "access.own"
) -> dict[UUID, tuple[str, str]]:
    """First and whole names; each person finds it in their log."""
    ids = {task.person_id for task in found}
    note_listed(ids, _SAW_LIST, by=by, because=because)
    return people.names(ids)


@staff
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What this partner was asked: no names before the yes."""
    by = actor_of(request)
    assert by.partner_id is not None
    wanted = _of_list("asked", request)
    page = tasks.asked(by.partner_id, wanted, now(), request.GET.get("after", ""))
    rows = [_asked_row(task) for task in page.tasks]
    context = _frame("asked", wanted, page.after, request) | {"rows": rows}
    return render(request, "referrals/inbox.html", context)


def _asked_row(task: TaskShape) -> dict[str, Any]:
    look, words = saying.state_of(task)
    return {
        "id": task.id,
        "need": saying.need(task.domain),
        "asker": task.asked_by,
        "service": task.service_name,
        "look": look,
        "words": words,
        "when": saying.short_day(task.sent_at),
        "due": saying.by_day(task.answer_due_at) if task.answer_due_at else "",
        "is_waiting": task.status is Status.REQUESTED,
        "to_several": task.is_open_to_several and task.owner_id is None,
        "urgent": task.is_urgent,
    }


@staff
@require_safe
def caseload(request: HttpRequest) -> HttpResponse:
    """People this partner helps now, by first name."""
    by = actor_of(request)
    assert by.partner_id is not None
    wanted = _of_list("working", request)
    page = tasks.inbox(by.partner_id, wanted, now(), request.GET.get("after", ""))
    found = _names(page.tasks, by, "access.shared")
    rows = [_asked_row(task) | {"name": _first_name(task, found)} for task in page.tasks]
    context = _frame("working", wanted, page.after, request) | {"rows": rows}
    return render(request, "referrals/caseload.html", context)


def _first_name(task: TaskShape, found: Mapping[UUID, tuple[str, str]]) -> str:
    return found[task.person_id][0] if task.person_id in found else _("A person")


def _frame(tab: str, wanted: ListFilter, after: str, request: HttpRequest) -> dict[str, Any]:
    query = {"state": wanted.state, "need": wanted.domain.value if wanted.domain else ""}
    if wanted.person_id:
        query["person"] = str(wanted.person_id)
    return {
        "tab": tab,
        "states": lambda: _states(tab),
        "needs": lambda: [(d.value, words) for d, words in need_names().items()],
        "state_now": wanted.state,
        "need_now": query["need"],
        "older": urlencode({**query, "after": after}) if after else "",
        "newest": urlencode(query) if request.GET.get("after") else "",
        "query": urlencode(query),
    }


def _states(tab: str) -> list[tuple[str, str]]:
    """The states that a list can be narrowed to, by name; asked for where the filter is not kept yet."""
    return [(key, _(words)) for key, words in STATE_WORDS.items() if tab == "sent" or key not in ASKERS_OWN]


_HEADS: dict[str, tuple[str, ...]] = {
    "sent": (
        "name",
        "need",
        "asked",
        "service",
        "sent",
        "answer due",
        "status",
        "reason",
        "began",
        "ended",
        "said",
    ),
    "asked": ("need", "asked by", "service", "sent", "answer due", "status", "reason", "began", "ended"),
    "working": ("first name", "need", "asked by", "service", "sent", "status", "began"),
}
_LISTINGS: dict[str, tasks.Listing] = {"sent": tasks.sent, "asked": tasks.asked, "working": tasks.inbox}


@staff
@require_safe
def export(request: HttpRequest, which: str) -> HttpResponse:
    """One's own list as CSV, every row of it: the page's query and columns. Formulas are made harmless."""
    by = actor_of(request)
    assert by.partner_id is not None
    ground = "access.own" if which == "sent" else "access.shared"
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEADS[which])
    for found in tasks.whole(_LISTINGS[which], by.partner_id, _of_list(which, request), now()):
        names = _names(found, by, ground) if which != "asked" else {}
        writer.writerows([_harmless(cell) for cell in _cells(which, task, names)] for task in found)
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="referrals-{which}.csv"'
    return response


def _cells(which: str, task: TaskShape, names: Mapping[UUID, tuple[str, str]]) -> list[str]:
    moments = [
        m.isoformat(timespec="minutes") if m else ""
        for m in (task.sent_at, task.answer_due_at, task.started_at, task.ended_at)
    ]
    sent_at, due, began, ended = moments
    said = task.helped.value if task.helped else ""
    first, name = names.get(task.person_id, ("", ""))
    if which == "sent":
        return [
            name,
            task.domain,
            task.owner_name,
            task.service_name,
            sent_at,
            due,
            task.status,
            task.reason,
            began,
            ended,
            said,
        ]
    if which == "asked":
        return [
            task.domain,
            task.asked_by,
            task.service_name,
            sent_at,
            due,
            task.status,
            task.reason,
            began,
            ended,
        ]
    first = first if task.status in WORKING else ""
    return [first, task.domain, task.asked_by, task.service_name, sent_at, task.status, began]


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula gets an apostrophe in front (SECURITY I-cases)."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
