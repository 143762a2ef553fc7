"""A body: who sits there, who is missing, who was asked; its volunteers, and what is said among them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundation.access import Actor
from commonweal.foundation.access.web import actor_of, public
from commonweal.kernel.clock import today
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.partners import access_seats, actions, queries
from commonweal.partners.access_meetings import is_of_the_table
from commonweal.partners.models import Body, Enrollment, Invitation
from commonweal.partners.queries import ports
from commonweal.partners.shapes import BodyShape, SeatShape, Sector
from commonweal.partners.vocabulary import BODY_KIND_NAMES, SCALE_NAMES
from commonweal.partners.vocabulary_seats import Answer
from commonweal.partners.web.doors import at_table
from commonweal.partners.web.forms_seats import AnswerForm, AskForm, RosterForm, WordForm
from commonweal.partners.web.missing_facts import facts_of
from commonweal.partners.web.seat_rows import Reader, owner, reader, seat_row
from commonweal.partners.web.views_seats import fault_of, refused
from commonweal.partners.web.ways import is_asked, way


def found_body(slug: str) -> BodyShape:
    """The body with this slug; NotFound for an unknown one."""
    body = queries.body_named(slug)
    if body is None:
        raise NotFound("body")
    return body


def _row(body: BodyShape) -> Body:
    return Body.objects.get(pk=body.id)


@require_safe
@public
def body(request: HttpRequest, slug: str) -> HttpResponse:
    """One body. Of a private one strangers learn that it stands, and nothing more."""
    found, actor = found_body(slug), actor_of(request)
    seats = queries.seats_of([found.id]).get(found.id, [])
    to = reader(actor, seats)
    context: dict[str, object] = {
        "body": found,
        "kind": BODY_KIND_NAMES[found.kind],
        "scale": SCALE_NAMES[found.scale],
        "above": queries.bodies_by_id([found.parent_id]).get(found.parent_id) if found.parent_id else None,
        "below": [b for b in queries.bodies() if b.parent_id == found.id],
        "filled": sum(s.holder is not None for s in seats),
        "total": len(seats),
        "standing": queries.standings([found.id], today()).get(found.id),
        "looks_in": to.may_look_into(found),
    }
    if to.may_look_into(found):
        context |= _inside(found, seats, to, actor)
    return render(request, "partners/body.html", context)


def _inside(found: BodyShape, seats: list[SeatShape], to: Reader, actor: Actor) -> dict[str, object]:
    rows = sorted((seat_row(s, to) for s in seats), key=lambda r: (not r.seat.leads, r.of))
    row = _row(found)
    sits = found.id in to.sits_in
    return {
        "rows": rows,
        "facts": facts_of(queries.missing(found), to),
        "asked": queries.invitations(found.id) if is_of_the_table(actor) else [],
        "may_invite": bool(access_seats.may_invite(actor, row)),
        "may_keep": bool(access_seats.may_keep_roster(actor, row)),
        "volunteers": queries.volunteer_counts([found.id]).get(found.id, 0),
        "words": queries.words_in(found.id) if sits and found.is_private else [],
        "form": WordForm() if found.is_private and access_seats.may_say(actor, found.id) else None,
        "line": ports.decided_line(found.given_under),
        "seat_at": _change(found, actor, "seat.add", "partners:new-seat"),
        "end_at": _change(found, actor, "body.end", "partners:end-body"),
        "is_asked": is_asked(actor),
        "main_panels": [p for p in queries.panels(actor, found) if p.place == "main"],
        "side_panels": [p for p in queries.panels(actor, found) if p.place == "aside"],
    }


def _change(found: BodyShape, actor: Actor, kind: str, by_hand: str) -> str:
    """Where this reader changes the body: by hand, or by a question; nowhere once it has ended."""
    if found.ends_on is not None:
        return ""
    return way(actor, kind, reverse(by_hand, args=[found.slug]), body=found.id)


@require_POST
@at_table
def say(request: HttpRequest, slug: str) -> HttpResponse:
    """Say something to those who sit in a body."""
    found, actor = found_body(slug), actor_of(request)
    verdict = access_seats.may_say(actor, found.id)
    if not verdict:
        return refused(request, verdict)
    form = WordForm(request.POST)
    if form.is_valid():
        actions.say_in_body(found.id, by=actor, words=form.cleaned_data["words"])
        messages.success(request, _("Said. Those who sit here read it, and nobody else."))
    return redirect("partners:body", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down who was asked to sit here."""
    found, actor = found_body(slug), actor_of(request)
    verdict = access_seats.may_invite(actor, _row(found))
    if not verdict:
        return refused(request, verdict)
    seats = [s for s in queries.seats_of([found.id]).get(found.id, []) if s.holder is None]
    form = AskForm(request.POST or None, seats=[(s.id, _seat_words(s)) for s in seats])
    if request.method == "POST" and form.is_valid() and _asked(form, found.id, actor):
        messages.success(request, _("Written down. Add the answer when it comes, with its reason."))
        return redirect("partners:body", slug)
    status = 422 if request.method == "POST" else 200
    return render(request, "partners/ask.html", {"body": found, "form": form}, status=status)


