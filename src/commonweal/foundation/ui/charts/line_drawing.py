"""How a line chart is drawn."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from commonweal.foundation.ui.charts.base import Drawing, scale
from commonweal.foundation.ui.charts.svg import element, label, picture
from commonweal.kernel.words import N_

if TYPE_CHECKING:
    from commonweal.foundation.ui.charts.lines import LineChart


@dataclass(frozen=True, slots=True)
class Point:
    """One month. A held point has no value; its counts are passed in only where they may be shown."""

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
class Frame:
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
    step: float

    def x(self, when: date) -> float:
        span = self.last - self.first
        return self.left + (self.right - self.left) * (
            (month_number(when) - self.first) / span if span else 0.5
        )

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.bottom - (self.bottom - self.top) * min(1.0, max(0.0, share))


def month_number(day: date) -> float:
    """Months since year 0, with the day as a part of one."""
    return day.year * 12 + day.month - 1 + (day.day - 1) / 31


class LineDrawing:
    """One drawing of a line chart."""

    def __init__(self, chart: "LineChart", drawing: Drawing) -> None:
        self.chart, self.drawing = chart, drawing
        self.wide = drawing is Drawing.WIDE
        self.points = chart.months(drawing)
        self.shown = [(p, p.value) for p in self.points if p.value is not None]
        self.frame = self._frame()

    def svg(self) -> str:
        chart = self.chart
        body = [
            *self._grid(),
            *self._target_and_median(),
            *self._decisions(),
            *self._line(),
            *self._end_labels(),
            *self._median_label(),
            *self._note_letters(),
            *self._axis(),
        ]
        name = f"{chart.id}-{self.drawing[0]}"
        return picture(self.frame.box, name, chart.title, chart.desc(self.drawing), body, self.drawing.kind)

    def _frame(self) -> Frame:
        chart = self.chart
        lines = [value for value in (chart.target, chart.median) if value is not None]
        low, high, step = scale([value for _, value in self.shown] + lines, chart.unit)
        first = month_number(self.points[0].when) if self.points else 0.0
        last = month_number(self.points[-1].when) if self.points else 0.0
        if self.wide:
            return Frame((760, 340), 36, 664, 34, 306, first, last, low, high, step)
        return Frame((360, 300), 36, 346, 34, 266, first, last, low, high, step)

    def _across(self, kind: str, y: float, right: float | None = None) -> str:
        frame = self.frame
        end = frame.right if right is None else right
        return element("line", class_=kind, x1=frame.left, x2=end, y1=y, y2=y)

    def _grid(self) -> list[str]:
        frame, target, out = self.frame, self.chart.target, []
        for i in range(int((frame.high - frame.low) / frame.step + 0.5) + 1):
            value = frame.low + i * frame.step
            y = frame.y(value)
            if target is None or abs(value - target) > frame.step / 4:
                out.append(self._across("c-base" if i == 0 else "c-grid", y))
            out.append(label(self.chart.locale.number(value), frame.left - 8, y + 4, anchor="end"))
        return out

    def _target_and_median(self) -> list[str]:
        chart, frame, out = self.chart, self.frame, []
        if chart.target is not None:
            out.append(self._across("c-target", frame.y(chart.target)))
        if chart.median is not None:
            end = frame.x(chart.median_to) if chart.median_to else frame.right
            end = min(frame.right, max(frame.left + 24, end))
            out.append(self._across("c-median", frame.y(chart.median), end))
        return out

    def _decisions(self) -> list[str]:
        frame, out = self.frame, []
        for row, mark in enumerate(self.chart.marks_within(self.drawing)):
            x, y = min(frame.right, frame.x(mark.when)), 26 - 18 * (row % 2)
            before = x - frame.left > (frame.right - frame.left) / 2
            out.append(element("line", class_="c-decision", x1=x, x2=x, y1=y, y2=frame.bottom))
            out.append(element("circle", class_="c-decision-dot", cx=x, cy=y, r=5))
            text = mark.words if self.wide else mark.short
            at, anchor = (x - 10, "end") if before else (x + 10, None)
            out.append(label(text, at, y + 3, kind="strong", anchor=anchor))
        return out

    def _line(self) -> list[str]:
        """The line breaks where a month is held back: nothing is drawn there, not even a guess."""
        frame, out, run = self.frame, [], list[str]()
        for point in (*self.points, None):
            if point is not None and point.value is not None:
                run.append(f"{frame.x(point.when):.1f},{frame.y(point.value):.1f}")
                continue
            if len(run) > 1:
                out.append(element("polyline", class_="c-line", points=" ".join(run)))
            run = []
        for i, (point, value) in enumerate(self.shown, 1):
            kind, radius = ("c-dot c-last", 5) if i == len(self.shown) else ("c-dot", 3)
            x, y = frame.x(point.when), frame.y(value)
            out.append(element("circle", class_=kind, cx=x, cy=y, r=radius))
        return out

    def _end_labels(self) -> list[str]:
        """What the target and the last point are called; on the wide drawing at the right, kept apart."""
        chart, frame, out = self.chart, self.frame, []
        taken: list[float] = []
        if chart.target is not None:
            y = frame.y(chart.target)
            words = chart.locale.fill(N_("Target %(n)s"), n=chart.locale.number(chart.target))
            x, y_text = (frame.right + 10, y + 4) if self.wide else (frame.left + 4, y - 7)
            out.append(label(words, x, y_text, kind="c-target-t"))
            taken.append(y)
        if not self.shown:
            return out
        point, value = self.shown[-1]
        x, y = frame.x(point.when), frame.y(value)
        if self.wide:
            said = chart.unit.say(value, chart.locale)
            return [*out, label(said, x + 10, _apart(y, taken) + 5, kind="voice")]
        y = y + 24 if y + 24 < frame.bottom else y - 12
        return [*out, label(chart.locale.number(value), x, y, kind="voice", anchor="end")]

    def _median_label(self) -> list[str]:
        """At the foot, where the scale always leaves room."""
        chart, frame = self.chart, self.frame
        if chart.median is None:
            return []
        words = N_("Dotted: the middle of the time before, %(n)s")
        text = chart.locale.fill(words, n=chart.locale.number(chart.median))
        return [label(text, frame.left + 6, frame.bottom - 8)]

    def _note_letters(self) -> list[str]:
        places = {point.when: (self.frame.x(point.when), self.frame.y(v) + 20) for point, v in self.shown}
        out = []
        for note in self.chart.notes:
            if note.when in places:
                x, y = places[note.when]
                out.append(element("circle", class_="c-note", cx=x, cy=y, r=9))
                out.append(label(note.letter, x, y + 4.5, kind="strong", anchor="middle"))
        return out

    def _axis(self) -> list[str]:
        chart, last = self.chart, len(self.points) - 1
        most = (4 if chart.quarterly else 5) if self.wide else 3
        count = min(most, len(self.points))
        out = []
        for place in sorted({round(i * last / max(1, count - 1)) for i in range(count)}):
            when = self.points[place].when
            anchor = "middle" if last == 0 else {0: "start", last: "end"}.get(place, "middle")
            short = not self.wide and 0 < place < last
            text = chart.when_only(when) if short else chart.when_short(when)
            out.append(label(text, self.frame.x(when), self.frame.box[1] - 10, anchor=anchor))
        return out


def _apart(y: float, taken: list[float]) -> float:
    """Move a label off another that it would cover, to the side on which its point lies."""
    for other in taken:
        if abs(y - other) < 18:
            return other + 18 if y >= other else other - 18
    return y
