"""A seat: who sits there, what they may decide, who came before; fill it, leave it, hand it over."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.foundation.access import Actor
from commonweal.foundation.access.web import actor_of, public
from commonweal.kernel.errors import BadInput, NotFound, Refused
from commonweal.kernel.verdict import Verdict
from commonweal.partners import access, access_seats, actions, queries
from commonweal.partners.access_meetings import is_of_the_table
from commonweal.partners.models import Holding, Seat
from commonweal.partners.queries import ports
from commonweal.partners.shapes import Authority, BodyShape, MemberShape, SeatShape
from commonweal.partners.vocabulary import MemberClass
from commonweal.partners.vocabulary_seats import AUTHORITY_OF, LATITUDE_NAMES, Latitude
from commonweal.partners.web.doors import at_table
from commonweal.partners.web.forms_seats import AuthorityForm, FillForm, LeaveForm, NoteForm
from commonweal.partners.web.seat_rows import owner, reader, seat_row
from commonweal.partners.web.ways import is_asked, way


def found_seat(seat_id: UUID) -> tuple[SeatShape, BodyShape]:
    """A seat and its body; NotFound for an unknown one."""
    seat = queries.seat(seat_id)
    if seat is None:
        raise NotFound("seat")
    return seat, queries.bodies_by_id([seat.body_id])[seat.body_id]


def refused(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    """The page of a refusal, with its cure."""
    return render(request, "ui/refused.html", {"verdict": verdict}, status=403)


def fault_of(form: Form, fault: BadInput) -> None:
    """Put a fault where the form can show it."""
    form.add_error(fault.where if fault.where in form.fields else None, _(fault.what))


@require_safe
@public
def seat(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    """One seat: public for what it is; names, authority and history for members."""
    found, body = found_seat(seat_id)
    actor = actor_of(request)
    to = reader(actor, [found])
    if not to.may_look_into(body):
        raise NotFound("seat")
    row = seat_row(found, to)
    signed_in = actor.account_id is not None and is_of_the_table(actor)
    named = signed_in and to.learns_names(found)
    context = {
        "row": row,
        "body": body,
        "alternates": [to.name(found, a) for a in found.alternates],
        "authority": _said(found) if signed_in and found.partner_id else [],
        "history": queries.authority_words(found.holder.id) if found.holder and named else [],
        "names": LATITUDE_NAMES,
        "before": queries.sat_there(seat_id) if named else [],
        "asked": [i for i in queries.invitations(body.id) if i.seat_id == seat_id] if signed_in else [],
        "may": _may(actor, found),
        "leaving": _leaving(actor, found),
        "signed_in": signed_in,
        "line": ports.decided_line(found.given_under),
        "filled_line": ports.effect_line("seat.fill", f"seat:{found.id}") if found.holder else None,
        "changes": _changes(actor, found),
        "is_asked": is_asked(actor),
    }
    return render(request, "partners/seat.html", context)


def _changes(actor: Actor, found: SeatShape) -> dict[str, str]:
    """Where this reader changes the seat itself: by hand, or by a question."""
    if found.ends_on is not None:
        return {}
    ways = {"end": way(actor, "seat.end", reverse("partners:end-seat", args=[found.id]), seat=found.id)}
    if found.partner_id is None:
        by_hand = reverse("partners:fill", args=[found.id])
        ways["fill"] = "" if not is_asked(actor) else way(actor, "seat.fill", by_hand, seat=found.id)
        if found.holder is not None and not is_asked(actor):
            ways["vacate"] = reverse("partners:vacate", args=[found.id])
    elif found.holder is None:
        by_hand = reverse("partners:give-seat", args=[found.id])
        ways["give"] = way(actor, "seat.give", by_hand, seat=found.id)
    return {name: address for name, address in ways.items() if address}


def _said(found: SeatShape) -> list[tuple[str, str, object]]:
    if found.holder is None:
        return []
    words = sorted(queries.authority_now(found.holder).values(), key=lambda w: w.matter != "")
    return [
        (
            _(w.matter_name) if w.matter else _("Everything not named one by one"),
            _(LATITUDE_NAMES[w.latitude]),
            w,
        )
        for w in words
    ]


def _may(actor: Actor, found: SeatShape) -> dict[str, bool]:
    """Which acts this reader is offered. Filling a seat of a class is a decision of the table's."""
    row = Seat.objects.filter(pk=found.id).first()
    leaving = _leaving(actor, found)
    held = _holding(leaving) if leaving else None
    keeper = access.acts_for_backbone(actor)
    return {
        "fill": bool(access.may_fill(actor, found.partner_id, None)),
        "leave": held is not None and (keeper or bool(access_seats.may_leave(actor, held))),
        "authorize": found.holder is not None
        and row is not None
        and bool(access_seats.may_authorize(actor, row)),
        "pack": bool(access_seats.may_speak_from(actor, found.id)),
    }


