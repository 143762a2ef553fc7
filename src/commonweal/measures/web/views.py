"""The measures that the table adopted: a list, a page for each, and the same figures as CSV."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonweal.foundation.access.web import actor_of, public
from commonweal.kernel.errors import NotFound
from commonweal.kernel.verdict import Verdict
from commonweal.measures.queries import released
from commonweal.measures.queries.dictionary import dictionary
from commonweal.measures.shapes import MeasureShape
from commonweal.measures.web import figures
from commonweal.measures.web.page import card_of, page_of, partner_names, seeing
from commonweal.measures.web.words import HELD_WHY, QUADRANTS, too_young


def _shape(measure_id: str, sees_partners: Verdict) -> MeasureShape:
    shape = released.measure(measure_id, by_partner=bool(sees_partners))
    if shape is None:
        raise NotFound("measure")
    return shape


@require_safe
@public
def register(request: HttpRequest) -> HttpResponse:
    """What we count together, and what could be counted and is not."""
    shapes = released.measures()
    adopted = [shape for shape in shapes if shape.mandate_id]
    context = {
        "cards": [card_of(shape) for shape in adopted],
        "waiting": [shape.definition for shape in shapes if not shape.mandate_id],
    }
    return render(request, "measures/register.html", context)


@require_safe
@public
def measure(request: HttpRequest, measure_id: str) -> HttpResponse:
    """One measure: what it says, how it is counted, who decided it. Empty without a live mandate."""
    sees = seeing(actor_of(request))
    shape = _shape(measure_id, sees)
    page = page_of(shape, sees)
    context = {
        "page": page,
        "definition": shape.definition,
        "elements": [e for e in dictionary() if e.element.id in shape.definition.elements],
        "quadrant": QUADRANTS[shape.definition.quadrant],
        "held_why": HELD_WHY,
        "too_young": too_young(shape.released.too_young) if shape.definition.look_forward_days else "",
    }
    return render(request, "measures/measure.html", context)


@require_safe
@public
def figures_csv(request: HttpRequest, measure_id: str) -> HttpResponse:
    """The same figures as CSV. Gone with the mandate."""
    sees = seeing(actor_of(request))
    shape = _shape(measure_id, sees)
    if shape.mandate_id is None:
        words = _("The Table has not adopted this measure, or has ended it, so it has no figures.")
        return HttpResponse(words, status=410, content_type="text/plain; charset=utf-8")
    names = partner_names(sees)
    response = HttpResponse(figures.csv(shape, names), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{shape.definition.id}.csv"'
    return response
