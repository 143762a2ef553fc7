"""A line over months: the run chart of a measure, with target, median, decisions and notes."""

from dataclasses import dataclass
from datetime import date

from commonweal.foundation.ui.charts.base import HELD_BACK, Chart, Column, Drawing, Table, Unit, scale
from commonweal.foundation.ui.charts.svg import element, label, picture
from commonweal.kernel.words import N_


@dataclass(frozen=True, slots=True)
class Point:
    """One month. A held point has no value, and its counts are not passed in."""

    when: date
    value: float | None
    numerator: int | None = None
    denominator: int | None = None

    @property
    def is_held(self) -> bool:
        return self.value is None


@dataclass(frozen=True, slots=True)
class Mark:
    """A decision on the time axis, in words and in a few of them."""

    when: date
    words: str
    short: str


@dataclass(frozen=True, slots=True)
class Note:
    """A letter beside a point, explained on the page."""

    when: date
    letter: str
    words: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where things lie in one drawing."""

    box: tuple[float, float]
    left: float
    right: float
    top: float
    bottom: float
    first: float
    last: float
    low: float
    high: float

    def x(self, when: date) -> float:
        span = self.last - self.first
        return self.left + (self.right - self.left) * ((_month(when) - self.first) / span if span else 0.5)

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.bottom - (self.bottom - self.top) * min(1.0, max(0.0, share))


def _month(day: date) -> float:
    return day.year * 12 + day.month - 1 + (day.day - 1) / 31


@dataclass(frozen=True, kw_only=True)
class LineChart(Chart):
    """Months in order. ``median`` is the middle of the months up to ``median_to``, both included.

    ``numerator_words`` and ``denominator_words`` head the table's columns of counts; without them it has none.
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

    # -- words -----------------------------------------------------------------------------------------

    @property
    def shown(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.value is not None)

    @property
    def sentence(self) -> str:
        last = next(reversed(self.shown), None)
        if last is None or last.value is None:
            return self.locale.say(N_("There is nothing to show yet."))
        month, value = self.locale.month(last.when), self.unit.say(last.value, self.locale)
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
        points = [point for point in self._months(drawing) if point.value is not None]
        said = self._said_of(points)
        if self.target is not None:
            said.append(self._fill(N_("The target line is at %(value)s."), self.target))
        if self.median is not None:
            said.append(self._fill(N_("The middle of the months before is %(value)s."), self.median))
        for mark in self._within(self.marks, drawing):
            said.append(
                self.locale.fill(
                    N_("%(month)s: %(what)s."), month=self.locale.month(mark.when), what=mark.words
                )
            )
        held = [self.locale.month(p.when) for p in self._months(drawing) if p.is_held]
        if held:
            said.append(self.locale.fill(N_("Held back: %(months)s."), months=self.locale.several(held)))
        return " ".join(said)

    def _said_of(self, points: list[Point]) -> list[str]:
        if not points:
            return [self.locale.say(N_("No month can be shown."))]
        first, last = points[0], points[-1]
        low, high = min(points, key=_value), max(points, key=_value)
        say, month = self.locale.fill, self.locale.month
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
        counts = []
        if self.numerator_words:
            counts.append(Column(self.numerator_words, "numerator"))
        if self.denominator_words:
            counts.append(Column(self.denominator_words, "denominator"))
        value = self.value_words or say(
            N_("Days") if self.unit is Unit.DAYS else N_("In every 100") if self._in_hundred else N_("Number")
        )
        return (Column(say(N_("Month")), "month", is_number=False), *counts, Column(value, str(self.unit)))

    @property
    def _in_hundred(self) -> bool:
        return self.unit is Unit.IN_HUNDRED

    def _row(self, point: Point) -> tuple[str, ...]:
        number = self.locale.number
        held = self.locale.say(HELD_BACK)
        cells = [self.locale.month_short(point.when)]
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
            found.append((f"{point.when:%Y-%m}", *counts, value))
        return found

    # -- drawing ---------------------------------------------------------------------------------------

    def svg(self, drawing: Drawing = Drawing.WIDE) -> str:
        frame = self._frame(drawing)
        body = [
            *self._grid(frame),
            *self._lines(frame, drawing),
            *self._line(frame, drawing),
            *self._labels(frame, drawing),
            *self._months_axis(frame, drawing),
        ]
        return picture(
            frame.box, f"{self.id}-{drawing[0]}", self.title, self.desc(drawing), body, drawing.kind
        )

    def _months(self, drawing: Drawing) -> tuple[Point, ...]:
        return self.points if drawing is Drawing.WIDE else self.points[-self.narrow_months :]

    def _within(self, marks: tuple[Mark, ...], drawing: Drawing) -> list[Mark]:
        months = self._months(drawing)
        if not months:
            return []
        return [m for m in marks if _month(months[0].when) <= _month(m.when) <= _month(months[-1].when) + 1]

    def _frame(self, drawing: Drawing) -> _Frame:
        months = self._months(drawing)
        values = [_value(p) for p in months if p.value is not None]
        low, high, _step = scale(values + [v for v in (self.target, self.median) if v is not None], self.unit)
        first = _month(months[0].when) if months else 0.0
        last = _month(months[-1].when) if months else 0.0
        if drawing is Drawing.WIDE:
            return _Frame((760, 340), 36, 664, 34, 306, first, last, low, high)
        return _Frame((360, 300), 36, 346, 34, 266, first, last, low, high)

    def _grid(self, frame: _Frame) -> list[str]:
        _low, _high, step = scale([frame.low, frame.high], self.unit)
        step = max(step, (frame.high - frame.low) / 6)
        out, value = [], frame.low
        while value <= frame.high + step / 1000:
            y = frame.y(value)
            if self.target is None or abs(value - self.target) > step / 4:
                kind = "c-base" if value == frame.low else "c-grid"
                out.append(element("line", class_=kind, x1=frame.left, x2=frame.right, y1=y, y2=y))
            out.append(label(self.locale.number(value), frame.left - 8, y + 4, anchor="end"))
            value += step
        return out

    def _lines(self, frame: _Frame, drawing: Drawing) -> list[str]:
        out = []
        if self.target is not None:
            y = frame.y(self.target)
            out.append(element("line", class_="c-target", x1=frame.left, x2=frame.right, y1=y, y2=y))
        if self.median is not None:
            y = frame.y(self.median)
            end = min(
                frame.right, max(frame.left, frame.x(self.median_to) if self.median_to else frame.right)
            )
            out.append(element("line", class_="c-median", x1=frame.left, x2=end, y1=y, y2=y))
        for mark in self._within(self.marks, drawing):
            x = min(frame.right, frame.x(mark.when))
            out.append(element("line", class_="c-decision", x1=x, x2=x, y1=26, y2=frame.bottom))
            out.append(element("circle", class_="c-decision-dot", cx=x, cy=26, r=5))
            before = x - frame.left > (frame.right - frame.left) / 2
            text = mark.words if drawing is Drawing.WIDE else mark.short
            out.append(
                label(text, x - 10 if before else x + 10, 29, kind="strong", anchor="end" if before else None)
            )
        return out

    def _line(self, frame: _Frame, drawing: Drawing) -> list[str]:
        out, run = [], list[tuple[float, float]]()
        months = self._months(drawing)
        last = next((p for p in reversed(months) if p.value is not None), None)
        for point in (*months, None):
            if point is not None and point.value is not None:
                run.append((frame.x(point.when), frame.y(point.value)))
                continue
            if len(run) > 1:
                out.append(
                    element("polyline", class_="c-line", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in run))
                )
            run = []
        for point in months:
            if point.value is not None:
                kind, radius = ("c-dot c-last", 5) if point is last else ("c-dot", 3)
                out.append(
                    element("circle", class_=kind, cx=frame.x(point.when), cy=frame.y(point.value), r=radius)
                )
        return out

    def _labels(self, frame: _Frame, drawing: Drawing) -> list[str]:
        wide = drawing is Drawing.WIDE
        out = []
        taken: list[float] = []
        if self.target is not None:
            y = frame.y(self.target)
            words = self.locale.fill(N_("Target %(n)s"), n=self.locale.number(self.target))
            out.append(label(words, frame.right + 10 if wide else frame.left + 4, y + 4 if wide else y - 7,
                             kind="c-target-t"))  # fmt: skip
            taken.append(y)
        last = next((p for p in reversed(self._months(drawing)) if p.value is not None), None)
        if last is not None and last.value is not None:
            y = frame.y(last.value)
            if wide:
                y = _apart(y, taken) + 5
                out.append(label(self.unit.say(last.value, self.locale), frame.right + 10, y, kind="voice"))
            else:
                y = y + 24 if y + 24 < frame.bottom else y - 12
                number = self.locale.number(last.value)
                out.append(label(number, frame.x(last.when), y, kind="voice", anchor="end"))
        return out + self._median_label(frame, drawing) + self._note_letters(frame, drawing)

    def _median_label(self, frame: _Frame, drawing: Drawing) -> list[str]:
        if self.median is None:
            return []
        months = [_value(p) for p in self._months(drawing) if p.value is not None]
        start = months[: max(1, len(months) // 3)]
        crowded_above = sum(v > self.median for v in start) * 2 > len(start)
        y = frame.y(self.median) + (20 if crowded_above else -14)
        n = self.locale.number(self.median)
        if drawing is Drawing.WIDE:
            words = self.locale.fill(N_("Middle of the months before: %(n)s"), n=n)
        else:
            words = self.locale.fill(N_("Dotted: middle before, %(n)s"), n=n)
        return [label(words, frame.left + 6, min(frame.bottom - 6, y))]

    def _note_letters(self, frame: _Frame, drawing: Drawing) -> list[str]:
        by_month = {p.when: p for p in self._months(drawing) if p.value is not None}
        out = []
        for note in self.notes:
            point = by_month.get(note.when)
            if point is not None and point.value is not None:
                x, y = frame.x(point.when), frame.y(point.value) + 20
                out.append(element("circle", class_="c-note", cx=x, cy=y, r=9))
                out.append(label(note.letter, x, y + 4.5, kind="strong", anchor="middle"))
        return out

    def _months_axis(self, frame: _Frame, drawing: Drawing) -> list[str]:
        months = self._months(drawing)
        if not months:
            return []
        wanted = 5 if drawing is Drawing.WIDE else 3
        count = min(wanted, len(months))
        places = sorted({round(i * (len(months) - 1) / max(1, count - 1)) for i in range(count)})
        out = []
        for place in places:
            when = months[place].when
            ends = {0: "start", len(months) - 1: "end"}
            anchor = "middle" if len(months) == 1 else ends.get(place, "middle")
            plain = drawing is Drawing.NARROW and place not in ends
            text = self.locale.month_only(when) if plain else self.locale.month_short(when)
            out.append(label(text, frame.x(when), frame.box[1] - 10, anchor=anchor))
        return out


def _value(point: Point) -> float:
    if point.value is None:
        raise ValueError("a held point has no value")
    return point.value


def _apart(y: float, taken: list[float]) -> float:
    """Move a label off another that it would cover, to the side on which its point lies."""
    for other in taken:
        if abs(y - other) < 18:
            return other + 18 if y >= other else other - 18
    return y
