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
    entries = nav.entries_for(actor.role)
    current = _current([entry.path for entry in entries], request.path)
    return {
        "actor": actor,
        "actor_partner_name": partner_names([actor.partner_id]).get(actor.partner_id, "")
        if actor.partner_id
        else "",
        "actor_role": ROLE_NAMES[actor.role],
        "signed_in": actor.role is not Role.PUBLIC,
        "nav_here": current,
        "nav_entries": [(e, e.path == current) for e in entries],
        "collaborative": settings.COLLABORATIVE,
        "help_phone": settings.HELP_PHONE,
        "demo": settings.DEMO,
        "language_links": [(code, name) for code, name in settings.LANGUAGES],
    }


def _current(paths: list[str], here: str) -> str:
    """The entry that leads nearest to this page: of *Find help* and *Our room* below it, the second."""
    holding = [path for path in paths if here == path or (path != "/" and here.startswith(path))]
    return max(holding, key=len, default="")
