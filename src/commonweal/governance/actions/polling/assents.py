"""Whose yes a question needs beside that of the body that decides it."""

from commonweal.governance.actions.effects import amending
from commonweal.governance.models import Proposal
from commonweal.governance.queries import bylaws
from commonweal.governance.rules import bylaws_file
from commonweal.governance.shapes_bylaws import MatterRule


def assents(row: Proposal, rule: MatterRule) -> list[tuple[str, str]]:
    """The bodies whose assent it needs, the deciding one left out."""
    if is_taking_back(row, rule):
        return []
    mine = row.body.slug
    found = [(rule.gate_body, "residents")] if rule.gate_body else []
    found += [(slug, "reserved") for slug in rule.reserved if slug != rule.gate_body]
    found += [(slug, kind) for slug, kind in _whose_yes_it_drops(row) if slug not in dict(found)]
    return [(slug, kind) for slug, kind in found if slug != mine]


def _whose_yes_it_drops(row: Proposal) -> list[tuple[str, str]]:
    """The bodies whose yes an amendment of the bylaws would no longer ask for: nobody's is amended away
    without it."""
    held_now = bylaws.in_force()
    if row.effect != "bylaws.amend" or held_now is None:
        return []
    after = bylaws_file.read(amending.text_of(row.params)).matters
    found: dict[str, str] = {}
    for matter, rule in held_now.matters.items():
        then = after.get(matter)
        asked = {then.body, then.gate_body, *then.reserved} if then else set()
        if rule.gate_body and rule.gate_body not in asked:
            found[rule.gate_body] = "residents"
        found.update((slug, found.get(slug, "reserved")) for slug in rule.reserved if slug not in asked)
    return sorted(found.items())


def is_taking_back(row: Proposal, rule: MatterRule) -> bool:
    """Whether the body that said yes is asked, alone, to take it back."""
    return row.effect == "mandate.withdraw" and row.body.slug == rule.gate_body != rule.body
