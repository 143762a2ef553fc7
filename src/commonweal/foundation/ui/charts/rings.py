"""Seats around a table: who sits, whose place is empty, which are the residents'."""

from dataclasses import dataclass
from math import cos, pi, sin

from commonweal.foundation.ui.charts.base import Chart, Column, Drawing, Table
from commonweal.foundation.ui.charts.svg import element, label, picture
from commonweal.kernel.words import N_

_SIZE, _RADIUS, _TABLE = 300.0, 128.0, 94.0


@dataclass(frozen=True, slots=True)
class Seat:
    """One place: ``name`` says for whom, ``holder`` who sits there now (empty: nobody)."""

    name: str
    filled: bool
    resident: bool = False
    holder: str = ""


@dataclass(frozen=True, kw_only=True)
class SeatRing(Chart):
    """The seats in their order, the first at the top, clockwise."""

    seats: tuple[Seat, ...]

    @property
    def filled(self) -> int:
        return sum(seat.filled for seat in self.seats)

    @property
    def sentence(self) -> str:
        return self.locale.fill(N_("%(n)s of %(of)s seats are filled."), n=self.filled, of=len(self.seats))

    def desc(self, drawing: Drawing = Drawing.WIDE) -> str:
        residents = [seat for seat in self.seats if seat.resident]
        others = len(self.seats) - len(residents)
        filled = sum(seat.filled for seat in residents)
        return self.locale.fill(
            N_(
                "%(all)s seats around a table. For organizations: %(others)s, of which %(others_filled)s "
                "filled. For residents: %(residents)s, of which %(residents_filled)s filled."
            ),
            all=len(self.seats),
            others=others,
            others_filled=self.filled - filled,
            residents=len(residents),
            residents_filled=filled,
        )

    def table(self) -> Table:
        say = self.locale.say
        columns = (
            Column(say(N_("Seat")), "seat", is_number=False),
            Column(say(N_("Kind")), "kind", is_number=False),
            Column(say(N_("Who sits there")), "holder", is_number=False),
        )
        rows = [
            (
                seat.name,
                say(N_("Resident") if seat.resident else N_("Organization")),
                seat.holder or say(N_("Filled") if seat.filled else N_("Empty")),
            )
            for seat in self.seats
        ]
        return Table(self.title, columns, tuple(rows))

    def records(self) -> list[tuple[object, ...]]:
        return [
            (seat.name, "resident" if seat.resident else "organization", seat.holder if seat.filled else None)
            for seat in self.seats
        ]

    def svg(self, drawing: Drawing = Drawing.WIDE) -> str:
        """One drawing serves both widths; only its id tells which was asked for."""
        centre = _SIZE / 2
        radius = min(13.0, 0.42 * 2 * pi * _RADIUS / max(1, len(self.seats)))
        body = [element("circle", class_="t-top", cx=centre, cy=centre, r=_TABLE)]
        for i, seat in enumerate(self.seats):
            angle = 2 * pi * i / len(self.seats)
            kind = ("s-res" if seat.resident else "s-org") + ("" if seat.filled else " s-empty")
            x, y = centre + _RADIUS * sin(angle), centre - _RADIUS * cos(angle)
            body.append(element("circle", class_=kind, cx=x, cy=y, r=radius))
        count = self.locale.fill(N_("%(n)s of %(of)s"), n=self.filled, of=len(self.seats))
        body.append(label(count, centre, 152, anchor="middle"))
        body.append(label(self.locale.say(N_("seats filled")), centre, 176, kind="sub", anchor="middle"))
        return picture((_SIZE, _SIZE), f"{self.id}-{drawing[0]}", self.title, self.desc(), body)
