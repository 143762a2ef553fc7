"""By which bylaws a question is decided: those under which notice was given, or a yes was given (7-T9)."""

from datetime import timedelta

from commonweal.governance.models import Decision, Proposal
from commonweal.governance.queries import bylaws
from commonweal.governance.shapes_bylaws import BylawsShape, MatterRule
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.clock import now

NOTICE_HOLDS = timedelta(days=60)
"""For so long after voting could have opened a notice keeps the bylaws under which it was given."""


def law_for(row: Proposal) -> BylawsShape | None:
    """The bylaws by which a question is decided if voting opened now; None: no bylaws are in force.

    A yes is taken back under the bylaws by which it was given. What people were given notice of is decided as
    the bylaws said then, unless the vote is put off for long. Anything else: by those in force.
    """
    if is_taking_back(row):
        return law_of(row.challenges)
    held = bylaws.in_force()
    if row.noticed_version is None or row.noticed_at is None or held is None:
        return held
    then = bylaws.version_numbered(row.noticed_version)
    rule = then.rule(Matter(row.matter), row.body.slug) if then else None
    if rule is None or now() > row.noticed_at + timedelta(days=rule.notice_days) + NOTICE_HOLDS:
        return held
    return then


def rule_for(row: Proposal) -> MatterRule | None:
    """How a question is decided if voting opened now; None: the bylaws say nothing about it."""
    law = law_for(row)
    return law.rule(Matter(row.matter), _decider(row)) if law else None


def _decider(row: Proposal) -> str:
    """The body by whose rule a question is decided; of a yes taken back, the one that it let decide."""
    if row.challenges is not None and is_taking_back(row):
        return body_of(row.challenges)
    return row.body.slug


def body_of(decision: Decision) -> str:
    """The slug of the body that voted on a decision; empty for one that was not voted on here."""
    return decision.proposal.body.slug if decision.proposal else ""


def law_of(decision: Decision | None) -> BylawsShape | None:
    """The bylaws by which something was decided; of minutes that name none, those in force."""
    if decision is not None and decision.bylaws_version:
        return bylaws.version_numbered(decision.bylaws_version)
    return bylaws.in_force()


def is_taking_back(row: Proposal) -> bool:
    """Whether the body that said yes is asked, alone, to take it back."""
    if row.effect != "mandate.withdraw" or row.challenges is None:
        return False
    law = law_of(row.challenges)
    rule = law.rule(Matter(row.matter), body_of(row.challenges)) if law else None
    return rule is not None and row.body.slug == rule.gate_body != rule.body
