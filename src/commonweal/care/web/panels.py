"""The care team on a person's pages."""

from collections.abc import Mapping

from commonweal.care import access, facade
from commonweal.care.vocabulary import GOES_TO_WORDS
from commonweal.foundation import audit
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


def stays_for_worker(actor: Actor, person: PersonShape) -> Mapping[str, object] | None:
    """When this person comes home, for those who help and may know; the hospital's own clinicians tell it."""
    if actor.role not in access.READERS | access.STAY_READERS:
        return None
    rows = _stays(person)
    if rows:
        own = all(row["hospital"].id == actor.partner_id for row in rows)  # type: ignore[attr-defined]
        audit.note_read(
            by=actor,
            person_id=person.id,
            what=N_("when you go home from hospital"),
            because="access.own" if own else "access.shared",
        )
    tells = actor.role is Role.CLINICIAN
    return (
        {"rows": rows, "person": person, "tells": tells, "mine": actor.partner_id} if rows or tells else None
    )


def stays_for_person(actor: Actor, person: PersonShape) -> Mapping[str, object] | None:
    """What the hospital has told about my days."""
    if actor.role is not Role.RESIDENT:
        return None
    rows = _stays(person)
    return {"rows": rows} if rows else None


def _stays(person: PersonShape) -> list[dict[str, object]]:
    found = facade.stays_of([person.id]).get(person.id, [])
    names = partners.partners(stay.partner_id for stay in found)
    return [
        {"stay": stay, "hospital": names[stay.partner_id], "goes_to": GOES_TO_WORDS[stay.goes_to]}
        for stay in found
    ]


def register() -> None:
    """Put the panels on the person's pages."""
    people.register_panel(
        Panel("care.my-stay", Place.MY_ASIDE, "care/panels/my_stay.html", stays_for_person, 5)
    )
    people.register_panel(
        Panel(
            "care.stay",
            Place.ASIDE,
            "care/panels/stay.html",
            stays_for_worker,
            5,
            "hospital",
            N_("Coming home"),
        )
    )
    people.register_panel(Panel("care.my", Place.MY_ASIDE, "care/panels/my.html", for_person, 10))
    people.register_panel(
        Panel("care.person", Place.ASIDE, "care/panels/person.html", for_worker, 10, "care", N_("Care team"))
    )
