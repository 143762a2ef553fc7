"""The hospital tells when a person goes home."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal.care import actions, queries
from commonweal.care.shapes import Stay
from commonweal.care.vocabulary import GoesTo, Ward
from commonweal.care.web.forms import StayChangeForm, StayForm
from commonweal.foundation import audit
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.access.web import actor_of, requires
from commonweal.kernel.errors import BadInput, Conflict, NotFound
from commonweal.kernel.words import N_
from commonweal.people import facade as people
from commonweal.people.shapes import PersonShape

clinicians = requires(Role.CLINICIAN, purpose=Purpose.TREAT)


def _person(request: HttpRequest, person_id: UUID) -> PersonShape:
    found = people.person(person_id)
    if found is None:
        raise NotFound("person")
    audit.note_read(by=actor_of(request), person_id=person_id, what=N_("your name"), because="access.own")
    return found


def _shown(request: HttpRequest, form: Form, person: PersonShape) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "care/stay.html", {"form": form, "person": person}, status=status)


def _blame(form: Form, fault: BadInput) -> None:
    form.add_error(fault.where if fault.where in form.fields else None, _(fault.what))


@clinicians
@require_http_methods(["GET", "HEAD", "POST"])
def stay(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Tell that a person is in hospital, and when they go home."""
    person = _person(request, person_id)
    form = StayForm(request.POST or None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            actions.admit(
                person_id,
                by=actor_of(request),
                admitted_on=said["admitted_on"],
                planned_home_on=said["planned_home_on"],
                goes_to=GoesTo(said["goes_to"]),
                ward=Ward(said["ward"]),
                phone=said["phone"],
            )
        except BadInput as fault:
            _blame(form, fault)
        except Conflict:
            form.add_error(None, _("This person is in your hospital already. Change that stay."))
        else:
            messages.success(request, _("Saved. Those who may know see the day now."))
            return redirect(f"/people/{person_id}/#hospital")
    return _shown(request, form, person)


def _stay(stay_id: UUID) -> Stay:
    found = queries.stay(stay_id)
    if found is None:
        raise NotFound("stay")
    return found


@clinicians
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    """Another day, or gone home."""
    found = _stay(stay_id)
    person = _person(request, found.person_id)
    first = {"planned_home_on": found.planned_home_on, "goes_to": found.goes_to.value}
    form = StayChangeForm(request.POST or None, initial=first)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            actions.tell_home(
                stay_id,
                by=actor_of(request),
                planned_home_on=said["planned_home_on"],
                went_home_on=said["went_home_on"],
                goes_to=GoesTo(said["goes_to"]),
            )
        except BadInput as fault:
            _blame(form, fault)
        else:
            messages.success(request, _("Saved. Those who may know see the day now."))
            return redirect(f"/people/{found.person_id}/#hospital")
    return _shown(request, form, person)
