"""The partners app."""

from django.apps import AppConfig

from commonweal.kernel.words import N_


class PartnersConfig(AppConfig):
    name = "commonweal.partners"
    label = "partners"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Partners"

    def ready(self) -> None:
        from commonweal.foundation.accounts.names import name_partners_with
        from commonweal.foundation.ui import nav
        from commonweal.partners import queries, reactions  # noqa: F401  # listens from now on

        name_partners_with(queries.names)
        nav.add(50, "/table/", N_("Table"))
