"""Ranges on a track: where each group's answers lie, without naming any single one."""

from dataclasses import dataclass

from commonweal.foundation.ui.charts.base import Chart, Column, Drawing, Table
from commonweal.foundation.ui.charts.svg import element, label, picture
from commonweal.kernel.words import N_

_ROW = 48


@dataclass(frozen=True, slots=True)
class Stretch:
    """One group: from ``low`` to ``high``, said as ``words``; ``at`` marks a place on the track, such as the
    share of seats. ``resident`` wears the residents' color."""

    name: str
    low: float
    high: float
    words: str
    at: float | None = None
    resident: bool = False


@dataclass(frozen=True, kw_only=True)
class RangeChart(Chart):
    """Stretches on tracks that all run from ``least`` to ``most``."""

    stretches: tuple[Stretch, ...]
    least: float = 0
    most: float = 100
    at_words: str = ""

    @property
    def sentence(self) -> str:
        return self.desc()

    def desc(self, drawing: Drawing = Drawing.WIDE) -> str:
        said = [
            self.locale.fill(N_("%(name)s: %(value)s."), name=one.name, value=self._said(one))
            for one in self.stretches
        ]
        return " ".join(said) or self.locale.say(N_("Nothing can be shown."))

    def _said(self, one: Stretch) -> str:
        if one.at is None or not self.at_words:
            return one.words
        return f"{one.words}; {self.at_words} {self.locale.number(one.at)}"

    def table(self) -> Table:
        say, number = self.locale.say, self.locale.number
        columns = [
            Column(say(N_("Name")), "name", is_number=False),
            Column(say(N_("From")), "low"),
            Column(say(N_("To")), "high"),
        ]
        rows = [[one.name, number(one.low), number(one.high)] for one in self.stretches]
        if self.at_words:
            columns.append(Column(self.at_words, "at"))
            for row, one in zip(rows, self.stretches, strict=True):
                row.append("" if one.at is None else number(one.at))
        return Table(self.title, tuple(columns), tuple(tuple(row) for row in rows))

    def records(self) -> list[tuple[object, ...]]:
        return [
            (one.name, one.low, one.high, one.at) if self.at_words else (one.name, one.low, one.high)
            for one in self.stretches
        ]

    def svg(self, drawing: Drawing = Drawing.WIDE) -> str:
        width = 760 if drawing is Drawing.WIDE else 360
        body: list[str] = []
        for i, one in enumerate(self.stretches):
            y = _ROW * i
            body.append(label(one.name, 0, y + 16, kind="strong"))
            body.append(label(one.words, width, y + 16, anchor="end"))
            body += self._track(one, width, y + 32)
        box = (width, _ROW * max(1, len(self.stretches)))
        name = f"{self.id}-{drawing[0]}"
        return picture(box, name, self.title, self.desc(drawing), body, drawing.kind)

    def track(self, one: Stretch) -> str:
        """One track alone, to stand in a row (``.range``) whose words say the same."""
        return element(
            "svg",
            element("line", x1=0, x2=300, y1=8, y2=8),
            self._stretch(one, "bar r" if one.resident else "bar", 300, 8),
            ""
            if one.at is None
            else element("rect", class_="seat", x=self._x(one.at, 300) - 1, width=2, y=0, height=16),
            class_="track",
            viewBox="0 0 300 16",
            preserveAspectRatio="none",
            aria_hidden="true",
        )

    def _track(self, one: Stretch, width: float, y: float) -> list[str]:
        out = [
            element("line", class_="c-grid", x1=0, x2=width, y1=y, y2=y),
            self._stretch(one, "c-resident" if one.resident else "c-last", width, y),
        ]
        if one.at is not None:
            x = self._x(one.at, width)
            out.append(element("line", class_="c-whisker", x1=x, x2=x, y1=y - 8, y2=y + 8))
        return out

    def _stretch(self, one: Stretch, kind: str, width: float, y: float) -> str:
        start = self._x(one.low, width)
        long = max(2.0, self._x(one.high, width) - start)
        return element("rect", class_=kind, x=start, y=y - 4, width=long, height=8, rx=4)

    def _x(self, value: float, width: float) -> float:
        return width * (value - self.least) / (self.most - self.least)
