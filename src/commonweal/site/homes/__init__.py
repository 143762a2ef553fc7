"""Role homes: *what needs me today?* One builder for each kind of role, each a template and its values."""

from collections.abc import Callable
from typing import Any

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import CARE_ROLES, Purpose, Role
from commonweal.site.homes import backbone, helper, public, table

Home = tuple[str, dict[str, Any]]

_BUILDERS: dict[Role, Callable[[Actor], Home]] = {
    **dict.fromkeys(CARE_ROLES, helper.home),
    Role.ORG_ADMIN: backbone.home,
    Role.PRIVACY_OFFICER: table.home,
    Role.ANALYST: table.home,
    Role.MEMBER: table.home,
}


def home_for(actor: Actor) -> Home:
    """The template and its values for the role that acts; the public front for all others."""
    return _BUILDERS.get(actor.role, public.home)(actor)


def purpose_of(role: Role) -> Purpose:
    """For which purpose a role opens its home."""
    if role in CARE_ROLES:
        return Purpose.COORD
    return Purpose.AUD if role is Role.PRIVACY_OFFICER else Purpose.GOV
