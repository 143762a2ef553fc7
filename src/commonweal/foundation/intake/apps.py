"""The intake as a Django application."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Import runs and quarantine."""

    name = "commonweal.foundation.intake"
    label = "intake"
    default_auto_field = "django.db.models.UUIDField"
