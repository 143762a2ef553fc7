"""Initiatives: what the table, or somebody under its delegation, decided to begin, and how it stands."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.foundation.access.web import actor_of, public
from commonweal.governance import facade, queries
from commonweal.governance.models import Initiative
from commonweal.governance.rules.delegation import dollars
from commonweal.governance.web.rows import Standing, standing_of
from commonweal.governance.web.rows_ending import ways_to_end
from commonweal.governance.web.views import closed_register
from commonweal.kernel.clock import now
from commonweal.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Line:
    """One initiative in the list."""

    it: Initiative
    standing: Standing


@require_safe
@public
def index(request: HttpRequest) -> HttpResponse:
    """Every initiative, those under way first."""
    closed = closed_register(request)
    if closed is not None:
        return closed
    found = list(Initiative.objects.select_related("owner").order_by("-starts_on", "title"))
    mandates = queries.mandates(row.mandate_id for row in found)
    lines = [Line(row, standing_of(mandates[row.mandate_id], now())) for row in found]
    lines.sort(key=lambda line: not line.standing.live)
    context = {"lines": lines, "live": sum(line.standing.live for line in lines)}
    return render(request, "governance/initiatives.html", context)


@require_safe
@public
def initiative(request: HttpRequest, slug: str) -> HttpResponse:
    """One initiative: its goal, who carries it, its budget, and which decision stands behind it."""
    closed = closed_register(request)
    if closed is not None:
        return closed
    row = Initiative.objects.select_related("owner").filter(slug=slug).first()
    if row is None:
        raise NotFound("initiative")
    mandate, actor = queries.mandates([row.mandate_id])[row.mandate_id], actor_of(request)
    standing = standing_of(mandate, now())
    context = {
        "it": row,
        "mandate": mandate,
        "standing": standing,
        "line": facade.decision_line(row.mandate_id),
        "budget": dollars(row.budget_cents) if row.budget_cents else "",
        "may_end": standing.live and actor.account_id is not None and ways_to_end(actor, mandate),
    }
    return render(request, "governance/initiative.html", context)
