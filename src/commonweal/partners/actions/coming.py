"""Acts on a meeting that is called: say whether one comes, send the alternate, say what one needs. All of it
can be changed until the meeting begins."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_
from commonweal.partners import access_meetings as access
from commonweal.partners.actions import arranging, inviting
from commonweal.partners.actions.rooms import gathering
from commonweal.partners.models import SeatNeeds
from commonweal.partners.vocabulary_meetings import Coming, MeetingStage, Offer


@transaction.atomic
def say_coming(
    meeting_id: UUID,
    seat_id: UUID,
    *,
    by: Actor,
    coming: Coming | None,
    needs: Iterable[Offer] = (),
    language: str = "",
    words: str = "",
    tell: bool = True,
) -> None:
    """Say for a seat whether it comes and what it needs; again replaces.

    The one in the seat or their alternate says so, or whoever calls the meeting writes down what was said on
    the phone. Who does not come needs nothing. An alternate who is sent gets a letter (``tell``). Raises
    Refused, NotFound, BadInput where nobody can be sent, Conflict before it is called and once it began.
    """
    found = gathering(meeting_id, MeetingStage.CALLED)
    seat = found.seat(seat_id)
    own = access.may_speak_from(by, seat)
    because = own if own else found.check_call(by)
    if coming is Coming.ALTERNATE and not seat.alternates:
        raise BadInput("coming", N_("This seat has no alternate. Name one on the seat’s page first."))
    before = SeatNeeds.objects.filter(meeting=found.row, seat_id=seat_id).first()
    was = before.coming if before else ""
    stays_away = coming is Coming.NO
    needed = {o.value for o in needs} | ({Offer.INTERPRETER.value} if language else set())
    SeatNeeds.objects.update_or_create(
        meeting=found.row,
        seat_id=seat_id,
        defaults={
            "coming": coming.value if coming else "",
            "needs": [] if stays_away else sorted(needed),
            "language": "" if stays_away else language,
            "words": "" if stays_away else words.strip()[:300],
            "recorded_by_id": by.account_id,
            "recorded_at": now(),
        },
    )
    audit.record(
        "meeting.coming-said",
        by=by,
        subject=("meeting", found.row.pk),
        words=N_("Said whether a seat comes to a meeting."),
        because=because.rule,
    )
    arranging.look_again(found, by=by)
    if tell and coming is Coming.ALTERNATE and was != coming.value:
        inviting.send_alternate(meeting_id, seat, by_account=by.account_id)
