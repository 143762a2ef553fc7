"""The home of an organization's administrator; the backbone's also shows what waits for the table."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.messages.queries import Undelivered, undelivered
from commonweal.governance import facade as governance
from commonweal.kernel.clock import now
from commonweal.partners import facade as partners
from commonweal.referrals import facade as referrals
from commonweal.referrals.vocabulary import GapState
from commonweal.site.homes import figures
from commonweal.voice import facade as voice

SOON = timedelta(days=120)
"""How long before its end a mandate is shown, so that a meeting can still renew it."""


def home(actor: Actor) -> tuple[str, dict[str, Any]]:
    """Gaps that wait, mandates that end, figures."""
    keeper = partners.acts_for_backbone(actor)
    gaps = [g for g in referrals.gaps_summary() if g.state is GapState.WAITING] if keeper else []
    gaps.sort(key=lambda g: -(g.people or 0))
    return "site/home_backbone.html", {
        "keeper": keeper,
        "gaps": gaps[:6],
        "gaps_open": len(gaps),
        "ending": governance.ending_before(now() + SOON) if keeper else [],
        "headlines": figures.headlines(),
        "owed": voice.owed_by(actor),
        "waits": referrals.waits(actor),
        "letters": letters(actor, of_all=keeper),
        "today": timezone.localtime(),
    }


@dataclass(frozen=True, slots=True)
class Letters:
    """Messages that did not arrive: whose, by which way, how many, and the oldest's day."""

    whose: str
    found: Undelivered


def letters(actor: Actor, *, of_all: bool) -> list[Letters]:
    """What never arrived in two weeks, and what waits for long: the partner's own; all for the backbone."""
    reader = Actor(Role.OPERATOR, Purpose.ADMIN, name=actor.name) if of_all else actor
    with acting(reader):
        found = undelivered()
    names = partners.partners([one.holder_id for one in found if one.holder_id])
    return [Letters(names[u.holder_id].name if u.holder_id in names else "", u) for u in found]
