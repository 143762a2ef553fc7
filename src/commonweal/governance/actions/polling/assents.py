"""Whose yes a question needs beside that of the body that decides it."""

from commonweal.governance.actions.effects import amending
from commonweal.governance.models import Proposal
from commonweal.governance.queries import bylaws
from commonweal.governance.queries.asked import asked_by_rule
from commonweal.governance.queries.laws import is_taking_back
from commonweal.governance.rules import bylaws_file
from commonweal.governance.rules.bylaws_assents import whose_yes
from commonweal.governance.rules.bylaws_comparing import plain
from commonweal.governance.shapes_bylaws import MatterRule


def assents(row: Proposal, rule: MatterRule) -> list[tuple[str, str]]:
    """The bodies whose assent it needs, each with its kind, the deciding one left out.

    A body below is asked where the question touches it; a body that ended is named all the same.
    """
    if is_taking_back(row):
        return []
    found = asked_by_rule(row, rule)
    for slug, kind in _whose_yes_it_lessens(row).items():
        found.setdefault(slug, kind)
    return [(slug, kind) for slug, kind in found.items() if slug != row.body.slug]


def _whose_yes_it_lessens(row: Proposal) -> dict[str, str]:
    """The bodies whose yes an amendment of the bylaws would take, weaken or change: each must agree."""
    held = bylaws.in_force()
    if row.effect != "bylaws.amend" or held is None:
        return {}
    return whose_yes(plain(held), bylaws_file.read(amending.text_of(row.params)))
