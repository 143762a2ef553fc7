"""The person's own page: who helps me, who saw my information, what I share, and how to stop."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import PURPOSE_NAMES, ROLE_NAMES, Purpose, Role
from commonweal.foundation.access.web import actor_of, id_from, public, requires
from commonweal.foundation.accounts import sessions
from commonweal.foundation.audit import LogLine, person_log
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.shapes import PartnerShape
from commonweal.people import actions, facade
from commonweal.people.models import SourceRecord, StandingNote
from commonweal.people.queries.consents import one, shape_of
from commonweal.people.rules.contacts import phone_shown
from commonweal.people.shapes import PersonShape, Place
from commonweal.people.vocabulary import How, Stand
from commonweal.people.web import sharing_rows
from commonweal.people.web.common import panel_parts
from commonweal.people.web.forms import CloseForm, ReachMeForm
from commonweal.people.web.records import draft_of

AWAY = "https://www.weather.gov/"
"""Where *leave quickly* leads: a page that says nothing about help."""
SHORT = 12


@dataclass(frozen=True, slots=True)
class Seen:
    """One line of the person's log, in words. ``state`` and ``said`` tell on which ground.

    ``day`` is when it happened; ``written`` when it was written down, where that was another day.
    """

    day: date
    written: date | None
    who: str
    where: str
    what: str
    why: str
    state: str
    said: str


def me(request: HttpRequest) -> PersonShape:
    """The person whose page it is."""
    actor = actor_of(request)
    found = facade.person(actor.person_id) if actor.person_id else None
    if found is None:
        raise NotFound("person")
    return found


@require_http_methods(["GET", "HEAD"])
@requires(Role.RESIDENT, purpose=Purpose.SELF)
def my(request: HttpRequest) -> HttpResponse:
    """Everything on one page."""
    actor, who = actor_of(request), me(request)
    seen = [line for line in seen_by(who.id, limit=200) if line.state != "is-met"]
    context = {
        "person": who,
        "now": panel_parts(Place.NOW, actor, who),
        "help": panel_parts(Place.HELP, actor, who),
        "aside": panel_parts(Place.MY_ASIDE, actor, who),
        "seen": seen[:SHORT],
        "sharing": [row for row in _sharing(who, actor) if row.is_live],
        "closed": _closed(who.id),
    }
    return render(request, "people/my.html", context)


@require_http_methods(["GET", "HEAD"])
@requires(Role.RESIDENT, purpose=Purpose.SELF)
def seen(request: HttpRequest) -> HttpResponse:
    """The whole list, back to the first day."""
    who = me(request)
    lines = seen_by(who.id, limit=None)
    days = [(day, list(of_day)) for day, of_day in groupby(lines, key=lambda line: line.day)]
    return render(request, "people/my_seen.html", {"person": who, "days": days, "count": len(lines)})


def _sharing(who: PersonShape, actor: Actor) -> list[sharing_rows.SharingRow]:
    hidden = sharing_rows.kept_from_home(who.id)
    return [row for row in sharing_rows.of_person(who, actor) if row.consent.id not in hidden]


def _closed(person_id: UUID) -> list[StandingNote]:
    return list(
        StandingNote.objects.filter(
            person_id=person_id,
            kind=Stand.RESTRICTED.value,
            ended_at__isnull=True,
            partner__is_victim_service_provider=False,
        ).select_related("partner")
    )


def seen_by(person_id: UUID, *, limit: int | None) -> list[Seen]:
    """Who saw or changed what, newest first; what one person saw in one day for one reason is one line.

    What a victim service provider did is never shown on a screen that someone else may hold (SECURITY
    W1), nor what was written down of a consent that is kept off the page; the page says to everyone that
    such things are told in person.
    """
    lines, hidden = person_log(person_id, limit=limit), sharing_rows.kept_from_home(person_id)
    names = partners.partners({line.partner_id for line in lines if line.partner_id})
    seen: dict[Seen, dict[str, None]] = {}
    for line in lines:
        if not _is_hidden(line, names, hidden):
            words = _(line.words) if line.words else ""
            seen.setdefault(_heading(line, names), {})[words] = None
    return [replace(line, what=_what(line, list(words))) for line, words in seen.items()]


def _is_hidden(line: LogLine, names: dict[UUID, PartnerShape], hidden: frozenset[UUID]) -> bool:
    if line.subject_kind == "consent" and line.subject_id in {str(i) for i in hidden}:
        return True
    return line.partner_id in names and names[line.partner_id].is_victim_service_provider


def _heading(line: LogLine, names: dict[UUID, PartnerShape]) -> Seen:
    """The line without what was seen: the same for all that belongs together."""
    partner = names.get(line.partner_id) if line.partner_id else None
    state, said = _ground(line)
    day, written = localdate(line.happened_at), localdate(line.at)
    return Seen(
        day=day,
        written=written if written != day else None,
        who=line.who or (_(ROLE_NAMES[Role(line.role)]) if line.role in set(Role) else ""),
        where=partner.name if partner else "",
        what="",
        why=_why(line) if line.kind == "read" else "",
        state=state,
        said=_(said),
    )


def _what(line: Seen, words: list[str]) -> str:
    if line.state == "is-no":
        return _("Asked for %(what)s and saw nothing.") % {"what": sharing_rows.joined(words)}
    if line.why:
        return _("Saw %(what)s, %(why)s.") % {"what": sharing_rows.joined(words), "why": line.why}
    return " ".join(words)


def _why(line: LogLine) -> str:
    return _(PURPOSE_NAMES[Purpose(line.purpose)]) if line.purpose in set(Purpose) else ""


_GROUNDS: tuple[tuple[str, str, str], ...] = (
    ("glass", "is-late", N_("Emergency")),
    ("shared", "is-done", N_("You said yes")),
    ("own", "is-off", N_("They keep a record of you")),
)


def _ground(line: LogLine) -> tuple[str, str]:
    if line.kind == "refused":
        return "is-no", N_("Not allowed")
    if line.role == Role.RESIDENT:
        return "is-met", N_("You yourself")
    if line.purpose == Purpose.EMERG:
        return "is-late", N_("Emergency")
    if line.kind == "act":
        return "is-off", N_("Written down")
    parts = line.because.split(".")
    return next(((state, said) for word, state, said in _GROUNDS if word in parts), ("is-off", N_("Seen")))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Role.RESIDENT, purpose=Purpose.SELF)
def stop(request: HttpRequest, consent_id: str) -> HttpResponse:
    """The second click: confirm, and it has stopped."""
    actor, who = actor_of(request), me(request)
    consent = one(who.id, id_from(consent_id))
    row = next((r for r in _sharing(who, actor) if consent and r.consent.id == consent.id), None)
    if consent is None or row is None:
        raise NotFound("consent")
    if row.state in ("stopped", "ended", "declined"):
        messages.info(request, _("This has stopped already."))
        return redirect("my:my")
    if request.method == "POST":
        actions.withdraw_consent(who.id, consent.id, by=actor, how=How.OWN_PAGE)
        messages.success(request, _("Stopped. From now on nothing new goes to %(who)s.") % {"who": row.who})
        return redirect("my:my")
    return render(request, "people/my_stop.html", {"person": who, "row": row, "consent": shape_of(consent)})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Role.RESIDENT, purpose=Purpose.SELF)
def close(request: HttpRequest) -> HttpResponse:
    """An organization must not see me at all."""
    actor, who = actor_of(request), me(request)
    choices = [(p.id, p.name) for p in partners.all_partners() if not p.is_victim_service_provider]
    form = CloseForm(request.POST or None, partners=choices)
    if form.is_bound and form.is_valid():
        actions.restrict(who.id, id_from(form.cleaned_data["partner"]), by=actor, how=How.OWN_PAGE)
        messages.success(request, _("Closed. They see nothing of you from now on."))
        return redirect("my:my")
    return render(
        request, "people/my_close.html", {"person": who, "form": form}, status=422 if form.is_bound else 200
    )


@require_http_methods(["POST"])
@requires(Role.RESIDENT, purpose=Purpose.SELF)
def reopen(request: HttpRequest, partner_id: str) -> HttpResponse:
    """Let an organization see me again, as far as I say yes."""
    actor, who = actor_of(request), me(request)
    actions.lift_restriction(who.id, id_from(partner_id), by=actor)
    messages.success(request, _("Open again, as far as you say yes."))
    return redirect("my:my")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Role.RESIDENT, purpose=Purpose.SELF)
def reach(request: HttpRequest) -> HttpResponse:
    """How I want to be reached; told to everyone who keeps a record of me."""
    actor, who = actor_of(request), me(request)
    records = _own_records(who.id)
    form = ReachMeForm(request.POST or None, initial=_initial(records))
    if form.is_bound and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("phone", "email", "best_time")}
        try:
            for record in records:
                changed = replace(draft_of(record), channels=form.channels(), **said)
                actions.update_record(who.id, changed, by=actor, holder_id=record.holder_id)
        except BadInput as fault:
            form.add_error(fault.where if fault.where in form.fields else None, _(fault.what))
        else:
            messages.success(request, _("Saved. Everyone who helps you reads it from now on."))
            return redirect("my:my")
    return render(
        request, "people/my_reach.html", {"person": who, "form": form}, status=422 if form.is_bound else 200
    )


def _own_records(person_id: UUID) -> list[SourceRecord]:
    records = list(SourceRecord.objects.filter(person_id=person_id).order_by("-updated_at", "id"))
    names = partners.partners(record.holder_id for record in records)
    return [r for r in records if r.holder_id in names and not names[r.holder_id].is_victim_service_provider]


def _initial(records: Iterable[SourceRecord]) -> dict[str, object]:
    first = next(iter(records), None)
    if first is None:
        return {}
    return {
        "phone": phone_shown(first.phone) if first.phone else "",
        "email": first.email,
        "best_time": first.best_time,
        **{f"channel_{name}": said for name, said in first.channels.items()},
    }


@require_http_methods(["GET", "HEAD"])
@public(context=False)
def leave(request: HttpRequest) -> HttpResponse:
    """Leave quickly: the session is over, and the next page is about the weather."""
    sessions.end(request)
    return redirect(AWAY)
