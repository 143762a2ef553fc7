"""Who shapes what we do: shares by kind of partner as ranges, beside the share of seats. Never a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonweal.foundation.access.web import public
from commonweal.foundation.ui.charts import Locale, RangeChart, Stretch
from commonweal.governance.queries import power as counting
from commonweal.kernel.clock import now
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.facade import SIDE_NAMES, Share, Side

YEAR = timedelta(days=365)
KINDS: tuple[tuple[str, str, str], ...] = (
    ("passed", N_("Questions that were adopted"), N_("Whose questions pass")),
    ("put", N_("Questions that were put"), N_("Who puts questions")),
    ("led", N_("Meetings that were led"), N_("Who leads meetings")),
    ("spoken", N_("Time spoken in meetings"), N_("Who speaks")),
    ("off", N_("Points of the agenda that were put off"), N_("Whose points are put off")),
)
"""Key, what is counted, heading."""


@dataclass(frozen=True, slots=True)
class Part:
    """One chart, or the reason why there is none."""

    key: str
    heading: str
    chart: RangeChart | None
    tracks: tuple[tuple[Stretch, str], ...]
    words: str
    is_none: bool = False


def window() -> datetime:
    """A year back, from the first day of this month."""
    here = localtime(now())
    first = here.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return first - YEAR


def parts(since: datetime) -> list[Part]:
    """Every chart of the page."""
    held = partners.parts_by_side(since)
    put, passed = counting.proposed(since)
    counts: dict[str, Mapping[Side, int]] = {
        "passed": passed,
        "put": put,
        "led": held.led,
        "spoken": held.seconds,
        "off": held.put_off,
    }
    return [_part(key, what, heading, counts[key], held.seats) for key, what, heading in KINDS]


def _part(key: str, what: str, heading: str, counts: Mapping[Side, int], seats: Mapping[Side, int]) -> Part:
    found = partners.shares(counts, seats)
    if not found:
        return Part(key, _(heading), None, (), "", is_none=not any(counts.values()))
    chart = RangeChart(
        id=f"power-{key}",
        title=_(what),
        locale=Locale(say=_),
        at_words=_("of 100 seats:"),
        stretches=tuple(_stretch(one) for one in found),
    )
    return Part(key, _(heading), chart, tuple((s, chart.track(s)) for s in chart.stretches), _in_words(found))


def _stretch(one: Share) -> Stretch:
    words = _("%(low)s to %(high)s of 100") % {"low": one.low, "high": one.high}
    return Stretch(
        _(SIDE_NAMES[one.side]), one.low, one.high, words, at=one.seats, resident=one.side is Side.RESIDENTS
    )


def _in_words(found: list[Share]) -> str:
    """Who is well above or below their seats, in a sentence; kinds of partner, never one."""
    over = [_(SIDE_NAMES[s.side]) for s in found if s.low > s.seats]
    under = [_(SIDE_NAMES[s.side]) for s in found if s.high < s.seats]
    said = []
    if over:
        said.append(_("More than their share of seats: %(who)s.") % {"who": "; ".join(over)})
    if under:
        said.append(_("Less than their share of seats: %(who)s.") % {"who": "; ".join(under)})
    return " ".join(said) or _("About as the seats are shared.")


@require_safe
@public
def power(request: HttpRequest) -> HttpResponse:
    """Each share with its sentence, its table and its CSV."""
    since = window()
    found = parts(since)
    wanted = next((p for p in found if p.key == request.GET.get("as")), None)
    if wanted is not None and wanted.chart is not None:
        reply = HttpResponse(wanted.chart.csv(), content_type="text/csv; charset=utf-8")
        reply["Content-Disposition"] = f'attachment; filename="{wanted.key}.csv"'
        return reply
    return render(request, "promises/power.html", {"parts": found, "since": since})
