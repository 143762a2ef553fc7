"""Where a change of the table is made: by hand while it is founded, by a question once bylaws hold."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commonweal.foundation.access import Actor
from commonweal.kernel.verdict import Verdict
from commonweal.partners import access
from commonweal.partners.queries import ports
from commonweal.partners.web.doors import SEATED


def asked_instead(
    request: HttpRequest, verdict: Verdict, kind: str, what: str, **said: object
) -> HttpResponse:
    """Why this is not done by hand, and the question that does it. ``what``: what somebody wanted to do."""
    context = {"verdict": verdict, "ask": ports.ask_url(kind, **said), "what": what}
    return render(request, "partners/ask_table.html", context, status=403)


def way(actor: Actor, kind: str, by_hand: str, **said: object) -> str:
    """The address where this reader changes something: ``by_hand`` where they may do it themselves, else the
    question of this kind of effect with what is known of it; empty for strangers and where nobody can ask."""
    if access.may_shape(actor, None):
        return by_hand
    return ports.ask_url(kind, **said) if actor.account_id and actor.role in SEATED else ""


def is_asked(actor: Actor) -> bool:
    """Whether changes go by a question for this reader."""
    return not access.may_shape(actor, None)
