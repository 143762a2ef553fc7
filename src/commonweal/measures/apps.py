"""The measures app."""

from django.apps import AppConfig

from commonweal.kernel.words import N_


class MeasuresConfig(AppConfig):
    name = "commonweal.measures"
    label = "measures"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Measures"

    def ready(self) -> None:
        from commonweal.foundation.ui import nav
        from commonweal.governance import facade as governance
        from commonweal.measures import tasks  # noqa: F401 — the timetable
        from commonweal.measures.actions.effects import EFFECTS
        from commonweal.measures.actions.effects_analyses import RUN_ANALYSIS
        from commonweal.measures.actions.effects_elements import ADOPT_ELEMENT

        for effect in (*EFFECTS, ADOPT_ELEMENT, RUN_ANALYSIS):
            governance.register_effect(effect)

        nav.add(45, "/measures/", N_("Measures"))
