"""Founding a table under a charter: its bodies, their seats, and the first version of its bylaws."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.governance.actions import bylaws as acts
from commonweal.governance.queries import bylaws as queries
from commonweal.governance.shapes_charters import Charter, CharterBody, CharterSeats, Said
from commonweal.kernel.clock import now
from commonweal.partners import actions as partners
from commonweal.partners import facade
from commonweal.partners.shapes import BodyShape, SeatShape


def install(
    charter: Charter, *, by: Actor, starts_at: datetime | None, language: str = "en"
) -> Iterator[str]:
    """Found what the charter asks and is not there yet, seats of partners that joined since included.

    May be repeated until the bylaws take force; then the table itself decides. Yields a line for each step.
    Raises Refused once they have, and Conflict where other bylaws were laid down before.
    """
    laid = queries.version_numbered(1)
    if laid is None or laid.starts_at > now():
        bodies, seats = found_bodies(charter, by=by, language=language)
        yield f"{charter.name}: {bodies} bodies and {seats} seats founded."
    if laid is not None:
        yield f"Bylaws were laid down before; version 1 is in force from {laid.starts_at:%Y-%m-%d}."
        return
    acts.lay_down(charter.text, by=by, starts_at=starts_at, words=f"{charter.name}: {charter.key}")
    start = starts_at or now()
    yield f"Its bylaws are laid down, in force from {start:%Y-%m-%d}."
    if start > now():
        yield "Until then you found the table: let partners join, repeat this command, and seat everyone."


def found_bodies(charter: Charter, *, by: Actor, language: str = "en") -> tuple[int, int]:
    """Found the bodies and add the seats that are not there yet; returns how many of each."""
    bodies = seats = 0
    for asked in charter.bodies:
        body = facade.body_named(asked.slug)
        if body is None:
            _found(asked, by, language)
            bodies += 1
            body = facade.body_named(asked.slug)
        assert body is not None
        seats += _seat(body, asked, by, language)
    return bodies, seats


def _found(asked: CharterBody, by: Actor, language: str) -> UUID:
    parent = facade.body_named(asked.parent) if asked.parent else None
    return partners.found_body(
        by=by,
        slug=asked.slug,
        name=in_language(asked.name, language),
        kind=asked.kind,
        parent_id=parent.id if parent else None,
        scale=asked.scale,
        place=asked.place,
        purpose=in_language(asked.purpose, language),
        is_private=asked.is_private,
        words={"name": dict(asked.name), "purpose": dict(asked.purpose)},
    )


def _seat(body: BodyShape, asked: CharterBody, by: Actor, language: str) -> int:
    there = facade.seats_of([body.id]).get(body.id, [])
    return sum(_seats(body.id, seats, there, by, language) for seats in asked.seats)


def _seats(body_id: UUID, asked: CharterSeats, there: list[SeatShape], by: Actor, language: str) -> int:
    """Add what is missing of one kind of seats; what somebody has is not touched."""
    title = in_language(asked.title or {}, language)
    if not asked.partners:
        alike = [s for s in there if _is_alike(s, asked)]
        missing = asked.count - len(alike)
        for _ in range(missing):
            _add(body_id, None, asked, title, by)
        return max(missing, 0)
    seated = {s.partner_id for s in there}
    added = 0
    for partner in facade.all_partners():
        wanted = not asked.sectors or partner.sector in asked.sectors
        if wanted and not partner.is_backbone and partner.id not in seated:
            _add(body_id, partner.id, asked, title, by)
            added += 1
    return added


def _is_alike(seat: SeatShape, asked: CharterSeats) -> bool:
    titles = set(asked.title.values()) if asked.title else {""}
    return seat.title in titles and (seat.member_class, seat.role, seat.place, seat.population) == (
        asked.member_class,
        asked.role,
        asked.place,
        asked.population,
    )


def _add(body_id: UUID, partner_id: UUID | None, asked: CharterSeats, title: str, by: Actor) -> UUID:
    return partners.add_seat(
        body_id,
        by=by,
        partner_id=partner_id,
        member_class=None if partner_id else asked.member_class,
        sector=asked.sector,
        place=asked.place,
        population=asked.population,
        title=title,
        role=asked.role,
        has_vote=asked.has_vote,
        term_months=asked.term_months,
        terms_at_most=asked.terms_at_most,
        words={"title": dict(asked.title)} if asked.title else None,
    )


def in_language(said: Said, language: str) -> str:
    """The words in a language, else in English, else as they are."""
    return said.get(language) or said.get("en") or next(iter(said.values()), "")
