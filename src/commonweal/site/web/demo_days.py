"""The demo's calendar: a visitor lets the days of a question pass, to see how its vote ends."""

import psycopg
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commonweal.foundation.access.web import public
from commonweal.foundation.accounts import installation
from commonweal.foundation.database.opening import Doors, doors_from_environment
from commonweal.governance.demo import days
from commonweal.kernel.words import N_

SAID = {
    days.What.NOTICE: N_("The days of notice are over. Voting can be opened now."),
    days.What.VOTING: N_("The days of voting are over. It is counted within a minute."),
}
NOTHING = N_("None of its days run, so none passed.")
BUSY = N_("The demo was busy. Nothing was changed; press again.")
SEATS = N_("Three months passed for every seat that was left.")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """The questions whose days run, with a press for each; absent in a real installation."""
    if not installation.demo_is_on():
        raise Http404
    doors = doors_from_environment()
    if request.method == "POST" and doors is not None:
        return _pass(request, doors)
    return render(request, "site/demo_days.html", {"running": days.running()})


def _pass(request: HttpRequest, doors: Doors) -> HttpResponse:
    """A question's page tells what came of it, so that is where a visitor is led."""
    chosen = request.POST.get("question", "")
    if chosen == "seats":
        messages.success(request, _(_seats(doors)))
        return redirect("demo-days")
    if not chosen.isdigit():
        raise Http404
    number = int(chosen)
    try:
        what = days.let_pass(doors, number)
        said = SAID[what] if what else NOTHING
    except psycopg.errors.LockNotAvailable:
        said = BUSY
    messages.success(request, _(said))
    moved = said not in (BUSY, NOTHING)
    return redirect(reverse("governance:question", args=[number]) if moved else "demo-days")


def _seats(doors: Doors) -> str:
    try:
        return SEATS if days.let_seats_stay_empty(doors) else N_("Nobody has left a seat.")
    except psycopg.errors.LockNotAvailable:
        return BUSY