def _leaving(actor: Actor, found: SeatShape) -> UUID | None:
    """Whose sitting the button ends: one's own before that of whoever one may write down."""
    people = [h for h in (found.holder, *found.alternates) if h is not None]
    own = [h.id for h in people if actor.account_id is not None and h.account_id == actor.account_id]
    return next(iter(own or [h.id for h in people if not h.is_alternate]), None)


def _holding(holding_id: UUID) -> Holding:
    row = Holding.objects.select_related("seat", "member").filter(pk=holding_id).first()
    if row is None:
        raise NotFound("holding")
    return row


def _candidates(found: SeatShape) -> Sequence[MemberShape]:
    if found.partner_id is not None:
        return queries.members_of(found.partner_id)
    if found.member_class is MemberClass.RESIDENT:
        return queries.resident_members()
    return queries.volunteers_of(found.body_id)


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def fill(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    """Seat someone, or an alternate."""
    found, body = found_seat(seat_id)
    actor = actor_of(request)
    verdict = access.may_fill(actor, found.partner_id, None)
    if not verdict:
        return refused(request, verdict)
    form = FillForm(request.POST or None, members=_candidates(found), seat=found)
    if request.method == "POST" and form.is_valid() and _filled(form, found, actor):
        messages.success(request, _("Seated. Their pack is ready: one page, to read or print."))
        return redirect("partners:seat", seat_id)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "seat": found, "of": owner(found), "body": body}
    return render(request, "partners/seat_fill.html", context, status=status)


def _filled(form: FillForm, found: SeatShape, actor: Actor) -> bool:
    said = form.cleaned_data
    latitude = Latitude(said["latitude"]) if "latitude" in said else Latitude.ALONE
    try:
        actions.fill_seat(
            found.id,
            by=actor,
            member_id=UUID(said["member"]),
            authority=AUTHORITY_OF[latitude] if found.partner_id else Authority.FULL,
            bounds=said.get("bounds", "") if latitude is Latitude.WITHIN else "",
            limit_cents=form.cents if latitude is Latitude.WITHIN else None,
            as_alternate=said["as_alternate"],
            starts_on=said["starts_on"],
            term_ends_on=said.get("term_ends_on"),
        )
    except BadInput as fault:
        fault_of(form, fault)
        return False
    except Refused as no:
        form.add_error("member", _(no.verdict.sentence) % no.verdict.params)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def leave_seat(request: HttpRequest, holding_id: UUID) -> HttpResponse:
    """Leave a seat, or write down that someone left."""
    row = _holding(holding_id)
    found, body = found_seat(row.seat_id)
    actor = actor_of(request)
    to = reader(actor, [found])
    is_own = bool(access_seats.may_leave(actor, row))
    if not is_own and not access.acts_for_backbone(actor):
        return refused(request, access_seats.may_leave(actor, row))
    if not to.may_look_into(body) and not is_own:
        raise NotFound("holding")
    form = LeaveForm(request.POST if request.method == "POST" else None, asks_whose_word=not is_own)
    if request.method == "POST" and form.is_valid():
        actions.leave_seat(row.pk, by=actor, **form.cleaned_data)
        messages.success(request, _("Written down. The seat stays; it waits for someone new."))
        return redirect("partners:seat", row.seat_id)
    status = 422 if request.method == "POST" else 200
    is_me = actor.account_id is not None and row.member.account_id == actor.account_id
    context = {"form": form, "seat": found, "of": owner(found), "body": body, "is_me": is_me}
    context["who"] = row.member.name
    return render(request, "partners/seat_leave.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def authority(request: HttpRequest, holding_id: UUID) -> HttpResponse:
    """Say what a delegate may decide."""
    row = _holding(holding_id)
    found, body = found_seat(row.seat_id)
    actor = actor_of(request)
    verdict = access_seats.may_authorize(actor, row.seat)
    if not verdict:
        return refused(request, verdict)
    form = AuthorityForm(request.POST or None, matters=queries.matters())
    if request.method == "POST" and form.is_valid() and _authorized(form, row.pk, actor):
        messages.success(request, _("Written down. What held before stays in the history."))
        return redirect("partners:seat", row.seat_id)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "seat": found, "body": body, "who": row.member.name, "of": owner(found)}
    return render(request, "partners/seat_authority.html", context, status=status)


