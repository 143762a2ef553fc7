"""The public register of promises: what was said to whom, by when, and what came of it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.foundation.access import Actor
from commonweal.foundation.access.web import actor_of, public
from commonweal.governance import access_promises as access
from commonweal.governance import queries
from commonweal.governance.actions import promising
from commonweal.governance.queries import promises as reading
from commonweal.governance.shapes_promises import PromiseShape
from commonweal.governance.vocabulary_promises import STANDS_NAMES, PromiseState, Stands
from commonweal.governance.web.promise_forms import PromiseForm, StateForm
from commonweal.governance.web.views_questions import at_table
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.partners import facade as partners

ORDER = (Stands.BROKEN, Stands.LATE, Stands.UNDER_WAY, Stands.KEPT, Stands.WITHDRAWN)


@require_safe
@public
def register(request: HttpRequest) -> HttpResponse:
    """All promises; narrowed to how they stand."""
    found = reading.promises()
    counts, chosen = reading.counted(found), request.GET.get("stands", "")
    shown = [p for p in found if not chosen or p.stands.value == chosen]
    context = {
        "promises": shown,
        "total": len(found),
        "chosen": chosen if chosen in set(Stands) else "",
        "counts": [(s.value, STANDS_NAMES[s], counts[s]) for s in ORDER if counts[s]],
        "said": _counted(counts),
        "may_promise": bool(_owners(actor_of(request))),
    }
    return render(request, "promises/register.html", context)


def _counted(counts: dict[Stands, int]) -> str:
    """*11 kept, 4 under way, 2 late, 1 broken.*"""
    words = {
        Stands.KEPT: ngettext("%(n)s kept", "%(n)s kept", counts[Stands.KEPT]),
        Stands.UNDER_WAY: ngettext("%(n)s under way", "%(n)s under way", counts[Stands.UNDER_WAY]),
        Stands.LATE: ngettext("%(n)s late", "%(n)s late", counts[Stands.LATE]),
        Stands.BROKEN: ngettext("%(n)s broken", "%(n)s broken", counts[Stands.BROKEN]),
        Stands.WITHDRAWN: ngettext("%(n)s withdrawn", "%(n)s withdrawn", counts[Stands.WITHDRAWN]),
    }
    return ", ".join(said % {"n": counts[one]} for one, said in words.items() if counts[one])


def _owners(actor: Actor) -> list[tuple[str, str]]:
    """For whom this actor may promise: own seats, the own partner; the backbone writes down for everyone."""
    if actor.account_id is None:
        return []
    seats = partners.seats_with_account(actor.account_id)
    found = [(f"seat:{s.id}", s.holder.name if s.holder else s.partner_name) for s in seats if s.is_resident]
    mine = {s.partner_id for s in seats if s.partner_id}
    if actor.partner_id and access.may_promise(actor, None, actor.partner_id):
        mine.add(actor.partner_id)
    if partners.acts_for_backbone(actor):
        mine |= {p.id for p in partners.all_partners()}
    named = partners.partners(i for i in mine if i)
    by_seat = {s.partner_id: s.id for s in seats if s.partner_id}
    for partner in sorted(named.values(), key=lambda p: p.name):
        seat = by_seat.get(partner.id)
        found.append((f"seat:{seat}" if seat else f"partner:{partner.id}", partner.name))
    return list(dict(found).items())


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def new(request: HttpRequest) -> HttpResponse:
    """Promise something in public."""
    actor = actor_of(request)
    owners = _owners(actor)
    if not owners:
        verdict = access.may_promise(actor, None, None)
        return render(request, "ui/refused.html", {"verdict": verdict}, status=403)
    form = PromiseForm(request.POST or None, owners=owners)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        kind, _sep, named = said["owner"].partition(":")
        try:
            made = promising.make_promise(
                by=actor,
                words=said["words"],
                to_whom=said["to_whom"],
                due_on=said["due_on"],
                seat_id=UUID(named) if kind == "seat" else None,
                partner_id=UUID(named) if kind == "partner" else None,
                decision_id=_of_decision(request),
            )
        except BadInput as fault:
            form.add_error(fault.where if fault.where in form.fields else None, _(fault.what))
        else:
            messages.success(request, _("Promised, for everyone to read."))
            return redirect("promises:promise", made)
    status = 422 if request.method == "POST" else 200
    return render(request, "promises/new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@public
def promise(request: HttpRequest, promise_id: UUID) -> HttpResponse:
    """One promise, and what was said about it since. Its owner and those it was made to say more."""
    found, actor = reading.promise(promise_id), actor_of(request)
    if found is None:
        raise NotFound("promise")
    may_own = bool(access.may_promise(actor, found.seat_id, found.partner_id))
    may_say = bool(access.may_say_state(actor, found.seat_id, found.partner_id))
    form = StateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _said(found, form.cleaned_data, actor)
        except BadInput as fault:
            form.add_error(fault.where if fault.where in form.fields else None, _(fault.what))
        else:
            return redirect("promises:promise", promise_id)
    open_to_words = found.is_open or found.stands is Stands.BROKEN
    context = {
        "promise": found,
        "form": form if may_say and open_to_words else None,
        "may_own": may_own,
        "today": localdate(now()),
        "meeting": partners.meeting(found.meeting_id) if found.meeting_id else None,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "promises/promise.html", context, status=status)


def _of_decision(request: HttpRequest) -> UUID | None:
    """The decision of which it comes, where the way here named one that was adopted."""
    number = request.GET.get("decision", "")
    found = queries.decision_numbered(int(number)) if number.isdigit() and len(number) < 9 else None
    return found.id if found and found.adopted else None


def _said(found: PromiseShape, said: dict[str, object], by: Actor) -> None:
    why, due_on = str(said["why"]), said["due_on"]
    if said["state"] == "later":
        if due_on is None:
            raise BadInput("due_on", _("Say the new day."))
        promising.put_later(found.id, by=by, due_on=due_on, why=why)  # type: ignore[arg-type]
        return
    promising.say_state(found.id, PromiseState(str(said["state"])), by=by, why=why)
