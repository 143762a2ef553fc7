"""Applying migrations in the time that their SQL takes.

Django keeps a picture of all models while it migrates, and draws everything anew that hangs together with a
model which changes; where all rows about a person hang on the person, that is nearly everything, a hundred
times over. Here a new model is drawn alone, since nothing points to it yet, and a changed one with its direct
neighbors. A test migrates both ways and compares every table, column, index, constraint and trigger.
"""

from typing import Any

from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

QUIET: dict[str, Any] = {"verbosity": 0, "interactive": False, "db": "default"}


class LeanState(ProjectState):
    """A project state that draws as little anew as the next statement needs."""

    def reload_model(self, app_label: str, model_name: str, delay: bool = False) -> None:
        if "apps" not in self.__dict__:
            return
        drawn = self.apps
        if model_name in drawn.all_models[app_label]:
            super().reload_model(app_label, model_name, delay=True)
        else:
            drawn.render_multiple([self.models[app_label, model_name]])

    def clone(self) -> "LeanState":
        copied = {key: model.clone() for key, model in self.models.items()}
        fresh = LeanState(models=copied, real_apps=self.real_apps)
        if "apps" in self.__dict__:
            fresh.apps = self.apps.clone()
        fresh.is_delayed = self.is_delayed
        return fresh


def is_behind() -> bool:
    """Whether a migration waits."""
    executor = MigrationExecutor(connections["default"])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def catch_up() -> None:
    """Apply every migration that waits, and tell the apps, as Django's command does."""
    executor = MigrationExecutor(connections["default"])
    loader = executor.loader
    loader.check_consistent_history(connections["default"])
    ends = loader.graph.leaf_nodes()
    plan = executor.migration_plan(ends)
    state = LeanState(real_apps=loader.unmigrated_apps)
    for migration, _ in executor.migration_plan(ends, clean_start=True):
        if (migration.app_label, migration.name) in loader.applied_migrations:
            migration.mutate_state(state, preserve=False)
    emit_pre_migrate_signal(**QUIET, apps=state.apps, plan=plan)
    executor.migrate(ends, plan=plan, state=state)
    emit_post_migrate_signal(**QUIET, plan=plan)
