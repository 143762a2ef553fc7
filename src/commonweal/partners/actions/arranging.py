"""What those who come need and the meeting has not: something to do for the seat that calls it."""

from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.timezone import localdate

from commonweal.foundation.access import Actor
from commonweal.kernel.clock import today
from commonweal.kernel.words import N_
from commonweal.partners import access_meetings as access
from commonweal.partners.actions import work
from commonweal.partners.actions.rooms import Gathering
from commonweal.partners.models import ActionItem, MeetingRole
from commonweal.partners.queries import wishing
from commonweal.partners.queries.work import OPEN, words_to_arrange
from commonweal.partners.rules import wishes
from commonweal.partners.vocabulary_meetings import MeetingPart, MeetingStage, Offer


def look_again(found: Gathering, *, by: Actor) -> None:
    """Give out what is needed and not there, finish what is there by now, drop what nobody needs any more.

    A need is given out once, however many have it, and names nobody. Where nobody sits who could see to it,
    nothing is given out; the sums on the meeting's page still tell who calls it.
    """
    row = found.row
    is_on = row.stage == MeetingStage.CALLED.value and row.starts_at is not None
    known = wishing.wishes(row.pk, [Offer(o) for o in row.offers], row.languages) if is_on else []
    lacking = {wish.key for wish in known if not wish.is_there}
    there = {wish.key for wish in known if wish.is_there}
    given = {a.need: a for a in ActionItem.objects.filter(meeting=row, state__in=OPEN).exclude(need="")}
    for need, action in given.items():
        if need in there:
            work.arranged(action, by=by, is_there=True, why=N_("It is there now."))
        elif need not in lacking:
            why = N_("Nobody needs it any more.") if is_on else N_("The meeting was cancelled.")
            work.arranged(action, by=by, is_there=False, why=why)
    owner = owner_of(found)
    if owner is None or row.starts_at is None:
        return
    for need in sorted(lacking - given.keys()):
        with translation.override(settings.LANGUAGE_CODE):
            words = words_to_arrange(need, row.starts_at)
        due_on = wishes.to_arrange_by(localdate(row.starts_at), today())
        work.to_arrange(found, owner, need, words, due_on, by=by)


def owner_of(found: Gathering) -> UUID | None:
    """The seat that sees to it: of who called the meeting, of who leads it, of who runs the body."""
    filled = [seat for seat in found.seats if seat.holder]
    called_by = found.row.called_by_id
    parts = dict(MeetingRole.objects.filter(meeting=found.row).values_list("part", "seat_id"))
    leads = [parts.get(MeetingPart.CHAIR.value), parts.get(MeetingPart.FACILITATOR.value)]
    first = [
        *(s.id for s in filled if called_by in s.account_ids),
        *(s.id for s in filled if s.id in leads),
        *(s.id for s in filled if s.role in access.RUN_IT),
    ]
    return first[0] if first else None