def _authorized(form: AuthorityForm, holding_id: UUID, actor: Actor) -> bool:
    said = form.cleaned_data
    try:
        actions.set_authority(
            holding_id,
            by=actor,
            latitude=Latitude(said["latitude"]),
            matter=said["matter"],
            bounds=said["bounds"],
            limit_cents=form.cents,
            said_by=said["said_by"],
        )
    except BadInput as fault:
        fault_of(form, fault)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def pack(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    """All that the record of a seat holds, on one page; a note for who sits there next."""
    actor = actor_of(request)
    verdict = access_seats.may_speak_from(actor, seat_id)
    if not verdict:
        return refused(request, verdict)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.leave_note(seat_id, by=actor, words=form.cleaned_data["words"])
        messages.success(request, _("Left in the seat."))
        return redirect("partners:pack", seat_id)
    found = queries.pack(seat_id)
    if found is None:
        raise NotFound("seat")
    to = reader(actor, [found.seat, *found.beside])
    context = {
        "pack": found,
        "row": seat_row(found.seat, to),
        "beside": [seat_row(s, to) for s in found.beside],
        "parts": _parts(found),
        "authority": _said(found.seat) if found.seat.partner_id else [],
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "partners/pack.html", context, status=status)


def _parts(found: queries.Pack) -> list[tuple[str, str, list[object]]]:
    """The parts of a pack in order: name of its heading, what to say when empty, its items."""
    return [
        (_("Open questions"), _("Nothing waits for an answer from this seat."), list(found.part("question"))),
        (_("What this seat took on"), _("Nothing is open."), list(found.part("action"))),
        (_("What was promised"), _("No promise is open."), list(found.part("promise"))),
        (_("What is owed"), _("Nothing is owed."), list(found.part("obligation"))),
        (_("Decided with this seat"), _("No decision is on record yet."), list(found.part("decision"))),
    ]


@require_safe
@at_table
def mine(request: HttpRequest) -> HttpResponse:
    """My seats, and the bodies in which I take part."""
    actor = actor_of(request)
    assert actor.account_id is not None
    found = queries.of_account(actor.account_id)
    to = reader(actor, found.seats)
    rows = []
    for held in found.seats:
        people = [h for h in (held.holder, *held.alternates) if h and h.account_id == actor.account_id]
        rows.append((seat_row(held, to), found.bodies[held.body_id], people[0]))
    context = {"rows": rows, "takes_part": found.takes_part, "members": found.members}
    return render(request, "partners/mine.html", context)
