"""The care team on a person's pages."""

from collections.abc import Mapping

from commonweal.care import access, facade
from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Role
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.people import facade as people
from commonweal.people.shapes import Panel, PersonShape, Place


def for_person(actor: Actor, person: PersonShape) -> Mapping[str, object] | None:
    """Who leads for me, and who else helps."""
    if actor.role is not Role.RESIDENT:
        return None
    return _team(person)


def for_worker(actor: Actor, person: PersonShape) -> Mapping[str, object] | None:
    """Those who help know of one another, where the person allows it."""
    if actor.role not in access.READERS:
        return None
    team = _team(person)
    on_it = any(row["member"].account_id == actor.account_id for row in team["rows"])  # type: ignore[attr-defined]
    return team | {"on_it": on_it, "may_change": actor.role in access.HELPERS, "mine": actor.partner_id}


def _team(person: PersonShape) -> dict[str, object]:
    team = facade.team_of(person.id)
    names = partners.partners(m.partner_id for m in team)
    rows = [{"member": m, "partner": names[m.partner_id].name if m.partner_id in names else ""} for m in team]
    lead = rows[0] if rows and team[0].is_lead else None
    return {"rows": rows, "lead": lead, "others": rows[1:] if lead else rows, "person": person}


def register() -> None:
    """Put the panels on the person's pages."""
    people.register_panel(Panel("care.my", Place.MY_ASIDE, "care/panels/my.html", for_person, 10))
    people.register_panel(
        Panel("care.person", Place.ASIDE, "care/panels/person.html", for_worker, 10, "care", N_("Care team"))
    )