def _seat_words(seat: SeatShape) -> str:
    return ", ".join(part for part in (seat.title, owner(seat), seat.place) if part)


def _asked(form: AskForm, body_id: UUID, actor: Actor) -> bool:
    said = form.cleaned_data
    try:
        actions.ask_to_sit(
            body_id,
            by=actor,
            whom=said["whom"],
            is_human=said["is_human"],
            seat_id=UUID(said["seat"]) if said["seat"] else None,
            sector=Sector(said["sector"]) if said["sector"] else None,
            asked_on=said["asked_on"],
        )
    except BadInput as fault:
        fault_of(form, fault)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def answer(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Write down what someone answered."""
    row = Invitation.objects.select_related("body").filter(pk=invitation_id).first()
    if row is None:
        raise NotFound("invitation")
    actor = actor_of(request)
    verdict = access_seats.may_invite(actor, row.body)
    if not verdict:
        return refused(request, verdict)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.answer_to_sitting(
            invitation_id,
            by=actor,
            answer=Answer(form.cleaned_data["answer"]),
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, _("Written down."))
        return redirect("partners:body", row.body.slug)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "whom": row.whom, "body": row.body}
    return render(request, "partners/answer.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def volunteers(request: HttpRequest, slug: str) -> HttpResponse:
    """Who takes part in a body without a seat: find, add many at once, take off the list."""
    found, actor = found_body(slug), actor_of(request)
    verdict = access_seats.may_keep_roster(actor, _row(found))
    if not verdict:
        return refused(request, verdict)
    form = RosterForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _enrolled(request, form, found.id, actor):
        return redirect("partners:volunteers", slug)
    named = request.GET.get("named", "")[:80]
    asked = request.GET.get("page", "1")
    page = queries.roster(found.id, int(asked) if asked.isdecimal() else 1, named)
    status = 422 if request.method == "POST" else 200
    context = {"body": found, "form": form, "roster": page, "named": named}
    return render(request, "partners/volunteers.html", context, status=status)


def _enrolled(request: HttpRequest, form: RosterForm, body_id: UUID, actor: Actor) -> bool:
    try:
        done = actions.enroll(body_id, by=actor, names=form.cleaned_data["names"].splitlines())
    except BadInput as fault:
        fault_of(form, fault)
        return False
    said = _("%(n)s new on the list.") % {"n": done.added}
    if done.known:
        said += " " + _("%(n)s were on it already.") % {"n": len(done.known)}
    messages.success(request, said)
    return True


@require_POST
@at_table
def stop(request: HttpRequest, enrollment_id: UUID) -> HttpResponse:
    """Take someone off the list of a body."""
    row = Enrollment.objects.select_related("body", "member").filter(pk=enrollment_id).first()
    if row is None:
        raise NotFound("enrollment")
    actor = actor_of(request)
    verdict = access_seats.may_stop_taking_part(actor, row)
    if not verdict:
        return refused(request, verdict)
    actions.stop_taking_part(row.pk, by=actor)
    messages.success(request, _("No longer on the list."))
    if access_seats.may_keep_roster(actor, row.body):
        return redirect("partners:volunteers", row.body.slug)
    return redirect("partners:mine")
