"""A small multiple: one place among several, on one scale, with the whole as a thin line behind it."""

from dataclasses import dataclass

from commonweal.foundation.ui.charts.base import HELD_BACK, Chart, Column, Drawing, Table, Unit
from commonweal.foundation.ui.charts.svg import element, picture
from commonweal.kernel.words import N_

_WIDTH, _HEIGHT = 240, 84


@dataclass(frozen=True, kw_only=True)
class Spark(Chart):
    """``values`` and ``ghost`` in the order of ``labels``; ``None`` is held back. ``low`` and ``high`` are
    the scale that all the multiples beside it share."""

    labels: tuple[str, ...]
    values: tuple[float | None, ...]
    low: float
    high: float
    ghost: tuple[float | None, ...] = ()
    target: float | None = None
    unit: Unit = Unit.IN_HUNDRED

    @property
    def shown(self) -> list[tuple[str, float]]:
        return [(at, v) for at, v in zip(self.labels, self.values, strict=True) if v is not None]

    @property
    def sentence(self) -> str:
        return self.desc()

    def desc(self, drawing: Drawing = Drawing.WIDE) -> str:
        shown = self.shown
        if not shown:
            return self.locale.say(N_("Nothing can be shown."))
        (first, a), (last, b) = shown[0], shown[-1]
        if len(shown) == 1:
            return self.locale.fill(
                N_("%(value)s, %(when)s."), value=self.unit.say(a, self.locale), when=first
            )
        return self.locale.fill(
            N_("From %(a)s, %(first)s, to %(b)s, %(last)s."),
            a=self.unit.say(a, self.locale),
            first=first,
            b=self.unit.say(b, self.locale),
            last=last,
        )

    def table(self) -> Table:
        say, number = self.locale.say, self.locale.number
        columns = (Column(say(N_("When")), "period", is_number=False), Column(self.title, str(self.unit)))
        rows = [
            (at, say(HELD_BACK) if value is None else number(value))
            for at, value in zip(self.labels, self.values, strict=True)
        ]
        return Table(self.title, columns, tuple(rows))

    def records(self) -> list[tuple[object, ...]]:
        return [
            (at, None if v is None else round(v, 1)) for at, v in zip(self.labels, self.values, strict=True)
        ]

    def svg(self, drawing: Drawing = Drawing.WIDE) -> str:
        """One drawing serves both widths: it holds no words. Only its id tells which was asked for."""
        body = [element("line", class_="c-base", x1=0, x2=_WIDTH, y1=_HEIGHT - 1, y2=_HEIGHT - 1)]
        if self.target is not None:
            y = self._y(self.target)
            body.append(element("line", class_="c-target", x1=0, x2=_WIDTH, y1=y, y2=y))
        body += self._polylines(self.ghost, "c-ghost")
        body += self._polylines(self.values, "c-line")
        body += self._dots()
        return picture((_WIDTH, _HEIGHT), f"{self.id}-{drawing[0]}", self.title, self.desc(), body)

    def _dots(self) -> list[str]:
        """The newest point, and those that stand alone between held ones, since no line reaches them."""
        shown = [i for i, value in enumerate(self.values) if value is not None]
        out = []
        for i in shown:
            alone = i - 1 not in shown and i + 1 not in shown
            if i == shown[-1] or alone:
                kind, radius = ("c-dot c-last", 4) if i == shown[-1] else ("c-dot", 2.5)
                place = self._y(self.values[i] or 0)
                out.append(element("circle", class_=kind, cx=self._x(i), cy=place, r=radius))
        return out

    def _polylines(self, values: tuple[float | None, ...], kind: str) -> list[str]:
        out, run = [], list[str]()
        for i, value in enumerate((*values, None)):
            if value is not None:
                run.append(f"{self._x(i):.1f},{self._y(value):.1f}")
                continue
            if len(run) > 1:
                out.append(element("polyline", class_=kind, points=" ".join(run)))
            run = []
        return out

    def _x(self, i: int) -> float:
        return 6 + (_WIDTH - 16) * (i / (len(self.values) - 1) if len(self.values) > 1 else 0.5)

    def _y(self, value: float) -> float:
        span = self.high - self.low
        share = (value - self.low) / span if span else 0.5
        return 6 + (_HEIGHT - 18) * (1 - min(1.0, max(0.0, share)))
