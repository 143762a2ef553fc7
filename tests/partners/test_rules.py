"""Who gives which role; who is a resident member; what a limits statement says."""

import pytest

from commonweal.foundation.access.vocabulary import Role
from commonweal.partners import rules


@pytest.mark.parametrize(
    ("role", "giver", "to_self", "allowed"),
    [
        (Role.CASE_WORKER, "partner", False, True),
        (Role.ORG_ADMIN, "partner", False, True),
        (Role.ORG_ADMIN, "partner", True, False),
        (Role.PRIVACY_OFFICER, "partner", False, False),
        (Role.PRIVACY_OFFICER, "backbone", False, True),
        (Role.PRIVACY_OFFICER, "backbone", True, False),
        (Role.OPERATOR, "backbone", False, False),
        (Role.RESIDENT, "backbone", False, False),
        (Role.BACKEND_SERVICE, "partner", False, False),
        (Role.OPERATOR, "setup", True, True),
    ],
)
def test_roles_are_given_by_those_who_may(role: Role, giver: str, to_self: bool, allowed: bool) -> None:
    assert bool(rules.may_give(role, giver=giver, to_self=to_self)) is allowed


@pytest.mark.parametrize(
    ("lives_here", "served", "works_for_partner", "allowed"),
    [
        (True, True, False, True),
        (True, False, False, False),
        (False, True, False, False),
        (True, True, True, False),
        (True, False, True, False),
    ],
)
def test_a_professional_who_lives_here_is_no_resident_member(
    lives_here: bool, served: bool, works_for_partner: bool, allowed: bool
) -> None:
    verdict = rules.may_be_resident_member(
        lives_here=lives_here, is_or_was_served=served, works_for_partner=works_for_partner
    )
    assert bool(verdict) is allowed


@pytest.mark.parametrize(
    ("can_do", "cannot_do", "kept"),
    [
        ("Food boxes on Wednesdays.", "We do not deliver.", True),
        ("Food boxes on Wednesdays.", "  ", False),
        ("", "We do not deliver.", False),
        ("x" * 1201, "We do not deliver.", False),
    ],
)
def test_a_limits_statement_says_both_sides(can_do: str, cannot_do: str, kept: bool) -> None:
    assert (rules.limits_fault(can_do, cannot_do) == "") is kept
