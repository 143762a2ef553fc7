"""Bodies and seats by hand, while a table is being founded. Once bylaws hold, the page leads to the question
that has to be put, with what was chosen here chosen there."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal.foundation.access import Actor
from commonweal.foundation.access.web import actor_of
from commonweal.kernel.errors import BadInput, Conflict, NotFound
from commonweal.partners import access, actions, queries
from commonweal.partners.queries import control
from commonweal.partners.shapes import BodyShape, PartnerShape, SeatShape
from commonweal.partners.vocabulary import BodyKind, MemberClass, Scale, SeatRole
from commonweal.partners.web.doors import at_table
from commonweal.partners.web.forms_founding import BodyForm, ControlForm, EndForm, GiveForm, SeatForm
from commonweal.partners.web.seat_rows import owner
from commonweal.partners.web.views_bodies import found_body
from commonweal.partners.web.views_seats import fault_of, found_seat
from commonweal.partners.web.ways import asked_instead

TEMPLATE = "partners/founding.html"


def ask_instead(request: HttpRequest, kind: str, what: str, **said: object) -> HttpResponse | None:
    """Where somebody may not do this by hand: why, and the question that does it. None: they may."""
    verdict = access.may_shape(actor_of(request), None)
    return None if verdict else asked_instead(request, verdict, kind, what, **said)


def _page(
    request: HttpRequest, form: Form, heading: str, button: str, back: str, **more: object
) -> HttpResponse:
    context = {"form": form, "heading": heading, "button": button, "back": back, **more}
    return render(request, TEMPLATE, context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def new_body(request: HttpRequest) -> HttpResponse:
    """Found a body."""
    instead = ask_instead(request, "body.found", _("Found a body"))
    if instead is not None:
        return instead
    form = BodyForm(request.POST or None, bodies=queries.bodies())
    if form.is_bound and form.is_valid():
        slug = _founded(form, actor_of(request))
        if slug:
            messages.success(request, _("Founded. Now add its seats."))
            return redirect("partners:body", slug)
    return _page(request, form, _("Found a body"), _("Found it"), "/table/")


def _founded(form: BodyForm, by: Actor) -> str:
    said = form.cleaned_data
    slug: str = slugify(said["name"])[:80]
    try:
        actions.found_body(
            by=by,
            slug=slug,
            name=said["name"],
            kind=BodyKind(said["kind"]),
            parent_id=UUID(said["parent"]) if said["parent"] else None,
            scale=Scale(said["scale"]),
            place=said["place"],
            purpose=said["purpose"],
        )
    except Conflict:
        form.add_error("name", _("There is a body of this name already."))
        return ""
    return slug


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def new_seat(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a seat to a body."""
    body = _standing(slug)
    instead = ask_instead(request, "seat.add", _("Add a seat"), body=body.id)
    if instead is not None:
        return instead
    form = SeatForm(request.POST or None, partners=queries.present())
    if form.is_bound and form.is_valid():
        made = _added(form, body, actor_of(request))
        if made is not None:
            messages.success(request, _("The seat is there. Now seat someone."))
            return redirect("partners:seat", made)
    return _page(request, form, _("Add a seat"), _("Add it"), f"/table/bodies/{slug}/", body=body)


def _standing(slug: str) -> BodyShape:
    body = found_body(slug)
    if body.ends_on is not None:
        raise NotFound("body")
    return body


