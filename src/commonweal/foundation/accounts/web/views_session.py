"""Signing in with a passkey, signing out, choosing a seat."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundation import audit
from commonweal.foundation.access.vocabulary import ROLE_NAMES
from commonweal.foundation.access.web import public
from commonweal.foundation.accounts import installation, names, passkeys, sessions
from commonweal.foundation.accounts.models import Account
from commonweal.foundation.accounts.web.common import (
    CHALLENGES,
    actor_of,
    come_in,
    signed_in,
    too_often,
    where_to,
)
from commonweal.foundation.accounts.web.forms import AddressForm, PasskeyForm
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """The way in: a passkey, or for residents a one-time link."""
    if request.method != "POST":
        if sessions.account_of(request) is not None:
            return redirect(where_to(request))
        return _door(request)
    form = PasskeyForm(request.POST)
    try:
        if not form.is_valid():
            raise BadInput("passkey", _("This passkey was not accepted. Please try again."))
        account, _key = passkeys.complete_authentication(request, form.cleaned_data["credential"])
    except BadInput as fault:
        return too_often(request, "passkey-failed") or _door(request, fault.what, 403)
    return come_in(request, account, sessions.Factor.PASSKEY)


def _door(request: HttpRequest, error: str = "", status: int = 200) -> HttpResponse:
    wanted = where_to(request)
    context = {
        "error": error,
        "next": "" if wanted == "/" else wanted,
        "form": AddressForm(),
        "demo": installation.demo_is_on(),
    }
    return render(request, "accounts/sign_in.html", context, status=status)


@public
@require_POST
def sign_in_options(request: HttpRequest) -> HttpResponseBase:
    """A challenge to answer with a passkey; the same kind for everyone."""
    return too_often(request, "passkey-options", CHALLENGES) or JsonResponse(
        passkeys.begin_authentication(request)
    )


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    account = sessions.account_of(request)
    if account is not None:
        audit.record(
            "account.signed-out",
            by=actor_of(account),
            subject=("account", account.pk),
            words=N_("Signed out."),
        )
    sessions.end(request)
    return render(
        request,
        "accounts/message.html",
        {
            "title": _("You are signed out"),
            "words": _("On a shared computer, close the browser too."),
            "door": True,
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def choose_seat(request: HttpRequest, account: Account) -> HttpResponse:
    """As whom to act in this session."""
    if request.method == "POST":
        seat = sessions.sit(request, account, request.POST.get("seat", ""))
        if seat is not None:
            return redirect("/")
        return _seats(request, account, _("That seat is not yours, or it has ended. Choose another."), 403)
    return _seats(request, account)


@never_cache
@require_safe
@signed_in
def me(request: HttpRequest, account: Account) -> HttpResponse:
    """Who I am here: role, other roles, passkeys, the way out."""
    seat = sessions.current_seat(request, account)
    known = names.partner_names([seat.partner_id]) if seat and seat.partner_id else {}
    context = {
        "account": account,
        "role": _(ROLE_NAMES[seat.role]) if seat else "",
        "partner": known.get(seat.partner_id, "") if seat and seat.partner_id else "",
        "has_more": len(sessions.seats_of(account)) > 1,
        "ends": sessions.ends_at(request),
        "passkeys": len(passkeys.of(account)),
        "demo": installation.demo_is_on(),
    }
    return render(request, "accounts/me.html", context)


def _seats(request: HttpRequest, account: Account, error: str = "", status: int = 200) -> HttpResponse:
    seats = sessions.seats_of(account)
    known = names.partner_names(seat.partner_id for seat in seats if seat.partner_id)
    now_in = sessions.current_seat(request, account)
    rows = [
        {
            "key": seat.key,
            "role": _(ROLE_NAMES[seat.role]),
            "partner": known.get(seat.partner_id, "") if seat.partner_id else "",
            "current": seat == now_in,
        }
        for seat in seats
    ]
    return render(request, "accounts/seats.html", {"rows": rows, "error": error}, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is old: signed out, or another role was chosen in another tab (SECURITY A20)."""
    return render(
        request,
        "accounts/message.html",
        {
            "title": _("This form is no longer valid"),
            "words": _(
                "You signed out or changed your role in another tab, or your browser refuses our cookies. "
                "Nothing was sent. Open the page again and repeat it there."
            ),
        },
        status=403,
    )
