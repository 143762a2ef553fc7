"""The access check of each URL, and the middleware that puts a request under its actor.

A view without a check is refused: silence means no. A guard test walks every URL.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, overload
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.response import SimpleTemplateResponse

from commonweal.foundation.access.context import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts.sessions import actor_for
from commonweal.foundation.audit.errors import AuditError
from commonweal.kernel.errors import BadInput, Conflict, NotFound, Refused
from commonweal.kernel.verdict import deny
from commonweal.kernel.words import N_

log = logging.getLogger(__name__)

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True, slots=True)
class Door:
    """Who may call a view, for which purpose; ``roles`` empty: anyone."""

    roles: frozenset[Role]
    purpose: Purpose
    context: bool = True

    @property
    def is_public(self) -> bool:
        return not self.roles


def requires(*roles: Role, purpose: Purpose) -> Callable[[View], View]:
    """Only those signed in who act in one of ``roles``; the request runs under ``purpose``."""
    if not roles:
        raise ImproperlyConfigured("name the roles, or say @public")
    return _mark(Door(frozenset(roles), purpose))


@overload
def public(view: View) -> View: ...
@overload
def public(*, context: bool) -> Callable[[View], View]: ...
def public(view: Any = None, *, context: bool = True) -> Any:
    """Anyone, signed in or not. ``context=False`` leaves out the transaction, for pages without persons.

    Inside, ``request.actor`` is the signed-in actor reading for governance, or ``Actor.public()``.
    """
    mark = _mark(Door(frozenset(), Purpose.GOV, context))
    return mark if view is None else mark(view)


def _mark(door: Door) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.door = door  # type: ignore[attr-defined]
        return view

    return mark


def actor_of(request: HttpRequest) -> Actor:
    """Who asks; set by the access middleware."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def id_from(text: str) -> UUID:
    """An id from an address. Malformed is absent: both raise NotFound and look alike."""
    try:
        found = UUID(text)
    except ValueError as fault:
        raise NotFound("id") from fault
    if str(found) != text:
        raise NotFound("id")
    return found


class AccessMiddleware:
    """Checks the door of the view, then runs it in one transaction under the actor's signed context.

    The transaction is opened here and not by ATOMIC_REQUESTS, since the context has to stand before
    the first read, and the response is rendered inside so that no lazy query runs without it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: Any, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        door: Door | None = getattr(view, "door", None)
        if door is None:
            raise ImproperlyConfigured(f"{view.__module__}.{view.__name__} has no access check")
        if door.is_public and not door.context:
            request.actor = Actor.public()
            return None
        actor = actor_for(request, door.purpose)
        if not door.is_public and actor.role not in door.roles:
            return self._refuse(request, actor)
        request.actor = actor
        return self._run(request, actor, view, args, kwargs)

    def _run(
        self, request: Any, actor: Actor, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase:
        try:
            with acting(actor):
                response: HttpResponseBase = view(request, *args, **kwargs)
                if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
                    response.render()
        except NotFound as absent:
            raise Http404 from absent
        except Refused as refused:
            response = render(request, "ui/refused.html", {"verdict": refused.verdict}, status=403)
        except Conflict:  # a page of yesterday, a button pressed twice: nothing was done
            response = render(request, "access/not_done.html", {"has_changed": True}, status=409)
        except BadInput:  # a form put together by hand; ours say what is wrong beside the field
            response = render(request, "access/not_done.html", status=422)
        except (AuditError, OperationalError, InterfaceError):
            response = _unavailable(request)
        if not response.has_header("Cache-Control") and actor.role is not Role.PUBLIC:
            response.headers["Cache-Control"] = "no-store"
        return response

    def _refuse(self, request: HttpRequest, actor: Actor) -> HttpResponse:
        if actor.role is Role.PUBLIC and request.method in ("GET", "HEAD"):
            return redirect(f"/accounts/sign-in/?{urlencode({'next': request.path})}")
        verdict = deny(
            "access.role",
            N_("This page is for another role than the one you act in now."),
            N_("Change the role you act in, or ask the person whose work it is."),
        )
        return render(request, "ui/refused.html", {"verdict": verdict}, status=403)


def _unavailable(request: Any) -> HttpResponse:
    """The database, or the audit in it, does not take what this page needs: nothing is shown (P11, P32)."""
    log.exception("could not answer %s", request.resolver_match.route)
    response = render(request, "access/unavailable.html", status=503)
    response.headers["Retry-After"] = "30"
    response.headers["Cache-Control"] = "no-store"
    return response