def _added(form: SeatForm, body: BodyShape, by: Actor) -> UUID | None:
    said = form.cleaned_data
    try:
        return actions.add_seat(
            body.id,
            by=by,
            partner_id=UUID(said["partner"]) if said["partner"] else None,
            member_class=MemberClass(said["member_class"]) if said["member_class"] else None,
            title=said["title"],
            role=SeatRole(said["role"]),
            has_vote=said["has_vote"],
            term_months=said["term_months"],
            terms_at_most=said["terms_at_most"],
        )
    except BadInput as fault:
        fault_of(form, fault)
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def end_body(request: HttpRequest, slug: str) -> HttpResponse:
    """End a body with its seats."""
    body = _standing(slug)
    instead = ask_instead(request, "body.end", _("End this body"), body=body.id)
    if instead is not None:
        return instead
    form = EndForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.end_body(body.id, by=actor_of(request), why=form.cleaned_data["why"])
        messages.success(request, _("The body has ended, with its seats."))
        return redirect("partners:table")
    lede = _("Its seats end with it. What it decided stays in force until its own day.")
    back = f"/table/bodies/{slug}/"
    return _page(request, form, _("Does this body end?"), _("Yes, it ends"), back, body=body, lede=lede)


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def end_seat(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    """Take a seat away."""
    seat, body = _seat(seat_id)
    instead = ask_instead(request, "seat.end", _("Take this seat away"), seat=seat_id)
    if instead is not None:
        return instead
    form = EndForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.end_seat(seat_id, by=actor_of(request), why=form.cleaned_data["why"])
        messages.success(request, _("The seat is taken away."))
        return redirect("partners:body", body.slug)
    lede = _("Whoever sits there leaves it.")
    heading = _("Is this seat taken away?")
    return _page(request, form, heading, _("Yes, take it away"), _of(seat), body=body, seat=seat, lede=lede)


def _seat(seat_id: UUID) -> tuple[SeatShape, BodyShape]:
    seat, body = found_seat(seat_id)
    if seat.ends_on is not None:
        raise NotFound("seat")
    return seat, body


def _of(seat: SeatShape) -> str:
    return f"/table/seats/{seat.id}/"


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def vacate(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    """Let whoever sits in a seat leave it, by whom may fill it; a seat of a class, while it is founded."""
    seat, body = _seat(seat_id)
    actor = actor_of(request)
    if seat.partner_id is None:
        instead = ask_instead(request, "seat.fill", _("Seat someone else"), seat=seat_id)
        if instead is not None:
            return instead
    verdict = access.may_fill(actor, seat.partner_id, None)
    if not verdict:
        return render(request, "ui/refused.html", {"verdict": verdict}, status=403)
    if seat.holder is None:
        messages.info(request, _("Nobody sits there."))
        return redirect("partners:seat", seat_id)
    form = EndForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.vacate_seat(seat_id, by=actor, why=form.cleaned_data["why"])
        messages.success(request, _("Written down. The seat stays; it waits for someone new."))
        return redirect("partners:seat", seat_id)
    heading = _("Does %(who)s leave this seat?") % {"who": seat.holder.name}
    return _page(request, form, heading, _("Yes, they leave"), _of(seat), body=body, seat=seat)


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def give(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    """Give an empty seat to another organization."""
    seat, body = _seat(seat_id)
    if seat.partner_id is None:
        raise NotFound("seat")
    instead = ask_instead(request, "seat.give", _("Give this seat to another organization"), seat=seat_id)
    if instead is not None:
        return instead
    others = [p for p in queries.present() if p.id != seat.partner_id]
    form = GiveForm(request.POST or None, partners=others)
    if form.is_bound and form.is_valid():
        try:
            actions.give_seat(seat_id, UUID(form.cleaned_data["partner"]), by=actor_of(request))
        except Conflict:
            form.add_error(None, _("Someone sits there. Only a seat that stands empty is given to another."))
        else:
            messages.success(request, _("The seat is theirs. They fill it with one of their own."))
            return redirect("partners:seat", seat_id)
    heading = _("Give this seat to another organization")
    lede = _("It is the seat of %(who)s now.") % {"who": owner(seat)}
    return _page(request, form, heading, _("Give it"), _of(seat), body=body, seat=seat, lede=lede)


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def controlled(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down who controls an organization."""
    found = _partner(slug)
    instead = ask_instead(request, "partner.control", _("Write down who controls it"), partner=found.id)
    if instead is not None:
        return instead
    others = [p for p in queries.present() if p.id != found.id]
    held = control.controller_of(found.id)
    form = ControlForm(
        request.POST or None, partners=others, initial={"controlled_by": str(held) if held else ""}
    )
    if form.is_bound and form.is_valid():
        said = form.cleaned_data["controlled_by"]
        try:
            actions.set_control(found.id, UUID(said) if said else None, by=actor_of(request))
        except BadInput as fault:
            fault_of(form, fault)
        else:
            messages.success(request, _("Written down."))
            return redirect("partners:partner", slug)
    lede = _("Organizations under one control have one vote together, whichever of them casts it.")
    heading = _("Who controls %(name)s?") % {"name": found.name}
    return _page(request, form, heading, _("Write it down"), f"/table/partners/{slug}/", lede=lede)


def _partner(slug: str) -> PartnerShape:
    found = queries.by_slug(slug)
    if found is None or not found.is_here:
        raise NotFound("partner")
    return found
