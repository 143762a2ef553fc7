"""The partners app."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "commonweal.partners"
    label = "partners"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Partners"
