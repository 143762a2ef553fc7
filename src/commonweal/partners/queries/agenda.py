"""Open matters that could go on an agenda. Contexts above say theirs through ``offer``."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal.kernel.clock import today
from commonweal.partners.models import AgendaItem
from commonweal.partners.queries import meetings, work
from commonweal.partners.shapes import BodyShape
from commonweal.partners.shapes_meetings import Candidate, MeetingShape
from commonweal.partners.vocabulary_meetings import ItemState, MeetingStage

Provider = Callable[[BodyShape], Iterable[Candidate]]
"""Open matters of a body, in the reader's language."""

_providers: dict[str, Provider] = {}


def offer(name: str, provider: Provider) -> None:
    """Have ``provider`` asked for open matters; the same name again replaces it."""
    _providers[name] = provider


def candidates(body: BodyShape, shape: MeetingShape) -> list[Candidate]:
    """Open matters of a body that are on no agenda to come, residents' first."""
    found = [*_own(body, shape), *(one for provider in _providers.values() for one in provider(body))]
    taken = set(
        AgendaItem.objects.filter(meeting__body_id=body.id)
        .exclude(state=ItemState.DEFERRED.value)
        .filter(meeting__stage__in=[s.value for s in MeetingStage if s is not MeetingStage.CLOSED])
        .exclude(meeting__stage=MeetingStage.CANCELLED.value)
        .values_list("ref", flat=True)
    )
    fresh = {one.ref: one for one in found if one.ref not in taken}
    return sorted(fresh.values(), key=lambda one: not one.by_residents)


def _own(body: BodyShape, shape: MeetingShape) -> Iterable[Candidate]:
    """What was put off, what is late, and minutes that nobody approved."""
    deferred = AgendaItem.objects.filter(
        meeting__body_id=body.id, state=ItemState.DEFERRED.value, meeting__stage=MeetingStage.CLOSED.value
    ).exclude(is_refused=True)
    taken_up = _taken_up_again(body.id)
    for row in deferred.order_by("-recorded_at"):
        ref = row.ref or f"item:{row.pk}"
        if ref not in taken_up:
            words = _("Put off: %(why)s") % {"why": row.deferred_why}
            yield Candidate(ref, row.title, words, row.url, row.minutes, row.put_by_residents)
    for version in meetings.to_approve(shape):
        url = reverse("partners:minutes", args=[version.meeting_id])
        ref = f"minutes:{version.meeting_id}:{version.version}"
        yield Candidate(ref, _("Approve the minutes"), _("Nobody has approved them yet."), url, 5)
    for action in work.of_bodies([body.id], open_only=True):
        if action.is_late(today()):
            url = reverse("partners:action", args=[action.id])
            words = _("%(who)s took it on. Its day is over.") % {
                "who": action.holder_name or action.seat_name
            }
            yield Candidate(f"action:{action.id}", action.words, words, url, 5)


def _taken_up_again(body_id: UUID) -> set[str]:
    """What was put off once and done later."""
    rows = AgendaItem.objects.filter(meeting__body_id=body_id, state=ItemState.DONE.value).exclude(ref="")
    return set(rows.values_list("ref", flat=True))
