"""The home of those who decide, check or count: members of the table, privacy officers, analysts."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from commonweal.foundation.access import Actor
from commonweal.foundation.access.glass import to_review
from commonweal.foundation.access.vocabulary import Role
from commonweal.site.homes import figures
from commonweal.site.homes.before import decided_lately
from commonweal.voice import facade as voice


def home(actor: Actor) -> tuple[str, dict[str, Any]]:
    """What was decided, how it goes, and for a privacy officer what to review."""
    words = {
        Role.PRIVACY_OFFICER: _("Who looked without asking, and whether it was right."),
        Role.ANALYST: _("Counts without names. What could point at a neighbor is held back."),
    }
    decisions = decided_lately(actor, 6)
    came = _("What we decided, and what came of it.") if decisions else _("What is before the table.")
    return "site/home_table.html", {
        "lede": words.get(actor.role, came),
        "glass": to_review() if actor.role is Role.PRIVACY_OFFICER else None,
        "decisions": decisions,
        "owed": voice.owed_by(actor),
        "headlines": figures.headlines(),
        "today": timezone.localtime(),
    }
