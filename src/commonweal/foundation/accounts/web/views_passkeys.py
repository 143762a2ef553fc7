"""One's own passkeys: see, add, remove. Adding and removing asks for a passkey shown just now."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundation import audit
from commonweal.foundation.accounts import passkeys, sessions
from commonweal.foundation.accounts.models import Account
from commonweal.foundation.accounts.notices import tell_of_change
from commonweal.foundation.accounts.web.common import actor_of, signed_in, too_often
from commonweal.foundation.accounts.web.forms import PasskeyForm
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_

FRESH = timedelta(minutes=10)


def _is_fresh(request: HttpRequest) -> bool:
    """Whether the account proved itself in this session within ten minutes."""
    shown = max(request.session.get("began", 0), request.session.get("proved", 0))
    fresh: bool = now().timestamp() - shown < FRESH.total_seconds()
    return fresh and request.session.get("factor") != sessions.Factor.DEMO


@never_cache
@require_safe
@signed_in
def index(request: HttpRequest, account: Account) -> HttpResponse:
    """My passkeys."""
    return _page(request, account)


def _page(request: HttpRequest, account: Account, error: str = "", status: int = 200) -> HttpResponse:
    mine = passkeys.of(account)
    context = {
        "passkeys": mine,
        "only_one": len(mine) == 1,
        "fresh": _is_fresh(request),
        "demo": request.session.get("factor") == sessions.Factor.DEMO,
        "error": error,
    }
    return render(request, "accounts/passkeys.html", context, status=status)


@require_POST
@signed_in
def add_options(request: HttpRequest, account: Account) -> HttpResponseBase:
    """A challenge for a further passkey."""
    if not _is_fresh(request):
        return JsonResponse({"error": "stale"}, status=403)
    return JsonResponse(passkeys.begin_registration(request, account))


@require_POST
@signed_in
def add(request: HttpRequest, account: Account) -> HttpResponse:
    """Keep a further passkey."""
    form = PasskeyForm(request.POST)
    if not _is_fresh(request):
        return _page(request, account, _("Show your passkey again first."), 403)
    try:
        if not form.is_valid():
            raise BadInput("passkey", _("This passkey was not accepted. Please try again."))
        passkeys.complete_registration(
            request, account, form.cleaned_data["credential"], form.cleaned_data["name"]
        )
    except BadInput as fault:
        return _page(request, account, fault.what, 403)
    audit.record(
        "passkey.added", by=actor_of(account), subject=("account", account.pk), words=N_("Added a passkey.")
    )
    tell_of_change(account)
    messages.success(request, _("The new passkey works from now on."))
    return redirect("accounts:passkeys")


@require_POST
@signed_in
def remove(request: HttpRequest, account: Account, passkey_id: int) -> HttpResponse:
    """Remove one of one's passkeys; every other session of the account ends."""
    if not _is_fresh(request):
        return _page(request, account, _("Show your passkey again first."), 403)
    if not passkeys.remove(account, passkey_id):
        return _page(request, account, _("Your last passkey stays, or you could not come back in."), 409)
    audit.record(
        "passkey.removed",
        by=actor_of(account),
        subject=("account", account.pk),
        words=N_("Removed a passkey."),
    )
    tell_of_change(account)
    sessions.end_others(request, account)
    messages.success(request, _("The passkey is gone. Other devices were signed out."))
    return redirect("accounts:passkeys")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def again(request: HttpRequest, account: Account) -> HttpResponseBase:
    """Show the passkey again: the session gets a new id and is fresh for ten minutes."""
    if request.method != "POST":
        return redirect("accounts:passkeys")
    form = PasskeyForm(request.POST)
    try:
        if not form.is_valid():
            raise BadInput("passkey", _("This passkey was not accepted. Please try again."))
        whose, _key = passkeys.complete_authentication(request, form.cleaned_data["credential"])
    except BadInput as fault:
        return too_often(request, "passkey-failed") or _page(request, account, fault.what, 403)
    if whose.pk != account.pk:
        return _page(request, account, _("This passkey belongs to another account."), 403)
    request.session.cycle_key()
    request.session["proved"] = now().timestamp()
    return redirect("accounts:passkeys")
