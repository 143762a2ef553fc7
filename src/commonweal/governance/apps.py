"""The governance app."""

from django.apps import AppConfig

from commonweal.kernel.words import N_


class GovernanceConfig(AppConfig):
    name = "commonweal.governance"
    label = "governance"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Governance"

    def ready(self) -> None:
        from commonweal.foundation.ui import nav

        nav.add(60, "/decisions/", N_("Decisions"))
