"""The table: who sits here and who is missing, its bodies and whether each may decide, its organizations."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from commonweal.foundation.access import Actor
from commonweal.foundation.access.web import actor_of, public
from commonweal.kernel.clock import today
from commonweal.partners import queries
from commonweal.partners.access_meetings import is_of_the_table
from commonweal.partners.queries.missing import EXPECTED
from commonweal.partners.shapes import SECTOR_NAMES, BodyShape, PartnerShape, SeatShape, Sector, StandingShape
from commonweal.partners.web.missing_facts import facts_of
from commonweal.partners.web.plan import Chair, Place, around, places
from commonweal.partners.web.seat_rows import body_row, nested, owner, reader
from commonweal.partners.web.ways import is_asked, way


@dataclass(frozen=True, slots=True)
class Row:
    """One partner in the list."""

    partner: PartnerShape
    members: int


@require_safe
@public
def table(request: HttpRequest) -> HttpResponse:
    """Everyone at the table."""
    actor = actor_of(request)
    bodies = queries.bodies()
    main = queries.main_body(bodies)
    context = _organizations(request.GET.get("sector", ""), knows=is_of_the_table(actor))
    context |= {
        "join_at": way(actor, "partner.admit", reverse("partners:join")),
        "found_at": way(actor, "body.found", reverse("partners:new-body")),
        "is_asked": is_asked(actor),
        "table": settings.COLLABORATIVE,
        "main": main,
        "is_mine": bool(actor.account_id),
    }
    if main is not None:
        context |= _bodies(actor, bodies, main)
    return render(request, "partners/table.html", context)


def _organizations(chosen: str, *, knows: bool) -> dict[str, object]:
    """Who is at the table. Residents who sit here are or were served: only those at the table learn names."""
    everyone, counts = queries.present(), queries.member_counts()
    residents = queries.resident_members()
    present: Counter[Sector] = queries.sectors_present()
    shown = [p for p in everyone if not chosen or p.sector.value == chosen]
    return {
        "rows": [Row(p, counts.get(p.id, 0)) for p in shown],
        "total": len(everyone),
        "residents": residents,
        "chosen": chosen if chosen in set(Sector) else "",
        "sectors": [(s.value, SECTOR_NAMES[s], present[s]) for s in EXPECTED if present[s]],
        "missing": [SECTOR_NAMES[s] for s in EXPECTED if not present[s]],
        "unsaid": sum(1 for p in everyone if not p.cannot_do),
        "places": places(
            [p.name for p in everyone], [m.name if knows else _("Resident members") for m in residents]
        ),
        "knows": knows,
        "backbone": queries.backbone(),
    }


def _bodies(actor: Actor, bodies: list[BodyShape], main: BodyShape) -> dict[str, object]:
    ids = [b.id for b in bodies]
    seats, volunteers = queries.seats_of(ids), queries.volunteer_counts(ids)
    standings = queries.standings(ids, today())
    to = reader(actor, [s for of_body in seats.values() for s in of_body])
    panels = queries.panels(actor, None)
    here = seats.get(main.id, [])
    return {
        "body_rows": [
            body_row(b, seats.get(b.id, []), to, standings.get(b.id), volunteers.get(b.id, 0), depth)
            for b, depth in nested(bodies, main)
        ],
        "short": [(b, standings[b.id]) for b in bodies if b.id in standings and standings[b.id].lacking],
        "stopped": sum(not one.may_bind for one in standings.values()),
        "has_standing": bool(standings),
        "heading": _heading(main, bodies, standings, here),
        "shares": _shares(here),
        "facts": facts_of(queries.missing(main), to, in_short=True),
        "ring": _ring(here),
        "filled": sum(s.holder is not None for s in here),
        "seat_total": len(here),
        "main_panels": [p for p in panels if p.place == "main"],
        "side_panels": [p for p in panels if p.place == "aside"],
    }


def _heading(
    main: BodyShape,
    bodies: list[BodyShape],
    standings: Mapping[UUID, StandingShape],
    seats: list[SeatShape],
) -> str:
    """What is true first: who may decide, and which body can't."""
    name = _(main.name)
    own = standings.get(main.id)
    stopped = [b for b in bodies if b.id in standings and not standings[b.id].may_bind]
    if own is None:
        filled = sum(s.holder is not None for s in seats)
        return _("%(filled)s of %(total)s seats at the table are filled") % {
            "filled": filled,
            "total": len(seats),
        }
    if not own.may_bind:
        return _("%(name)s can’t decide.") % {"name": name}
    if not stopped:
        return _("%(name)s can decide.") % {"name": name}
    if len(stopped) == 1:
        return _("%(name)s can decide. %(other)s can’t.") % {"name": name, "other": _(stopped[0].name)}
    return _("%(name)s can decide. %(n)s bodies can’t.") % {"name": name, "n": len(stopped)}


def _shares(seats: list[SeatShape]) -> str:
    """How the seats are shared between organizations and residents."""
    residents = sum(s.member_class is not None for s in seats)
    offices = len(seats) - residents
    if not residents:
        return ngettext(
            "One organization has a seat here, and no resident.",
            "%(n)s organizations have a seat here, and no resident.",
            offices,
        ) % {"n": offices}
    said = ngettext("One organization", "%(n)s organizations", offices) % {"n": offices}
    people = ngettext("one resident", "%(n)s residents", residents) % {"n": residents}
    return _("%(organizations)s and %(residents)s share %(seats)s seats.") % {
        "organizations": said,
        "residents": people,
        "seats": len(seats),
    }


def _ring(seats: list[SeatShape]) -> list[Place]:
    return around([Chair(_title(s), s.member_class is not None, s.holder is None) for s in seats])


def _title(seat: SeatShape) -> str:
    said = ", ".join(part for part in (owner(seat), seat.place if seat.member_class else "") if part)
    return said if seat.holder is not None else _("%(seat)s: empty") % {"seat": said}
