"""The governance app."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "commonweal.governance"
    label = "governance"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Governance"
