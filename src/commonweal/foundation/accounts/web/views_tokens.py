"""Invitations, and one-time links of residents."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.foundation.access.context import acting
from commonweal.foundation.access.vocabulary import ROLE_NAMES, Role
from commonweal.foundation.access.web import public
from commonweal.foundation.accounts import actions, names, notices, passkeys, sessions, tokens
from commonweal.foundation.accounts.models import Invitation, SignInLink
from commonweal.foundation.accounts.notices import SENDER
from commonweal.foundation.accounts.web.common import actor_of, come_in, too_often
from commonweal.foundation.accounts.web.forms import AddressForm, PasskeyForm
from commonweal.kernel.errors import BadInput
from commonweal.kernel.text import fold

BROWSER = "asked-link"


def _gone(request: HttpRequest) -> HttpResponse:
    """Used, ended, withdrawn and never issued look alike."""
    context = {
        "title": _("This link does not work any more"),
        "words": _("It was used, has ended, or was replaced by a newer one. You can ask for another."),
        "door": True,
    }
    return render(request, "accounts/message.html", context, status=404)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """Accept an invitation: by making a passkey, or signed in with the one that the account has."""
    waiting = too_often(request, "invitation")
    if waiting is not None:
        return waiting
    with acting(SENDER):
        found = tokens.live_invitation(token, lock=request.method == "POST")
    if found is None:
        return _gone(request)
    if request.method != "POST":
        return _invited(request, found, token)
    try:
        if actions.asks_for_passkey(found):
            return _accept_with_passkey(request, found)
        return _accept_signed_in(request, found)
    except BadInput as fault:
        return _invited(request, found, token, fault.what, 403)


def _accept_with_passkey(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = PasskeyForm(request.POST)
    if not form.is_valid():
        raise BadInput("passkey", _("This passkey was not accepted. Please try again."))
    account = found.account
    with acting(actor_of(account)) as actor:
        passkey = passkeys.complete_registration(
            request, account, form.cleaned_data["credential"], form.cleaned_data["name"]
        )
        actions.accept(found, passkey, by=actor)
    notices.tell_of_change(account)
    return come_in(request, account, sessions.Factor.PASSKEY)


def _accept_signed_in(request: HttpRequest, found: Invitation) -> HttpResponse:
    if sessions.account_of(request) != found.account:
        raise BadInput("account", _("Sign in with your own account first."))
    with acting(actor_of(found.account)) as actor:
        actions.accept(found, None, by=actor)
    messages.success(request, _("You have one role more. Choose in which one you act."))
    return redirect("accounts:as")


def _invited(
    request: HttpRequest, found: Invitation, token: str, error: str = "", status: int = 200
) -> HttpResponse:
    known = names.partner_names([found.partner_id]) if found.partner_id else {}
    context = {
        "account": found.account,
        "partner": known.get(found.partner_id, "") if found.partner_id else "",
        "role": _(ROLE_NAMES[Role(found.role)]) if found.role else "",
        "host": found.invited_by,
        "ends": found.expires_at,
        "token": token,
        "error": error,
        "asks_for_passkey": actions.asks_for_passkey(found),
        "is_self": sessions.account_of(request) == found.account,
        "here": request.path,
    }
    return render(request, "accounts/invitation.html", context, status=status)


@public
@require_POST
def invitation_options(request: HttpRequest, token: str) -> HttpResponseBase:
    """A challenge for the passkey that accepts the invitation."""
    waiting = too_often(request, "invitation")
    if waiting is not None:
        return waiting
    with acting(SENDER):
        found = tokens.live_invitation(token)
    if found is None or not actions.asks_for_passkey(found):
        return JsonResponse({"error": "gone"}, status=404)
    return JsonResponse(passkeys.begin_registration(request, found.account))


@public
@require_POST
def ask_link(request: HttpRequest) -> HttpResponseBase:
    """Ask for a one-time link. The same reply, at the same cost, whoever asks (SECURITY N12)."""
    waiting = too_often(request, "ask-link")
    if waiting is not None:
        return waiting
    form = AddressForm(request.POST)
    browser = request.session.get(BROWSER) or tokens.new_secret()
    request.session[BROWSER] = browser
    if form.is_valid():
        notices.ask_link(fold(form.cleaned_data["address"]), browser, get_language() or "en")
    return render(request, "accounts/link_asked.html")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponseBase:
    """Come in by a one-time link. It takes a press, so that a mail scanner that opens it spends nothing."""
    waiting = too_often(request, "link")
    if waiting is not None:
        return waiting
    with acting(SENDER):
        found = tokens.live_link(token, lock=request.method == "POST")
    if found is None or found.account.is_staff_member:
        return _gone(request)
    same = _asked_here(request, found)
    if request.method != "POST":
        return render(request, "accounts/link.html", {"token": token, "same": same, "form": AddressForm()})
    form = AddressForm(request.POST)
    if not same and not (form.is_valid() and fold(form.cleaned_data["address"]) == fold(found.sent_to)):
        tokens.count_try(found)
        words = _("That is not the address this link was sent to.")
        context = {"token": token, "same": same, "form": form, "error": words}
        return render(request, "accounts/link.html", context, status=403)
    if not tokens.use(found):
        return _gone(request)
    return come_in(request, found.account, sessions.Factor.LINK)


def _asked_here(request: HttpRequest, found: SignInLink) -> bool:
    browser = request.session.get(BROWSER, "")
    return bool(found.browser_hash) and tokens.hashed(browser) == found.browser_hash
