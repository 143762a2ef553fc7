"""Open matters of governance for an agenda: questions, decisions that end soon, promises that are late."""

from collections.abc import Container, Iterator
from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from commonweal.foundation.ui.framing import said
from commonweal.governance.models import Mandate, Proposal
from commonweal.governance.queries import promises, reviews
from commonweal.governance.queries.asked import waits_for
from commonweal.governance.vocabulary import Stage
from commonweal.kernel.clock import now
from commonweal.partners import facade as partners
from commonweal.partners.facade import Candidate
from commonweal.partners.shapes import BodyShape

SOON = timedelta(days=60)
OPEN = (Stage.TALKING, Stage.NOTICE, Stage.VOTING, Stage.PENDING_RESIDENTS, Stage.PENDING_RATIFICATION)


def open_matters(body: BodyShape) -> Iterator[Candidate]:
    """Questions before this body; at the highest one also what ends soon. Late promises of its seats."""
    rows = list(
        Proposal.objects.filter(stage__in=[s.value for s in OPEN]).select_related("body").order_by("number")
    )
    seats = partners.seats_by_id(row.proposed_by_seat_id for row in rows if row.proposed_by_seat_id)
    residents = {seat.id for seat in seats.values() if seat.is_resident}
    for row in rows:
        if row.body_id == body.id:
            yield _question(row, _("It is before this body."), residents)
        elif waits_for(row, body):
            yield _question(row, _("It waits for the yes of this body."), residents)
    if body.parent_id is None and not body.is_private:
        yield from _ending()
    yield from _to_review(body)
    if not body.is_private:
        for late in promises.late_of_bodies([body.id]):
            words = _("Promised for %(day)s, and late.") % {"day": date_format(late.due_on, "DATE_FORMAT")}
            url = reverse("promises:promise", args=[late.id])
            yield Candidate(f"promise:{late.id}", _(late.words), words, url, 10, by_residents=False)


def _question(row: Proposal, why: str, residents: Container[UUID | None]) -> Candidate:
    return Candidate(
        f"proposal:{row.pk}",
        _("Question %(number)s: %(title)s") % {"number": row.number, "title": said(row.title)},
        why,
        reverse("governance:question", args=[row.number]),
        30,
        by_residents=row.proposed_by_seat_id in residents,
    )


def _to_review(body: BodyShape) -> Iterator[Candidate]:
    """What a body said it would look at again by a day that has come, or comes soon."""
    highest = body.parent_id is None and not body.is_private
    for one in reviews.due(localdate(now()) + SOON):
        if one.body_id != body.id and not (one.body_id is None and highest):
            continue
        words = _("To be looked at again by %(day)s.") % {"day": date_format(one.by, "DATE_FORMAT")}
        yield Candidate(one.key, _("Look again: %(what)s") % {"what": _(one.name)}, words, one.url, 15)


def _ending() -> Iterator[Candidate]:
    """What stops soon unless it is renewed, each decision once."""
    rows = Mandate.objects.live(now()).filter(ends_at__lte=now() + SOON)
    seen = set()
    for row in rows.select_related("decision").order_by("ends_at"):
        if row.decision_id in seen or row.ends_at is None:
            continue
        seen.add(row.decision_id)
        day = date_format(localtime(row.ends_at), "DATE_FORMAT")
        yield Candidate(
            f"ending:{row.pk}",
            _("Decision %(number)s ends: %(title)s")
            % {"number": row.decision.number, "title": said(row.decision.title)},
            _("It ends on %(day)s. If nobody renews it, it stops that day.") % {"day": day},
            reverse("governance:decision", args=[row.decision.number]),
            10,
        )
