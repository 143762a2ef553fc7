"""A line over months: the run chart of a measure, with target, median, decisions and notes."""

from dataclasses import dataclass
from datetime import date

from commonweal.foundation.ui.charts.base import HELD_BACK, Chart, Column, Drawing, Table, Unit
from commonweal.foundation.ui.charts.line_drawing import LineDrawing, Mark, Note, Point, month_number
from commonweal.kernel.words import N_


@dataclass(frozen=True, kw_only=True)
class LineChart(Chart):
    """Months in order, or quarters, each named by its first month.

    ``median`` is the middle of the points up to ``median_to``, both included. ``numerator_words`` and
    ``denominator_words`` head the table's columns of counts; empty, it has none.
    """

    points: tuple[Point, ...]
    unit: Unit = Unit.IN_HUNDRED
    target: float | None = None
    median: float | None = None
    median_to: date | None = None
    marks: tuple[Mark, ...] = ()
    notes: tuple[Note, ...] = ()
    numerator_words: str = ""
    denominator_words: str = ""
    value_words: str = ""
    narrow_months: int = 12
    quarterly: bool = False

    # -- words -----------------------------------------------------------------------------------------

    @property
    def shown(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.value is not None)

    @property
    def sentence(self) -> str:
        last = next(reversed(self.shown), None)
        if last is None or last.value is None:
            return self.locale.say(N_("There is nothing to show yet."))
        month, value = self.when_long(last.when), self.unit.say(last.value, self.locale)
        if last.numerator is None or last.denominator is None:
            return self.locale.fill(N_("%(month)s: %(value)s."), month=month, value=value)
        return self.locale.fill(
            N_("%(month)s: %(x)s of %(n)s, or %(value)s."),
            month=month,
            value=value,
            x=self.locale.number(last.numerator),
            n=self.locale.number(last.denominator),
        )

    def desc(self, drawing: Drawing = Drawing.WIDE) -> str:
        points = [point for point in self.months(drawing) if point.value is not None]
        said = self._said_of(points)
        if self.target is not None:
            said.append(self._fill(N_("The target line is at %(value)s."), self.target))
        if self.median is not None:
            said.append(self._fill(N_("The middle of the time before is %(value)s."), self.median))
        for mark in self.marks_within(drawing):
            said.append(
                self.locale.fill(N_("%(month)s: %(what)s."), month=self.when_long(mark.when), what=mark.words)
            )
        held = [self.when_long(p.when) for p in self.months(drawing) if p.is_held]
        if held:
            said.append(self.locale.fill(N_("Held back: %(months)s."), months=self.locale.several(held)))
        return " ".join(said)

    def _said_of(self, points: list[Point]) -> list[str]:
        if not points:
            return [self.locale.say(N_("Nothing can be shown."))]
        first, last = points[0], points[-1]
        low, high = min(points, key=_value), max(points, key=_value)
        say, month = self.locale.fill, self.when_long
        if len(points) == 1:
            return [
                self._fill(N_("One point: %(value)s in %(month)s."), _value(first), month=month(first.when))
            ]
        return [
            say(
                N_("A line from %(a)s in %(first)s to %(b)s in %(last)s."),
                a=self.unit.say(_value(first), self.locale),
                first=month(first.when),
                b=self.unit.say(_value(last), self.locale),
                last=month(last.when),
            ),
            say(
                N_("Lowest: %(a)s in %(low)s. Highest: %(b)s in %(high)s."),
                a=self.unit.say(_value(low), self.locale),
                low=month(low.when),
                b=self.unit.say(_value(high), self.locale),
                high=month(high.when),
            ),
        ]

    def _fill(self, words: str, value: float, **more: str) -> str:
        return self.locale.fill(words, value=self.unit.say(value, self.locale), **more)

    # -- figures ---------------------------------------------------------------------------------------

    def table(self) -> Table:
        """Newest month first."""
        return Table(self.title, self._columns(), tuple(self._row(p) for p in reversed(self.points)))

    def _columns(self) -> tuple[Column, ...]:
        say = self.locale.say
        first = N_("Quarter") if self.quarterly else N_("Month")
        counts = []
        if self.numerator_words:
            counts.append(Column(self.numerator_words, "numerator"))
        if self.denominator_words:
            counts.append(Column(self.denominator_words, "denominator"))
        value = self.value_words or say(
            N_("Days") if self.unit is Unit.DAYS else N_("In every 100") if self._in_hundred else N_("Number")
        )
        return (
            Column(say(first), "quarter" if self.quarterly else "month", is_number=False),
            *counts,
            Column(value, str(self.unit)),
        )

    @property
    def _in_hundred(self) -> bool:
        return self.unit is Unit.IN_HUNDRED

    def _row(self, point: Point) -> tuple[str, ...]:
        number = self.locale.number
        held = self.locale.say(HELD_BACK)
        cells = [self.when_short(point.when)]
        if self.numerator_words:
            cells.append(held if point.numerator is None else number(point.numerator))
        if self.denominator_words:
            cells.append(held if point.denominator is None else number(point.denominator))
        cells.append(held if point.value is None else number(point.value))
        return tuple(cells)

    def records(self) -> list[tuple[object, ...]]:
        found: list[tuple[object, ...]] = []
        for point in self.points:
            counts: list[object] = []
            if self.numerator_words:
                counts.append(point.numerator)
            if self.denominator_words:
                counts.append(point.denominator)
            value = None if point.value is None else round(point.value, 1)
            found.append((self._key(point.when), *counts, value))
        return found

    # -- drawing ---------------------------------------------------------------------------------------

    def svg(self, drawing: Drawing = Drawing.WIDE) -> str:
        return LineDrawing(self, drawing).svg()

    def when_long(self, when: date) -> str:
        return self.locale.quarter(when) if self.quarterly else self.locale.month(when)

    def when_short(self, when: date) -> str:
        return self.locale.quarter_short(when) if self.quarterly else self.locale.month_short(when)

    def when_only(self, when: date) -> str:
        return self.locale.quarter_only(when) if self.quarterly else self.locale.month_only(when)

    def _key(self, when: date) -> str:
        return f"{when.year:04d}-Q{(when.month + 2) // 3}" if self.quarterly else f"{when:%Y-%m}"

    def months(self, drawing: Drawing) -> tuple[Point, ...]:
        """The points that a drawing has room for."""
        return self.points if drawing is Drawing.WIDE else self.points[-self.narrow_months :]

    def marks_within(self, drawing: Drawing) -> list[Mark]:
        """The decisions that fell into the months drawn."""
        months = self.months(drawing)
        if not months:
            return []
        first, last = (
            month_number(months[0].when),
            month_number(months[-1].when) + (3 if self.quarterly else 1),
        )
        return [mark for mark in self.marks if first <= month_number(mark.when) <= last]


def _value(point: Point) -> float:
    if point.value is None:
        raise ValueError("a held point has no value")
    return point.value
