"""Finding, adding and showing a person."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import CARE_ROLES, Purpose
from commonweal.foundation.access.web import actor_of, requires
from commonweal.kernel.clock import today
from commonweal.kernel.errors import BadInput, Conflict, NotFound
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.people import access, actions
from commonweal.people.queries.finding import likenesses, search
from commonweal.people.queries.persons import (
    contact,
    how_many_here,
    known_here,
    mine,
    recent,
    records_of,
)
from commonweal.people.rules.births import Birth
from commonweal.people.rules.contacts import phone_shown
from commonweal.people.rules.matching import Sketch
from commonweal.people.rules.names import Name, read_name
from commonweal.people.shapes import Likeness, PersonShape, Place, RecordDraft
from commonweal.people.vocabulary import CHANNEL_NAMES, LANGUAGES, MatchGrade
from commonweal.people.web import sharing_rows
from commonweal.people.web.common import (
    CONSENTS,
    NAME_AND_CONTACT,
    named_page,
    note_list,
    panel_parts,
    person_at,
    why_seen,
)
from commonweal.people.web.forms import PersonForm, SearchForm, initial_of, kept_others


@dataclass(frozen=True, slots=True)
class Line:
    """One person in a list, with what tells them from a namesake."""

    person: PersonShape
    age: int | None
    language: str
    phone: str
    shared: bool


def _lines(people: list[PersonShape], actor: Actor) -> list[Line]:
    day = today()
    return [
        Line(
            person=p,
            age=p.age_on(day),
            language=LANGUAGES.get(p.language, p.language),
            phone=phone_shown(p.phone) if p.phone else "",
            shared=actor.partner_id not in p.holder_ids,
        )
        for p in people
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@requires(*CARE_ROLES, purpose=Purpose.COORD)
def index(request: HttpRequest) -> HttpResponse:
    """Find a person, or see whom we serve. A search is posted: names never stand in an address or a log."""
    actor = actor_of(request)
    page = _page(request)
    form = SearchForm(request.POST if request.method == "POST" else None)
    asked = form.is_bound and form.is_valid()
    if asked:
        said = form.cleaned_data
        found = search(name=said["name"], birth=said["birth"], phone=said["phone"], page=page)
        people, more = list(found.people), found.more
    else:
        people, more = ([], False) if form.is_bound else recent(page)
    note_list(actor, people)
    context = {
        "form": form,
        "asked": asked,
        "lines": _lines(people, actor),
        "more": more,
        "page": page,
        "count": how_many_here(),
        "may_register": bool(access.may_register(actor)),
    }
    return render(request, "people/index.html", context, status=422 if form.is_bound and not asked else 200)


def _page(request: HttpRequest) -> int:
    text = request.POST.get("page") or request.GET.get("page") or "1"
    return min(int(text), 500) if text.isascii() and text.isdigit() and int(text) > 0 else 1


@require_http_methods(["GET", "HEAD", "POST"])
@requires(*CARE_ROLES, purpose=Purpose.COORD)
def new(request: HttpRequest) -> HttpResponse:
    """Write down a person; before a second record is made, show who may be the same."""
    actor = actor_of(request)
    verdict = access.may_register(actor)
    if not verdict:
        return render(request, "ui/refused.html", {"verdict": verdict}, status=403)
    form = PersonForm(request.POST or None, initial={"given": "", "family": ""})
    if not form.is_bound or not form.is_valid():
        return render(request, "people/new.html", {"form": form}, status=422 if form.is_bound else 200)
    alike = _alike(form.draft())
    answer = request.POST.get("answer", "")
    if alike and answer != "someone-else" and not answer.startswith("same:"):
        note_list(actor, [like.person for like in alike])
        context = {"form": form, "alike": [_warning(like, actor) for like in alike]}
        return render(request, "people/alike.html", context)
    person_id = _registered(request, form, actor, alike, answer)
    if person_id is None:
        return render(request, "people/new.html", {"form": form}, status=422)
    return redirect("people:person", person_id)


def _alike(draft: RecordDraft) -> list[Likeness]:
    name = read_name(draft.given, draft.family, draft.suffix)
    sketch = Sketch(
        name=name,
        also=tuple(Name(other.given, other.family) for other in draft.also),
        birth=Birth(draft.birth_date, draft.birth_precision),
        sex=draft.sex,
        zip5=draft.zip[:5],
        phone=draft.phone,
        shared_phone=draft.phone_is_shared,
    )
    return likenesses(sketch, email=draft.email)


_GRADES = {
    MatchGrade.CERTAIN: ("is-late", N_("Very likely the same person")),
    MatchGrade.PROBABLE: ("is-late", N_("Perhaps the same person")),
    MatchGrade.POSSIBLE: ("is-wait", N_("Could be the same person")),
}


def _warning(like: Likeness, actor: Actor) -> dict[str, Any]:
    line = _lines([like.person], actor)[0]
    kind, words = _GRADES[like.grade]
    holders = partners.partners(like.person.holder_ids)
    return {
        "line": line,
        "kind": kind,
        "words": _(words),
        "reasons": like.reasons,
        "ours": actor.partner_id in like.person.holder_ids,
        "holders": [holder.name for holder in holders.values()],
    }


def _registered(
    request: HttpRequest, form: PersonForm, actor: Actor, alike: list[Likeness], answer: str
) -> UUID | None:
    """Register as the worker said; the person's id, or None with the fault on the form."""
    chosen = next((like.person.id for like in alike if answer == f"same:{like.person.id}"), None)
    if answer.startswith("same:") and chosen is None:
        raise NotFound("person")
    if chosen is not None and known_here(chosen):
        messages.info(request, _("This person is here already. Nothing was added."))
        return chosen
    others = [like.person.id for like in alike if like.person.id != chosen]
    try:
        person_id = actions.register(form.draft(), by=actor, same_as=chosen, apart_from=others)
    except BadInput as fault:
        form.add_error(fault.where if fault.where in form.fields else None, _(fault.what))
        return None
    except Conflict as conflict:
        form.add_error("own_number", _(str(conflict)))
        return None
    messages.success(request, _("Written down. Nobody else sees it until the person says yes."))
    return person_id


