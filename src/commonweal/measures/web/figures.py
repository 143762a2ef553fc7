"""Released figures as charts, tables and CSV. What is held back is in none of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from commonweal.foundation.ui.charts import LineChart, Mark, Point, Spark, Unit
from commonweal.foundation.ui.charts.base import scale, write_csv
from commonweal.measures.rules.findings import Judged, judge
from commonweal.measures.rules.intervals import in_hundred, wilson
from commonweal.measures.rules.periods import Period
from commonweal.measures.shapes import Base, MeasureShape, Place
from commonweal.measures.vocabulary import WHOLE, Grain, Kind, Shown
from commonweal.measures.web import words

QUARTERS_SHOWN = 8


def value_at(shape: MeasureShape, place: Place, base: Base | None = None) -> float | None:
    """What is drawn for a place: in 100, or days; None where it may not be shown or was not reached."""
    if shape.definition.kind is Kind.MEDIAN_DAYS:
        return shape.released.median(place).value
    ratio = shape.released.ratio(place, base or shape.definition.first_base)
    return None if ratio is None else 100 * ratio[0] / ratio[1]


def unit_of(shape: MeasureShape) -> Unit:
    return Unit.DAYS if shape.definition.kind is Kind.MEDIAN_DAYS else Unit.IN_HUNDRED


@dataclass(frozen=True)
class Line:
    """The run chart with what it says."""

    chart: LineChart
    judged: Judged


def grain_of(shape: MeasureShape) -> Grain:
    """Months where at least half of the last twelve can be shown, else quarters: in a small place single
    months are too small, and a row of empty months would tell nobody anything."""
    months = from_first(shape, shape.released.places(Grain.MONTH))[-12:]
    shown = sum(is_shown(shape, place) for place in months)
    quarters = any(is_shown(shape, place) for place in shape.released.places(Grain.QUARTER))
    return Grain.QUARTER if quarters and 2 * shown < len(months) else Grain.MONTH


def is_shown(shape: MeasureShape, place: Place) -> bool:
    """Is there a figure for this place, be it that the median is not reached yet?"""
    if shape.definition.kind is Kind.MEDIAN_DAYS:
        return not shape.released.median(place).is_held
    return shape.released.ratio(place, shape.definition.first_base) is not None


def line(shape: MeasureShape, title: str, marks: Sequence[tuple[date, str, str]], grain: Grain) -> Line:
    """The whole by month or quarter, from the first that has anything."""
    places = from_first(shape, shape.released.places(grain))
    base = shape.definition.first_base
    points = []
    for place in places:
        ratio = shape.released.ratio(place, base)
        is_median = shape.definition.kind is Kind.MEDIAN_DAYS
        points.append(
            Point(
                place.first,
                value_at(shape, place),
                None if is_median or ratio is None else ratio[0],
                shape.released.count(place, base.denominator).value,
            )
        )
    shown = [point for point in points if point.value is not None]
    judged = judge(
        [float(point.value or 0) for point in shown],
        shape.definition.direction,
        _changed_at([point.when for point in shown], marks),
    )
    rates = shape.definition.kind is Kind.RATE
    numerator = _(words.COUNTED_AS[base.numerator]) if rates else ""
    chart = LineChart(
        id="run",
        title=title,
        locale=words.locale(),
        points=tuple(points),
        unit=unit_of(shape),
        target=shape.target.value if shape.target else None,
        median=judged.median,
        median_to=None if judged.upto is None else shown[judged.upto].when,
        marks=tuple(Mark(when, text, short) for when, text, short in marks),
        numerator_words=numerator,
        denominator_words=_(words.COUNTED_AS[base.denominator]),
        quarterly=grain is Grain.QUARTER,
    )
    return Line(chart, judged)


def from_first(shape: MeasureShape, places: list[Place]) -> list[Place]:
    """Leave out the months before anything was counted."""
    what = shape.definition.first_base.denominator
    for i, place in enumerate(places):
        if shape.released.count(place, what).value != 0:
            return places[i:]
    return []


def _changed_at(months: Sequence[date], marks: Sequence[tuple[date, str, str]]) -> int | None:
    for when, _text, _short in marks:
        after = [i for i, first in enumerate(months) if first >= when.replace(day=1)]
        if after:
            return after[0]
    return None


@dataclass(frozen=True, slots=True)
class Multiple:
    """One partner among several. Without a chart it is held back."""

    name: str
    said: str
    chart: Spark | None


def multiples(shape: MeasureShape, names: dict[str, str]) -> list[Multiple]:
    """Partners in the order of their names, never of figures that may not be shown."""
    quarters = [place.first for place in from_first(shape, shape.released.places(Grain.QUARTER))]
    quarters = quarters[-QUARTERS_SHOWN:]
    ghost = tuple(value_at(shape, Place(Grain.QUARTER, q)) for q in quarters)
    by_partner = {
        who: tuple(value_at(shape, Place(Grain.QUARTER, q, who)) for q in quarters)
        for who in sorted(shape.released.partners(Grain.QUARTER), key=lambda w: names.get(w, w))
        if who in names
    }
    target = shape.target.value if shape.target else None
    drawn = [v for values in (*by_partner.values(), ghost) for v in values if v is not None]
    low, high, _step = scale([*drawn, *([target] if target is not None else [])], unit_of(shape))
    found = []
    for number, (who, values) in enumerate(by_partner.items()):
        chart = Spark(
            id=f"partner-{number}",
            title=names[who],
            locale=words.locale(),
            labels=tuple(words.period_words(Place(Grain.QUARTER, q)) for q in quarters),
            values=values,
            ghost=ghost,
            low=low,
            high=high,
            target=target,
            unit=unit_of(shape),
        )
        newest = Place(Grain.QUARTER, quarters[-1], who) if quarters else None
        shown = bool(values) and values[-1] is not None and newest is not None
        said = said_of(shape, newest) if shown and newest else ""
        found.append(Multiple(names[who], said, chart if shown else None))
    return found


def said_of(shape: MeasureShape, place: Place) -> str:
    """``82 of 103, or 80 in 100``; ``12 days``."""
    locale = words.locale()
    if shape.definition.kind is Kind.MEDIAN_DAYS:
        figure = shape.released.median(place)
        if figure.state is Shown.NOT_REACHED:
            return _("not reached yet")
        return "" if figure.value is None else Unit.DAYS.say(figure.value, locale)
    ratio = shape.released.ratio(place, shape.definition.first_base)
    if ratio is None:
        return ""
    return _("%(x)s of %(n)s, or %(rate)s in 100") % {
        "x": locale.number(ratio[0]),
        "n": locale.number(ratio[1]),
        "rate": words.hundred(ratio),
    }


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell: its column's words (for a phone) and what stands there; ``held``: it may not be shown."""

    label: str
    text: str
    held: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: heads, and rows of a name and cells."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[TableCell, ...]], ...]


