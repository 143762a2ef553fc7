"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from commonweal.foundation.access.context import Actor
from commonweal.foundation.access.vocabulary import ROLE_NAMES, Role
from commonweal.foundation.accounts.names import partner_names
from commonweal.foundation.ui import nav


def page(request: HttpRequest) -> dict[str, Any]:
    """The frame's values: who acts, where one may go, which language is offered."""
    actor: Actor = getattr(request, "actor", None) or Actor.public()
    return {
        "actor": actor,
        "actor_partner_name": partner_names([actor.partner_id]).get(actor.partner_id, "")
        if actor.partner_id
        else "",
        "actor_role": ROLE_NAMES[actor.role],
        "signed_in": actor.role is not Role.PUBLIC,
        "nav_entries": [(e, _is_current(e.path, request.path)) for e in nav.entries_for(actor.role)],
        "collaborative": settings.COLLABORATIVE,
        "help_phone": settings.HELP_PHONE,
        "demo": settings.DEMO,
        "language_links": [(code, name) for code, name in settings.LANGUAGES],
    }


def _is_current(path: str, here: str) -> bool:
    return here == path if path == "/" else here.startswith(path)
