"""Who was asked for room, when, and whether one may ask now."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localtime

from commonweal.directory.models import Service
from commonweal.directory.models_search import RoomQuestion
from commonweal.directory.queries.owners import addresses_to_ask, partner_of
from commonweal.directory.queries.pace import pace
from commonweal.directory.queries.rooms import rooms
from commonweal.directory.shapes_search import CapacityNow, RoomAsk, Sentence
from commonweal.directory.vocabulary import Capacity
from commonweal.foundation.access import Actor
from commonweal.kernel.words import N_


def room_asks(
    service_ids: Sequence[UUID], asker: Actor, moment: datetime, today: date
) -> dict[UUID, RoomAsk]:
    """For services whose room is not known, and that are not the asker's own: may one ask, and who did."""
    now = rooms(service_ids, moment, today)
    unknown = [id_ for id_ in service_ids if now[id_].state is Capacity.UNKNOWN]
    rows = list(Service.objects.filter(pk__in=unknown).select_related("organization"))
    addresses, asked = addresses_to_ask(rows), last_sent(unknown, moment)
    mine = _listening(unknown, asker)
    return {
        row.pk: _ask(now[row.pk], addresses[row.pk], asked.get(row.pk), row.pk in mine)
        for row in rows
        if asker.partner_id is None or partner_of(row) != asker.partner_id
    }


def _ask(room: CapacityNow, address: str, last: RoomQuestion | None, listens: bool) -> RoomAsk:
    if room.ask_again_on:
        return RoomAsk(room.service_id, False, words=room.words)
    if not address:
        return RoomAsk(room.service_id, False, words=_NO_ADDRESS)
    if last is None or last.sent_at is None:
        return RoomAsk(room.service_id, True)
    if last.undelivered_at:
        return RoomAsk(room.service_id, False, words=_LOST)
    day = localtime(last.sent_at).date()
    words = Sentence("ask.asked", N_("Asked for room on %(date)s; no answer yet"), {"date": day})
    return RoomAsk(room.service_id, not listens, not listens, words)


_NO_ADDRESS = Sentence("ask.no-address", N_("No e-mail address: call"))
_LOST = Sentence("ask.lost", N_("Our question did not arrive: call"))


def last_sent(service_ids: Sequence[UUID], moment: datetime) -> dict[UUID, RoomQuestion]:
    """The last question that went out to each service and still bars another one."""
    rows = RoomQuestion.objects.filter(
        service_id__in=service_ids, sent_at__gt=moment - pace().room_again, answered_at__isnull=True
    )
    return {row.service_id: row for row in rows.order_by("sent_at")}


def _listening(service_ids: Sequence[UUID], asker: Actor) -> set[UUID]:
    if asker.account_id is None:
        return set()
    rows = RoomQuestion.objects.filter(
        service_id__in=service_ids, account_id=asker.account_id, answered_at__isnull=True
    )
    return set(rows.values_list("service_id", flat=True))
