"""Horizontal bars with how sure each is: for comparing places without making a league table of them."""

from dataclasses import dataclass

from commonweal.foundation.ui.charts.base import HELD_BACK, Chart, Column, Drawing, Table, Unit, scale
from commonweal.foundation.ui.charts.svg import element, label, picture
from commonweal.kernel.words import N_

_ROW, _HEAD = 50, 8


@dataclass(frozen=True, slots=True)
class Bar:
    """One row. A held bar has no numbers at all. ``low`` and ``high`` bound where the truth may lie."""

    name: str
    value: float | None
    numerator: int | None = None
    denominator: int | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True)
class BarChart(Chart):
    """Bars in the order given: by name, or by a value that may be shown, never by one that may not."""

    bars: tuple[Bar, ...]
    unit: Unit = Unit.IN_HUNDRED
    target: float | None = None
    name_words: str = ""
    numerator_words: str = ""
    denominator_words: str = ""

    @property
    def shown(self) -> list[Bar]:
        return [bar for bar in self.bars if bar.value is not None]

    @property
    def sentence(self) -> str:
        held = len(self.bars) - len(self.shown)
        said = self.locale.fill(N_("%(n)s are shown."), n=len(self.shown))
        return f"{said} {self.locale.fill(N_('%(n)s are held back.'), n=held)}" if held else said

    def desc(self, drawing: Drawing = Drawing.WIDE) -> str:
        said = [
            self.locale.fill(N_("%(name)s: %(value)s."), name=bar.name, value=self._said(bar))
            for bar in self.shown
        ]
        if self.target is not None:
            target = self.unit.say(self.target, self.locale)
            said.append(self.locale.fill(N_("The target line is at %(value)s."), value=target))
        held = [bar.name for bar in self.bars if bar.value is None]
        if held:
            said.append(self.locale.fill(N_("Held back: %(names)s."), names=self.locale.several(held)))
        return " ".join(said) or self.locale.say(N_("Nothing can be shown."))

    def _said(self, bar: Bar) -> str:
        value = self.unit.say(bar.value or 0, self.locale)
        if bar.low is None or bar.high is None:
            return value
        number = self.locale.number
        return self.locale.fill(
            N_("%(value)s (between %(low)s and %(high)s)"),
            value=value,
            low=number(bar.low),
            high=number(bar.high),
        )

    def table(self) -> Table:
        say, number = self.locale.say, self.locale.number
        columns = (
            Column(self.name_words or say(N_("Name")), "name", is_number=False),
            Column(self.numerator_words or say(N_("Number")), "numerator"),
            Column(self.denominator_words or say(N_("Out of")), "denominator"),
            Column(say(N_("In every 100")) if self.unit is Unit.IN_HUNDRED else self.title, str(self.unit)),
            Column(say(N_("At least")), "low"),
            Column(say(N_("At most")), "high"),
        )
        rows = []
        for bar in self.bars:
            values = (bar.numerator, bar.denominator, bar.value, bar.low, bar.high)
            rows.append((bar.name, *(say(HELD_BACK) if v is None else number(v) for v in values)))
        return Table(self.title, columns, tuple(rows))

    def records(self) -> list[tuple[object, ...]]:
        def short(value: float | None) -> float | None:
            return None if value is None else round(value, 1)

        return [
            (b.name, b.numerator, b.denominator, short(b.value), short(b.low), short(b.high))
            for b in self.bars
        ]

    def svg(self, drawing: Drawing = Drawing.WIDE) -> str:
        width = 760 if drawing is Drawing.WIDE else 360
        height = _HEAD + _ROW * max(1, len(self.bars))
        values = [v for bar in self.shown for v in (bar.value, bar.high) if v is not None]
        top = 100.0 if self.unit is Unit.IN_HUNDRED else scale(values, self.unit)[1]
        body: list[str] = []
        for i, bar in enumerate(self.bars):
            body += self._row(bar, _HEAD + _ROW * i, width, top)
        if self.target is not None:
            x = width * self.target / top
            body.append(element("line", class_="c-target", x1=x, x2=x, y1=_HEAD, y2=height - 6))
        name = f"{self.id}-{drawing[0]}"
        return picture((width, height), name, self.title, self.desc(drawing), body, drawing.kind)

    def _row(self, bar: Bar, y: float, width: float, top: float) -> list[str]:
        line = y + 28
        out = [
            label(bar.name, 0, y + 14, kind="strong"),
            element("line", class_="c-grid", x1=0, x2=width, y1=line, y2=line),
        ]
        if bar.value is None:
            out.append(label(self.locale.say(HELD_BACK), width, y + 14, anchor="end"))
            return out
        out.append(label(self.unit.say(bar.value, self.locale), width, y + 14, kind="strong", anchor="end"))
        long = max(1.0, width * bar.value / top)
        out.append(element("rect", class_="c-last", x=0, y=line - 5, width=long, height=10, rx=2))
        if bar.low is not None and bar.high is not None:
            left, right, under = width * bar.low / top, width * bar.high / top, line + 11
            out.append(element("line", class_="c-whisker", x1=left, x2=right, y1=under, y2=under))
            for x in (left, right):
                out.append(element("line", class_="c-whisker", x1=x, x2=x, y1=under - 3, y2=under + 3))
        return out
