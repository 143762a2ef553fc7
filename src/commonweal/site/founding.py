"""Founding a real installation: its name, its backbone, and an invitation to the first administrator."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils.text import slugify
from django.utils.timezone import localdate, make_aware

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts import installation
from commonweal.governance import charters
from commonweal.kernel.errors import BadInput
from commonweal.partners import actions as partners
from commonweal.partners import facade
from commonweal.partners.vocabulary import Kind, Sector
from commonweal.site import chartering

FOUNDING = timedelta(days=60)
"""How long a table is founded before its bylaws bind it, unless another day is named."""


def found(
    *,
    name: str,
    backbone: str,
    admin_email: str,
    charter: str = "",
    bylaws_from: str = "",
    language: str = "",
) -> Iterator[str]:
    """Do what is asked and not yet done; yields a line for each. Raises BadInput for what is missing.

    ``charter``: a shipped charter's name or a file's path; ``bylaws_from``: the day on which its bylaws take
    force (ISO 8601); ``language``: in which bodies are named.
    """
    chosen = charters.charter(charter) if charter else None
    start = _start_of(bylaws_from)
    by = Actor(Role.OPERATOR, Purpose.ADMIN, name="Commonweal")
    with acting(by):
        if installation.kind() is None:
            if not name:
                raise BadInput("--name", "say what the collaborative is called; it is asked once")
            installation.mark("real", name=name, time_zone=settings.TIME_ZONE)
            yield f"This installation serves {name}."
        keeper = facade.backbone()
        if keeper is None and backbone:
            partners.join(
                by=by,
                slug=slugify(backbone),
                name=backbone,
                sector=Sector.SOCIAL_SERVICES,
                kind=Kind.BACKBONE,
            )
            keeper = facade.backbone()
            yield f"{backbone} is the backbone."
        if chosen:
            yield from chartering.install(chosen, by=by, starts_at=start, language=language or "en")
        if admin_email:
            if keeper is None:
                raise BadInput("--backbone", "name the backbone organization first")
            invited = partners.invite_member(
                keeper.id,
                by=by,
                name=admin_email.split("@")[0],
                email=admin_email,
                role=Role.ORG_ADMIN,
                send=False,
            )
            yield "Give this link to the first administrator. It works once and ends in a passkey:"
            yield f"{settings.BASE_URL}/accounts/invitation/{invited.secret}/"
    yield "The database is up to date."


def _start_of(bylaws_from: str) -> datetime:
    """The first moment here of the day on which the bylaws take force."""
    try:
        day = date.fromisoformat(bylaws_from) if bylaws_from else localdate() + FOUNDING
    except ValueError as fault:
        raise BadInput("--bylaws-from", f"{bylaws_from!r} is no day; write it as 2027-01-15") from fault
    return make_aware(datetime.combine(day, time.min))  # made aware at once
