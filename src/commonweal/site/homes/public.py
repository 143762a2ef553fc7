"""The front for anyone: find help, what the table decided, how it is going."""

from typing import Any

from commonweal.foundation.access import Actor
from commonweal.partners import facade as partners
from commonweal.site.homes import figures
from commonweal.site.homes.before import decided_lately


def home(actor: Actor) -> tuple[str, dict[str, Any]]:
    """The public front; nothing on it is about a person."""
    return "site/home_public.html", {
        "headlines": figures.headlines(),
        "decisions": decided_lately(actor, 4),
        "partner_count": len(partners.all_partners()),
    }