def table(shape: MeasureShape, places: Sequence[tuple[str, Place]], first_head: str) -> Rows:
    """One row for each named place."""
    heads = _heads(shape)
    rows = tuple((name, tuple(_cells(shape, place, heads))) for name, place in places)
    return Rows((first_head, *heads), rows)


def _heads(shape: MeasureShape) -> list[str]:
    if shape.definition.kind is Kind.MEDIAN_DAYS:
        sent = words.COUNTED_AS[shape.definition.first_base.denominator]
        return [_(sent), _("Days for half")]
    heads = []
    for i, base in enumerate(shape.definition.bases):
        if i == 0:
            heads.append(_(words.COUNTED_AS[base.numerator]))
        heads += [_(words.COUNTED_AS[base.denominator]), _("In every 100")]
        if i == 0:
            heads.append(_("Likely between"))
    return heads


def _cells(shape: MeasureShape, place: Place, heads: Sequence[str]) -> list[TableCell]:
    texts: list[str | None]
    number = words.locale().number
    released = shape.released
    if shape.definition.kind is Kind.MEDIAN_DAYS:
        sent, median = released.count(place, "sent").value, released.median(place)
        not_yet = _("not reached yet") if median.state is Shown.NOT_REACHED else None
        texts = [_number(sent), not_yet if median.value is None else number(median.value)]
    else:
        texts = []
        for i, base in enumerate(shape.definition.bases):
            x = released.count(place, base.numerator).value
            n = released.count(place, base.denominator).value
            ratio = released.ratio(place, base)
            if i == 0:
                texts.append(_number(x))
            nobody = "–" if n == 0 else None
            texts += [_number(n), nobody if ratio is None else words.hundred(ratio)]
            if i == 0:
                texts.append(nobody if ratio is None else _between(ratio))
    held = _("Held back")
    return [
        TableCell(head, text if text is not None else held, text is None)
        for head, text in zip(heads, texts, strict=True)
    ]


def _number(value: int | None) -> str | None:
    return None if value is None else words.locale().number(value)


def _between(ratio: tuple[int, int]) -> str:
    band, number = wilson(*ratio), words.locale().number
    return _("%(low)s and %(high)s") % {"low": number(100 * band.low), "high": number(100 * band.high)}


HEADS = (
    "measure", "version", "grain", "period", "partner", "of", "numerator", "denominator",
    "in_every_100", "low_95", "high_95", "median_days", "state",
)  # fmt: skip


def csv(shape: MeasureShape, names: dict[str, str]) -> str:
    """Everything that the page may show, by stable English keys. ``names``: the partners who are in it."""
    records: list[tuple[object, ...]] = []
    order = {Grain.MONTH: 0, Grain.QUARTER: 1}
    for place in sorted(shape.released, key=lambda p: (order[p.grain], p.first, names.get(p.who, ""))):
        if place.who == WHOLE or place.who in names:
            records += [_record(shape, place, base, names) for base in shape.definition.bases]
    return write_csv(HEADS, records)


def _record(shape: MeasureShape, place: Place, base: Base, names: dict[str, str]) -> tuple[object, ...]:
    released, definition = shape.released, shape.definition
    head = (
        definition.id, definition.version, place.grain.value, str(Period(place.first, place.grain)),
        names.get(place.who, ""), base.id,
    )  # fmt: skip
    n = released.count(place, base.denominator).value
    if definition.kind is Kind.MEDIAN_DAYS:
        median = released.median(place)
        return (*head, None, n, None, None, None, median.value, median.state.value)
    ratio = released.ratio(place, base)
    x = released.count(place, base.numerator).value
    if ratio is None:
        state = Shown.SHOWN if x is not None and n is not None else Shown.HELD
        return (*head, x, n, None, None, None, None, state.value)
    band = wilson(*ratio)
    rates = (in_hundred(*ratio, digits=1), round(100 * band.low, 1), round(100 * band.high, 1))
    return (*head, *ratio, *rates, None, Shown.SHOWN.value)
