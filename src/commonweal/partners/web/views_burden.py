"""What we ask of each other: hours by kind of partner, and whether it was worth the time. Never a person."""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonweal.foundation.access.web import public
from commonweal.foundation.ui.charts import Locale, RangeChart, Stretch
from commonweal.kernel.clock import now
from commonweal.kernel.periods import Month
from commonweal.partners.queries import pulse
from commonweal.partners.rules.burden import Hours, Pulses
from commonweal.partners.vocabulary_meetings import SIDE_NAMES, Side

MONTHS = 3


def window() -> datetime:
    """The first day of the month three months ago: whole months, so that no day's answers stand out."""
    here = localtime(now())
    first = Month.of(here.date()).plus(-MONTHS).first
    return here.replace(year=first.year, month=first.month, day=1, hour=0, minute=0, second=0, microsecond=0)


def hours_chart(found: list[Hours], paid: bool) -> RangeChart | None:
    """Hours a month for each member, by side; None when nothing may be shown."""
    shown = [h for h in found if h.low is not None and h.high is not None]
    if not shown:
        return None
    most = max(h.high or 0 for h in shown)
    locale = Locale(say=_)
    return RangeChart(
        id="hours",
        title=_("Hours a month for each member"),
        locale=locale,
        most=max(8.0, float(int(most) + 2)),
        stretches=tuple(_stretch(h, paid, locale) for h in shown),
    )


def _stretch(h: Hours, paid: bool, locale: Locale) -> Stretch:
    low, high = h.low or 0.0, h.high or 0.0
    said = {"low": _halves(low, locale), "high": _halves(high, locale)}
    resident = h.side is Side.RESIDENTS
    words = _("%(low)s to %(high)s hours, paid") if resident and paid else _("%(low)s to %(high)s hours")
    return Stretch(_(SIDE_NAMES[h.side]), low, high, words % said, resident=resident)


def _halves(hours: float, locale: Locale) -> str:
    whole = int(hours)
    if hours == whole:
        return locale.number(whole)
    return f"{locale.number(whole)}½" if whole else "½"


def worth_rows(found: Pulses) -> list[tuple[str, int, int]]:
    """Sides with how many of how many said yes."""
    return [(SIDE_NAMES[p.side], p.yes, p.of) for p in found.by_side if p.side is not None]


@require_safe
@public
def burden(request: HttpRequest) -> HttpResponse:
    """Hours and worth, with table and CSV."""
    since = window()
    hours, paid, count = pulse.hours_asked(since)
    chart = hours_chart(hours, paid)
    if request.GET.get("as") == "csv" and chart is not None:
        reply = HttpResponse(chart.csv(), content_type="text/csv; charset=utf-8")
        reply["Content-Disposition"] = 'attachment; filename="hours.csv"'
        return reply
    worth = pulse.worth_of(pulse.closed_pulses(since))
    context = {
        "chart": chart,
        "tracks": [(s, chart.track(s)) for s in chart.stretches] if chart else [],
        "held": [SIDE_NAMES[h.side] for h in hours if h.low is None],
        "since": since,
        "count": count,
        "worth": worth,
        "worth_rows": worth_rows(worth),
        "week": pulse.OPEN_FOR // timedelta(days=1),
    }
    return render(request, "partners/burden.html", context)
