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
        from commonweal.people.facade import register_panel
        from commonweal.people.shapes import Panel, Place
        from commonweal.screening.access import READERS
        from commonweal.screening.actions.instruments import after_migration
        from commonweal.screening.web.panel import needs_panel, own_needs_panel

        nav.add(25, "/screenings/", N_("Check-ins"), READERS)
        heading = N_("What they want help with")
        register_panel(Panel("needs", Place.MAIN, "screening/panel.html", needs_panel, 20, "needs", heading))
        register_panel(Panel("needs.own", Place.HELP, "screening/panel_own.html", own_needs_panel, 30))
        post_migrate.connect(after_migration, sender=self, dispatch_uid="screening.shipped-instruments")
