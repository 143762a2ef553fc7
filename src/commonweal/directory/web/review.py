"""``/directory/review/``: corrections that wait, entries that should be checked; and one's own services."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.directory import access, facade
from commonweal.directory.actions import asking_checks, capacity, corrections, verification
from commonweal.directory.queries.checks import due_for_check, waiting_corrections
from commonweal.directory.queries.due import organizations_to_ask, silent_ones
from commonweal.directory.queries.offers import season_start, unmet_counts
from commonweal.directory.queries.pace import pace
from commonweal.directory.queries.words import full_day, say
from commonweal.directory.rules.checking import FACT_NAMES
from commonweal.directory.rules.freshness import STALE
from commonweal.directory.rules.room import STATE_LOOKS
from commonweal.directory.vocabulary import Capacity, VerifiedHow
from commonweal.directory.web.forms import RoomForm, SettleForm
from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.access.web import actor_of, requires
from commonweal.kernel.clock import now, today
from commonweal.kernel.domains import NAMES
from commonweal.kernel.errors import BadInput, Conflict

SHOWN = 25
"""Entries to check on one page: a morning's work."""


def _of(actor: Actor) -> UUID | None:
    """Stewards see every service, others those of their partner."""
    return None if access.is_steward(actor) else actor.partner_id


@requires(*access.REVIEWERS, purpose=Purpose.OPS)
def review(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, and what should be checked."""
    actor = actor_of(request)
    due, due_in_all = due_for_check(now(), _of(actor), most=SHOWN)
    waiting = [
        {"row": row, "fact": FACT_NAMES.get(row.fact, row.fact), "editable": row.fact in corrections.EDITABLE}
        for row in waiting_corrections(_of(actor))
    ]
    context = {
        "waiting": waiting,
        "due": due,
        "due_in_all": due_in_all,
        "silent": silent_ones(now(), _of(actor)),
        "days": {"due": pace().check_due.days, "again": pace().check_again.days, "stale": STALE.days},
        "each_day": pace().checks_each_day,
        "to_ask": _to_ask(actor),
        "unmet": [(NAMES[d], n) for d, n in unmet_counts(season_start(today()))],
        "keeps_words": bool(access.may_edit_words(actor)),
    }
    return render(request, "directory/review/queue.html", context)


def _to_ask(actor: Actor) -> int:
    """How many organizations a steward could ask now."""
    return organizations_to_ask(now()).count() if access.may_ask_all(actor) else 0


@requires(*access.REVIEWERS, purpose=Purpose.OPS)
def ask_all(request: HttpRequest) -> HttpResponse:
    """Send every organization whose entries are due its one link."""
    if request.method == "POST":
        asked, left = asking_checks.ask_due(by=actor_of(request), most=pace().checks_at_once)
        words = ngettext("%(n)s organization is asked.", "%(n)s organizations are asked.", asked) % {
            "n": asked
        }
        if left:
            words += " " + _("%(n)s wait for the next time.") % {"n": left}
        messages.success(request, words)
    return redirect("directory:review")


@requires(*access.REVIEWERS, purpose=Purpose.OPS)
def settle(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """Take a suggestion, or leave it."""
    form = SettleForm(request.POST)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        new_text = given["new_text"] if "new_text" in request.POST else None
        try:
            corrections.settle_correction(
                correction_id,
                by=actor_of(request),
                take=given["take"] == "yes",
                words=given["words"],
                new_text=new_text,
            )
            messages.success(request, _("Done. The search shows it now."))
        except Conflict:
            messages.info(request, _("Somebody else settled this already."))
    return redirect("directory:review")


@requires(*access.REVIEWERS, purpose=Purpose.OPS)
def check(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Send the organization its link, or record that one called and all is right."""
    if request.method != "POST":
        return redirect("directory:review")
    actor = actor_of(request)
    if request.POST.get("how") == "call":
        verification.mark_checked(service_id, VerifiedHow.CALL, by=actor)
        messages.success(request, _("Recorded: checked by phone today."))
        return redirect("directory:review")
    asked = verification.ask_verification(service_id, by=actor)
    if asked:
        messages.success(request, _("The link is on its way to %(address)s.") % {"address": asked.sent_to})
    else:
        messages.info(request, _("They have no e-mail address. Call them, then record that you did."))
    return redirect("directory:review")


_OWN = (*sorted(access.OWN_STAFF), Role.COORDINATOR)


@requires(*_OWN, purpose=Purpose.OPS)
def mine(request: HttpRequest) -> HttpResponse:
    """One's own services: how each is shown, and whether it has room."""
    return _mine(request, None, None)


def _mine(
    request: HttpRequest, changed: UUID | None, form: RoomForm | None, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    services = facade.services_of_partner(actor.partner_id) if actor.partner_id else ()
    rooms = facade.capacities([service.id for service in services])
    rows = [
        {
            "service": service,
            "room": say(rooms[service.id].words),
            "look": STATE_LOOKS[rooms[service.id].state],
            "told": full_day(told) if (told := rooms[service.id].told_at) else "",
            "form": form if form and service.id == changed else RoomForm(prefix=str(service.id)),
        }
        for service in services
    ]
    return render(request, "directory/review/mine.html", {"rows": rows}, status=status)


@requires(*_OWN, purpose=Purpose.OPS)
def room(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Tell whether a service has room."""
    if request.method != "POST":
        return redirect("directory:mine")
    form = RoomForm(request.POST, prefix=str(service_id))
    if not form.is_valid():
        return _mine(request, service_id, form, status=400)
    given = form.cleaned_data
    try:
        capacity.report_capacity(
            service_id,
            Capacity(given["room"]),
            until=given["until"] if given["room"] != Capacity.OPEN else None,
            available=given["available"] if given["room"] == Capacity.OPEN else None,
            by=actor_of(request),
        )
    except BadInput as bad:
        form.add_error(bad.where if bad.where in form.fields else None, _(bad.what))
        return _mine(request, service_id, form, status=400)
    messages.success(request, _("Thank you. The directory shows it now."))
    return redirect("directory:mine")
