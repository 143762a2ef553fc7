"""The partners app."""

from django.apps import AppConfig

from commonweal.kernel.words import N_


class PartnersConfig(AppConfig):
    name = "commonweal.partners"
    label = "partners"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Partners"

    def ready(self) -> None:
        from commonweal.foundation.accounts.doors import Door, register
        from commonweal.foundation.accounts.names import name_partners_with
        from commonweal.foundation.ui import nav
        from commonweal.partners import queries, reactions, tasks  # noqa: F401  # listens from now on
        from commonweal.partners.queries import ports, pulse
        from commonweal.partners.web import panels_meetings

        name_partners_with(queries.names)
        nav.add(50, "/table/", N_("Table"))
        ports.add_to_table(panels_meetings.panels)
        ports.add_to_pack(panels_meetings.in_pack)
        ports.attendance_with(pulse.shortfalls)
        register(
            Door(
                "/table/calendar/<token>.ics",
                "The calendar program of someone who sits at the table",
                "A link that they made for themselves",
                "Day, place and agenda of own bodies' meetings, of a private body day and place alone; "
                "ends after a year, when a new one is made, or when its owner ends it",
            )
        )
