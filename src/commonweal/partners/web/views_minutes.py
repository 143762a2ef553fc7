"""Minutes: writing a line as it is said, correcting, and reading them by versions."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.foundation.access.web import id_from, public
from commonweal.kernel.errors import BadInput, NotFound, Refused
from commonweal.partners import access_meetings as access
from commonweal.partners.actions import minuting
from commonweal.partners.queries import meetings
from commonweal.partners.vocabulary_meetings import LineKind
from commonweal.partners.web.doors import at_table
from commonweal.partners.web.forms_meetings import LineForm, WhyForm
from commonweal.partners.web.meeting_here import Here, blame, here_at, page_status
from commonweal.partners.web.minutes_rows import said_of


@require_http_methods(["GET", "HEAD", "POST"])
@at_table
def write(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Write a line of the minutes; after the meeting it is a correction with its reason."""
    here = here_at(request, meeting_id)
    if not here.may_run:
        raise Refused(
            access.may_run(here.actor, here.body, here.seats, [p.seat_id for p in here.shape.parts])
        )
    form = LineForm(request.POST or None, seats=here.seats, private=here.body.is_private)
    why = WhyForm(request.POST or None) if here.shape.is_closed else None
    ready = request.method == "POST" and form.is_valid() and (why is None or why.is_valid())
    item, reason = request.POST.get("item", ""), why.cleaned_data["why"] if ready and why else ""
    if ready and _written(here, form, id_from(item) if item else None, reason):
        return redirect("partners:minutes" if why else "partners:room", meeting_id)
    context = {
        "meeting": here.shape,
        "line_form": form,
        "why": why,
        "items": meetings.items(here.shape),
        "kinds": list(LineKind),
    }
    return render(request, "partners/minutes_write.html", context, status=page_status(request))


def _written(here: Here, form: LineForm, item_id: UUID | None, why: str) -> bool:
    said = form.cleaned_data
    kind = LineKind(said["kind"])
    owned = motion = None
    if kind in (LineKind.ACTION, LineKind.PROMISE) and said["seat"] and said["due_on"]:
        owned = minuting.Owned(UUID(said["seat"]), said["due_on"], said["to_whom"])
    if kind is LineKind.MOTION:
        motion = minuting.Motion(
            said["mover"], said["seconder"], said["yes"] or 0, said["no"] or 0, said["abstain"] or 0
        )
    try:
        minuting.write_line(
            here.shape.id,
            by=here.actor,
            kind=kind,
            words=said["words"],
            item_id=item_id,
            owned=owned,
            motion=motion,
            why=why,
        )
    except BadInput as fault:
        blame(form, fault)
        return False
    return True


@require_safe
@public
def minutes(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The minutes: the latest version, all versions, which one was approved. Strangers read approved ones."""
    here = here_at(request, meeting_id)
    named = access.is_of_the_table(here.actor)
    versions = [v for v in meetings.versions(meeting_id) if named or v.is_approved]
    if not versions:
        raise NotFound("minutes")
    wanted = request.GET.get("version", "")
    shown = next((v for v in versions if str(v.version) == wanted), versions[-1])
    context = {
        "here": here,
        "meeting": here.shape,
        "versions": versions,
        "version": shown,
        **said_of(shown.content),
        "named": named,
        "may_correct": here.shape.is_closed and named and here.may_run,
        "lines": [x for x in meetings.lines(meeting_id) if x.struck_at is None] if named else [],
        "items": meetings.items(here.shape),
        "line_form": LineForm(seats=here.seats, private=here.body.is_private),
        "why": WhyForm(),
    }
    return render(request, "partners/minutes.html", context)
