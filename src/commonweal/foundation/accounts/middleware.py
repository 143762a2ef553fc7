"""Each request: is this session still alive, and as whom does it act?"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _

from commonweal.foundation.accounts import installation, sessions
from commonweal.foundation.accounts.models import Account

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def quiet(view: View) -> View:
    """Mark a view that pages ask by themselves: asking it does not keep a session alive (SECURITY N09)."""
    setattr(view, "quiet", True)  # noqa: B010  # functions take attributes, type checkers do not
    return view


class KeepSession:
    """Ends sessions that are over, drops a seat that was taken away, and notes real use.

    Stands behind Django's locale, authentication and messages, in front of the access middleware. The first
    request of a process also makes sure that demo mode and real data never meet.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.checked = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.checked:
            installation.refuse_mixed()
            self.checked = True
        setattr(request, "seat", None)  # noqa: B010  # a plain attribute that django-stubs does not know
        account = sessions.account_of(request)
        if account is not None:
            _speak(request, account)
        moved = _look_after(request, account) if account is not None else None
        return moved or self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, *_args: Any) -> None:
        by_hand = not getattr(view, "quiet", False) and asked_by_hand(request)
        if by_hand and sessions.account_of(request) is not None:
            sessions.note_use(request)


def _speak(request: HttpRequest, account: Account) -> None:
    """In the account's language, unless this browser was told another."""
    known = dict(settings.LANGUAGES)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and account.language in known:
        translation.activate(account.language)
        request.LANGUAGE_CODE = account.language


def _look_after(request: HttpRequest, account: Account) -> HttpResponse | None:
    if sessions.is_over(request, account):
        sessions.end(request)
        messages.info(
            request, _("You were signed out because nothing happened for a while. Please sign in again.")
        )
        return None
    seat = sessions.current_seat(request, account)
    setattr(request, "seat", seat)  # noqa: B010
    if seat is not None:
        return None
    if not sessions.seats_of(account):
        sessions.end(request)
        messages.info(request, _("You have no role here at present. Ask your organization’s administrator."))
        return None
    return None if _is_at_the_door(request) else redirect("accounts:as")


def _is_at_the_door(request: HttpRequest) -> bool:
    """Pages that someone without a seat still reaches: choosing one, signing out, and what is static."""
    return request.path.startswith(("/accounts/", "/static/", "/demo/", "/i18n/", "/healthz", "/readyz"))


def asked_by_hand(request: HttpRequest) -> bool:
    """Whether a human asked for this. Marks that pages set on their own asking can only shorten a session."""
    sent = request.headers
    return not (sent.get("X-Polling") or "prefetch" in sent.get("Sec-Purpose", sent.get("Purpose", "")))
