"""What the views of signing in share."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from commonweal.foundation import audit
from commonweal.foundation.access.context import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.access.web import public
from commonweal.foundation.accounts import sessions, throttle
from commonweal.foundation.accounts.models import Account
from commonweal.kernel.words import N_

TRIES, CHALLENGES, WINDOW = 30, 600, timedelta(minutes=5)


def signed_in(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For whoever is signed in, with or without a seat; others are shown the way in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        account = sessions.account_of(request)
        if account is None:
            back = f"?next={quote(request.path)}" if request.method in ("GET", "HEAD") else ""
            return redirect(f"{reverse('accounts:sign-in')}{back}")
        with acting(actor_of(account)):
            return view(request, account, *args, **kwargs)

    checked: Callable[..., HttpResponseBase] = public(guarded)
    return checked


def too_often(request: HttpRequest, what: str, times: int | None = None) -> HttpResponse | None:
    """A page that asks to wait, when this address tried ``what`` too often; else None.

    A whole office may share one address: what can't be guessed, as a passkey, is counted when it fails.
    """
    if throttle.allowed(what, throttle.address_of(request), times=times or TRIES, within=WINDOW):
        return None
    response = render(
        request,
        "accounts/message.html",
        {
            "title": _("Please wait a little"),
            "words": _("This was tried many times from here. Wait five minutes, then try again."),
        },
        status=429,
    )
    response["Retry-After"] = str(int(WINDOW.total_seconds()))
    return response


def actor_of(account: Account) -> Actor:
    """The account itself, before or without a seat: for the record."""
    return Actor(Role.PUBLIC, Purpose.SELF, account_id=account.pk, name=account.name)


def come_in(request: HttpRequest, account: Account, factor: sessions.Factor) -> HttpResponse:
    """Begin the session, put it on record, and go where the visitor wanted to go."""
    target = where_to(request)
    with acting(actor_of(account)) as actor:
        seats = sessions.begin(request, account, factor)
        audit.record(
            "account.signed-in",
            by=actor,
            subject=("account", account.pk),
            words=N_("Signed in."),
            details={"factor": factor.value},
        )
    if not seats:
        sessions.end(request)
        return render(
            request,
            "accounts/message.html",
            {
                "title": _("You have no role here at present"),
                "words": _("Ask the administrator of your organization to give you one, then sign in again."),
            },
            status=403,
        )
    return redirect(target) if len(seats) == 1 else redirect("accounts:as")


def where_to(request: HttpRequest) -> str:
    """The page that was asked for, if it is one of ours; else the home of the role."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    at_the_door = wanted.startswith(("/accounts/sign", "/accounts/again", "/demo/"))
    return wanted if ours and not at_the_door else str(settings.LOGIN_REDIRECT_URL)
