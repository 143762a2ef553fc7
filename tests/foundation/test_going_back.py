"""Going back to an older state of the tables loses nothing that was written: it is refused, and says what."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from tests.partners.meeting_world import called, lay_world

from commonweal.foundation.access import acting
from commonweal.foundation.database.going_back import LEFT_BEHIND, does_nothing_back, facts_lost
from commonweal.partners.actions import agendas


def back_to(app: str, name: str) -> Any:
    return MigrationExecutor(connection).migration_plan([(app, name)])


def test_every_step_that_stays_behind_is_named() -> None:
    found = {
        key
        for key, migration in MigrationLoader(None).disk_migrations.items()
        if migration.__module__.startswith("commonweal.") and does_nothing_back(migration)
    }
    assert found == LEFT_BEHIND


def test_every_step_has_a_way_back_or_a_refusal() -> None:
    stuck = [
        key
        for key, migration in MigrationLoader(None).disk_migrations.items()
        if migration.__module__.startswith("commonweal.")
        and not all(op.reversible for op in migration.operations)
    ]
    assert stuck == []


@pytest.mark.django_db
def test_what_was_written_is_not_dropped() -> None:
    plan = back_to("partners", "0011_wishes_after_the_call")
    assert any(backwards for _migration, backwards in plan)
    with transaction.atomic():
        world = lay_world()
        made = called(world)
        with acting(world.loretta):
            row = agendas.put_item(made, by=world.loretta, title="A bench")
            agendas.refuse_item(row, by=world.loretta, why="Not ours.")
        lost = facts_lost(plan)
        assert "partners_agendaitem.is_refused" in lost
        with pytest.raises(IrreversibleError, match="put_off_at"):
            call_command("migrate", "partners", "0011_wishes_after_the_call", verbosity=0)


@pytest.mark.django_db
def test_going_forward_loses_nothing() -> None:
    assert facts_lost([(migration, False) for migration, _ in back_to("partners", "0001_initial")]) == []
