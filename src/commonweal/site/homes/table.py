"""The home of those who decide, check or count: members of the table, privacy officers, analysts."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from commonweal.foundation.access import Actor
from commonweal.foundation.access.glass import to_review
from commonweal.foundation.access.vocabulary import Role
from commonweal.governance import facade as governance
from commonweal.site.homes import figures
from commonweal.voice import facade as voice


def home(actor: Actor) -> tuple[str, dict[str, Any]]:
    """What was decided, how it goes, and for a privacy officer what to review."""
    words = {
        Role.PRIVACY_OFFICER: _("Who looked without asking, and whether it was right."),
        Role.ANALYST: _("Counts without names. What could point at a neighbor is held back."),
    }
    return "site/home_table.html", {
        "lede": words.get(actor.role, _("What we decided, and what came of it.")),
        "glass": to_review() if actor.role is Role.PRIVACY_OFFICER else None,
        "decisions": governance.decisions()[:6],
        "owed": voice.owed_by(actor),
        "headlines": figures.headlines(),
        "today": timezone.localtime(),
    }
