"""The screening app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from commonweal.kernel.words import N_


class ScreeningConfig(AppConfig):
    name = "commonweal.screening"
    label = "screening"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Screening"

    def ready(self) -> None:
        from commonweal.foundation.ui import nav
        from commonweal.screening.access import READERS
        from commonweal.screening.actions.instruments import after_migration

        nav.add(30, "/screenings/", N_("Check-ins"), READERS)
        post_migrate.connect(after_migration, sender=self, dispatch_uid="screening.shipped-instruments")
