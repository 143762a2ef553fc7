"""Joining, leaving, limits, and roles that end."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from tests.partners.table import SETUP, Table, membership_of, someone

from commonweal.foundation.access import acting
from commonweal.foundation.access.vocabulary import Role
from commonweal.foundation.accounts import actions as accounts
from commonweal.foundation.accounts.models import Account, Invitation, Membership
from commonweal.foundation.bus import when
from commonweal.kernel.errors import BadInput, Conflict, NotFound, Refused
from commonweal.kernel.verdict import allow, deny
from commonweal.partners import access, actions, facade
from commonweal.partners.events import MembershipEnded, PartnerLeft
from commonweal.partners.vocabulary import Kind, Sector


def test_only_the_backbone_takes_partners_in(table: Table) -> None:
    def join(by):
        return actions.join(by=by, slug="hope-street", name="Hope Street Church", sector=Sector.FAITH)

    with acting(table.marcus), pytest.raises(Refused) as refused:
        join(table.marcus)
    assert refused.value.verdict.rule == "partners.admit.not-backbone"
    with acting(table.priya):
        church = join(table.priya)
        with pytest.raises(Conflict):
            join(table.priya)
    assert facade.partner(church).name == "Hope Street Church"
    assert facade.partner_named("hope-street").id == church


def test_where_the_table_decides_nobody_is_sent_to_the_backbone(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "_judges", [lambda under: deny("table", "The table decides.", "Ask it.")])
    assert access.may_take_in(table.marcus, None).cure == "Ask it."
    monkeypatch.setattr(access, "_judges", [lambda under: allow("free", "Still being founded.")])
    assert access.may_take_in(table.marcus, None).rule == "partners.admit.not-backbone"


def test_there_is_one_backbone(table: Table) -> None:
    with acting(SETUP), pytest.raises(Conflict):
        actions.join(by=SETUP, slug="other", name="Other", sector=Sector.FAITH, kind=Kind.BACKBONE)


def test_a_partner_states_its_own_limits_and_nobody_elses(table: Table) -> None:
    words = {"can_do": "Food boxes on Wednesdays.", "cannot_do": "We do not deliver."}
    with acting(table.marcus):
        actions.state_limits(table.pantry, by=table.marcus, **words)
        with pytest.raises(Refused):
            actions.state_limits(table.hospital, by=table.marcus, **words)
        with pytest.raises(BadInput):
            actions.state_limits(table.pantry, by=table.marcus, can_do="Food", cannot_do=" ")
    assert facade.partner(table.pantry).cannot_do == "We do not deliver."


def test_a_worker_without_that_role_changes_nothing(table: Table) -> None:
    with acting(table.danielle), pytest.raises(Refused):
        actions.state_limits(table.hospital, by=table.danielle, can_do="a", cannot_do="b")
    with acting(table.danielle), pytest.raises(Refused):
        actions.invite_member(
            table.hospital, by=table.danielle, name="X", email="x@example.org", role=Role.CLINICIAN
        )


def test_a_role_cannot_be_raised_by_its_giver(table: Table) -> None:
    with acting(table.marcus):
        for role in (Role.PRIVACY_OFFICER, Role.OPERATOR):
            with pytest.raises(Refused):
                actions.invite_member(
                    table.pantry, by=table.marcus, name="Ann Lee", email="ann@example.org", role=role
                )
        with pytest.raises(Refused) as self_given:
            actions.invite_member(
                table.pantry,
                by=table.marcus,
                name="Marcus Odom",
                email="MARCUS@example.org",
                role=Role.SUPERVISOR,
            )
    assert self_given.value.verdict.rule == "partners.role.self"
    assert not Account.objects.filter(email="ann@example.org").exists()


def test_inviting_again_replaces_the_earlier_invitation(table: Table) -> None:
    with acting(table.marcus):
        invite = {"by": table.marcus, "name": "Ann Lee", "email": "ann@example.org", "role": Role.CASE_WORKER}
        first = actions.invite_member(table.pantry, **invite, send=False)
        second = actions.invite_member(table.pantry, **invite, send=False)
    assert first.account_id == second.account_id
    assert first.membership_id == second.membership_id
    live = Invitation.objects.filter(account_id=first.account_id, used_at=None, withdrawn_at=None)
    assert live.count() == 1
    assert len(facade.members_of(table.pantry)) == 2


def test_no_partner_touches_the_account_of_anothers_worker(table: Table) -> None:
    danielle = Account.objects.get(pk=table.danielle.account_id)
    with acting(table.marcus):
        offered = actions.invite_member(
            table.pantry,
            by=table.marcus,
            name="Danielle",
            email=danielle.email,
            role=Role.ORG_ADMIN,
            send=False,
        )
    assert offered.account_id == danielle.pk
    assert offered.membership_id is None
    assert [m.partner_id for m in facade.memberships_of(danielle.pk)] == [table.hospital]
    invitation = Invitation.objects.get(partner_id=table.pantry, account=danielle, used_at=None)
    assert not invitation.recovers
    with acting(table.danielle):
        accounts.accept(invitation, None, by=table.danielle)
    assert {m.partner_id for m in facade.memberships_of(danielle.pk)} == {table.hospital, table.pantry}
    assert "Danielle Whitfield" in {m.name for m in facade.members_of(table.pantry)}


def test_a_further_role_at_the_same_partner_needs_no_new_passkey(table: Table) -> None:
    ann = someone(table.pantry, "Ann Lee", Role.CASE_WORKER)
    with acting(table.marcus):
        invite = {"by": table.marcus, "name": "Ann Lee", "email": "ann@example.org", "send": False}
        more = actions.invite_member(table.pantry, role=Role.SUPERVISOR, **invite)
        back = actions.invite_member(table.pantry, role=Role.SUPERVISOR, **invite)
    assert more.secret == ""
    assert {m.role for m in facade.memberships_of(ann.account_id)} == {"case_worker", "supervisor"}
    assert back.secret, "invited to a role that they hold: the way back after a loss"
    assert Invitation.objects.get(account_id=ann.account_id, recovers=True, withdrawn_at=None)


def test_leaving_withdraws_what_was_offered(table: Table) -> None:
    with acting(table.marcus):
        actions.invite_member(
            table.pantry,
            by=table.marcus,
            name="Danielle",
            email="danielle@example.org",
            role=Role.CASE_WORKER,
            send=False,
        )
    with acting(table.priya):
        actions.leave(table.pantry, by=table.priya, why="Closed.")
    assert not Invitation.objects.filter(partner_id=table.pantry, withdrawn_at=None, used_at=None).exists()


def test_leaving_ends_every_role_and_is_told(table: Table) -> None:
    told: list[object] = []
    when(PartnerLeft)(told.append)
    with acting(table.priya):
        with pytest.raises(BadInput):
            actions.leave(table.pantry, by=table.priya, why=" ")
        actions.leave(table.pantry, by=table.priya, why="The pantry closed.")
        actions.leave(table.pantry, by=table.priya, why="The pantry closed.")
    assert told == [PartnerLeft(table.pantry, "The pantry closed.")]
    assert facade.workers_of(table.pantry) == []
    assert table.pantry not in {p.id for p in facade.all_partners()}
    assert facade.partner(table.pantry).is_here is False


def test_ending_a_membership_tells_and_withdraws_open_invitations(table: Table) -> None:
    told: list[object] = []
    when(MembershipEnded)(told.append)
    ann = someone(table.pantry, "Ann Lee", Role.CASE_WORKER)
    membership = membership_of(ann)
    with acting(table.danielle), pytest.raises(Refused):
        actions.end_membership(membership.pk, by=table.danielle, why="No.")
    with acting(table.marcus):
        with pytest.raises(NotFound):
            actions.end_membership(uuid4(), by=table.marcus, why="No.")
        actions.end_membership(membership.pk, by=table.marcus, why="Moved away.")
    assert told == [MembershipEnded(ann.account_id, table.pantry, "case_worker")]
    assert not Invitation.objects.filter(membership=membership, withdrawn_at=None).exists()


def test_the_database_refuses_a_membership_of_nobody(table: Table) -> None:
    def add() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            Membership.objects.create(
                account_id=table.marcus.account_id, partner_id=uuid4(), role="org_admin"
            )
            cursor.execute("set constraints all immediate")

    with pytest.raises(IntegrityError):
        add()


def test_a_resident_member_sits_for_nobody_else(table: Table) -> None:
    with acting(table.priya):
        with pytest.raises(Refused):
            actions.welcome_resident_member(
                by=table.priya, name="A professional", lives_here=True, is_or_was_served=False
            )
        actions.welcome_resident_member(
            by=table.priya, name="Loretta Hayes", lives_here=True, is_or_was_served=True
        )
    assert [m.name for m in facade.resident_members()] == ["Loretta Hayes"]


def test_memberships_say_for_whom_one_may_act(table: Table) -> None:
    roles = [(m.partner_id, m.role) for m in facade.memberships_of(table.priya.account_id)]
    assert roles == [(table.backbone, "org_admin")]
    assert facade.acts_for_backbone(table.priya)
    assert not facade.acts_for_backbone(table.marcus)