@require_http_methods(["GET", "HEAD"])
@requires(*CARE_ROLES, purpose=Purpose.COORD)
def show(request: HttpRequest, person_id: str) -> HttpResponse:
    """One person: how to reach them, what others do, what they allow, who sees what and why."""
    actor, who = actor_of(request), person_at(request, person_id)
    for what in (NAME_AND_CONTACT, CONSENTS):
        audit.note_read(by=actor, person_id=who.id, what=what, because=why_seen(actor, who))
    known, sharing = known_here(who.id), sharing_rows.of_person(who, actor)
    context = {
        "person": who,
        "line": _lines([who], actor)[0],
        "reach": _reach(who),
        "record": next((r for r in records_of(who.id) if r.holder_id == mine()), None),
        "holders": list(partners.partners(who.holder_ids).values()),
        "main": panel_parts(Place.MAIN, actor, who),
        "aside": panel_parts(Place.ASIDE, actor, who),
        "sharing": [row for row in sharing if row.is_live],
        "over": [row for row in sharing if not row.is_live],
        "known": known,
        "may_update": known and bool(access.may_register(actor)),
        "may_ask": known and actor.role in access.MAY_ASK,
        "may_stop": known and actor.role in access.MAY_ASK,
    }
    return render(request, "people/person.html", context)


def _reach(who: PersonShape) -> dict[str, Any]:
    how = contact(who.id)
    assert how is not None  # the person is visible, so a record is
    return {
        "it": how,
        "phone": phone_shown(how.phone) if how.phone else "",
        "language": LANGUAGES.get(how.language, how.language),
        "safe": [CHANNEL_NAMES[c] for c in CHANNEL_NAMES if how.may(c)],
        "unsafe": [CHANNEL_NAMES[c] for c in CHANNEL_NAMES if c in how.unsafe],
        "unasked": [CHANNEL_NAMES[c] for c in CHANNEL_NAMES if c not in how.safe | how.unsafe],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@requires(*CARE_ROLES, purpose=Purpose.COORD)
def edit(request: HttpRequest, person_id: str) -> HttpResponse:
    """Change our own record of a person. Another partner's record stays as it is."""
    actor, who = actor_of(request), person_at(request, person_id)
    record = next((r for r in records_of(who.id) if r.holder_id == mine()), None)
    if record is None:
        return named_page(request, who, "people/join.html")
    verdict = access.may_update(actor, record)
    if not verdict:
        return render(request, "ui/refused.html", {"verdict": verdict}, status=403)
    audit.note_read(by=actor, person_id=who.id, what=NAME_AND_CONTACT, because="access.own")
    form = PersonForm(request.POST or None, initial=initial_of(record))
    if form.is_bound and form.is_valid():
        try:
            actions.update_record(who.id, kept_others(form.draft(), record), by=actor)
        except (BadInput, Conflict) as fault:
            where = fault.where if isinstance(fault, BadInput) else "own_number"
            form.add_error(where if where in form.fields else None, _(getattr(fault, "what", str(fault))))
        else:
            messages.success(request, _("Saved. What it said before is kept."))
            return redirect("people:person", who.id)
    context = {"form": form, "person": who, "record": record}
    return render(request, "people/edit.html", context, status=422 if form.is_bound else 200)
