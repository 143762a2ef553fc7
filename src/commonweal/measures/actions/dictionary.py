"""What holders say of their data, and looking how well elements are captured."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from commonweal.foundation import audit
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, Refused
from commonweal.kernel.words import N_
from commonweal.measures import access
from commonweal.measures.access_data import may_say_of_data
from commonweal.measures.models import Completeness, HolderNote
from commonweal.measures.queries import captured, cases
from commonweal.measures.rules import elements
from commonweal.measures.rules.completeness import bands
from commonweal.partners import facade as partners

LONGEST = 600
YEAR, SETTLED = timedelta(days=365), timedelta(days=35)
"""Looked at: a year of rows, up to those that had 35 days to be written down."""


@transaction.atomic
def say_of_data(
    element: str, *, by: Actor, shows: str, not_shown: str, faults: str = "", partner_id: UUID | None = None
) -> UUID:
    """Say in the holder's own words what its data shows, what it does not, and what is known to be wrong.

    ``partner_id``: whose data; by default the actor's own. What was said before stays. Raises Refused and
    BadInput.
    """
    whose = partner_id or by.partner_id
    verdict = may_say_of_data(by, whose)
    if not verdict or whose is None:
        raise Refused(verdict)
    if elements.newest(element) is None:
        raise BadInput("element", N_("There is no such element."))
    said = {"shows": shows.strip(), "not_shown": not_shown.strip(), "faults": faults.strip()}
    for name in ("shows", "not_shown"):
        if not said[name]:
            raise BadInput(name, N_("Say this, please."))
    for name, words in said.items():
        if len(words) > LONGEST:
            raise BadInput(name, N_("Say it shorter."))
    row = HolderNote(
        partner_id=whose,
        element=element,
        said_by_id=by.account_id,
        said_by_name=partners.known_as(by)[:200],
        **said,
    )
    row.save(force_insert=True)
    audit.record(
        "data.words-said",
        by=by,
        subject=("element", element),
        words=N_("said in its own words what its data shows and does not show"),
        because=verdict.rule,
    )
    return row.id


@transaction.atomic
def look_at_capture(*, by: Actor) -> int:
    """Look how well each partner captured each element over the last year; returns how many ranges were
    written. Read by the counting program, without names. Raises Refused."""
    verdict = access.may_compute(by)
    if not verdict:
        raise Refused(verdict)
    moment = now()
    start, end = moment - YEAR - SETTLED, moment - SETTLED
    counting = Actor(Role.BACKEND_SERVICE, Purpose.OPS, by.partner_id, by.account_id, name=by.name)
    with acting(counting):
        run = cases.Run(counting)
        found = bands(captured.requests(run, start, end, moment), captured.occasions(run, start, end, moment))
        for (holder, element), band in found.items():
            Completeness.objects.update_or_create(
                partner_id=UUID(holder),
                element=element,
                defaults={"band": band.value, "as_of": moment},
            )
        audit.record(
            "data.capture-looked-at",
            by=by,
            subject=("dictionary", "capture"),
            words=N_("looked how well shared data is captured, in ranges"),
            because=verdict.rule,
        )
    return len(found)
