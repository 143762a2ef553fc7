"""Which bodies a question waits for beside the one that decides it, by the rule of its matter."""

from commonweal.governance.models import Proposal
from commonweal.governance.queries import laws
from commonweal.governance.queries.touching import touches
from commonweal.governance.rules.bylaws_assents import RESERVED, yes_of
from commonweal.governance.shapes_bylaws import MatterRule
from commonweal.partners import facade as partners
from commonweal.partners.shapes import BodyShape


def asked_by_rule(row: Proposal, rule: MatterRule) -> dict[str, str]:
    """The bodies whose yes the rule asks for, each with its kind; one below only where it is touched.

    A body that ended is named all the same: its yes is still asked for, and cannot be had.
    """
    if laws.is_taking_back(row):
        return {}
    return {slug: kind for slug, kind in yes_of(rule) if kind != RESERVED or _reaches(row, slug)}


def _reaches(row: Proposal, slug: str) -> bool:
    body = partners.body_named(slug)
    return body is None or body.ends_on is not None or touches(row, body)


def waits_for(row: Proposal, body: BodyShape) -> bool:
    """Whether a question of another body waits, or will wait, for the yes of this one."""
    if row.body_id == body.id:
        return False
    if row.polls.filter(body_id=body.id).exists():
        return True
    rule = laws.rule_for(row)
    return rule is not None and body.slug in asked_by_rule(row, rule)
