"""What stands about needs on a person's page."""

from collections.abc import Mapping

from django.utils.translation import gettext

from commonweal.foundation.access import Actor
from commonweal.kernel.domains import NAMES
from commonweal.people.shapes import PersonShape
from commonweal.screening.access import READERS, may_screen
from commonweal.screening.queries import needs as need_queries
from commonweal.screening.queries import responses
from commonweal.screening.shapes import NeedShape
from commonweal.screening.vocabulary import LIVE_NEEDS, NEED_STATUS_NAMES
from commonweal.screening.web.common import NEED, acts_for, note
from commonweal.screening.web.review import NEED_LOOK


def needs_panel(actor: Actor, person: PersonShape) -> Mapping[str, object] | None:
    """The person's needs, the live ones first, and when they were last asked."""
    if actor.role not in READERS:
        return None
    needs = need_queries.needs_of(person.id)
    screenings = responses.screenings_of(person.id)
    if needs or screenings:
        note(actor, person, NEED)
    may = bool(may_screen(actor))
    rows = [_row(need, may=may) for need in sorted(needs, key=lambda need: need.status not in LIVE_NEEDS)]
    return {"needs": rows, "last": screenings[0] if screenings else None, "may_screen": may}


def _row(need: NeedShape, *, may: bool) -> dict[str, object]:
    return {
        "need": need,
        "name": gettext(NAMES[need.domain]),
        "look": NEED_LOOK[need.status],
        "words": gettext(NEED_STATUS_NAMES[need.status]),
        "acts": acts_for(need) if may else [],
    }


def own_needs_panel(actor: Actor, person: PersonShape) -> Mapping[str, object] | None:
    """On the person's own page: what they said they want help with. Safety is never on it."""
    live = [need for need in need_queries.needs_of(person.id) if need.status in LIVE_NEEDS]
    if not live:
        return None
    note(actor, person, NEED)
    return {"needs": [_row(need, may=False) for need in live]}
