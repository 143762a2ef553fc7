"""The voice app."""

from django.apps import AppConfig

from commonweal.kernel.words import N_


class VoiceConfig(AppConfig):
    name = "commonweal.voice"
    label = "voice"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Voice"

    def ready(self) -> None:
        from commonweal.foundation.accounts.doors import Door, register
        from commonweal.foundation.ui import nav
        from commonweal.partners import facade as partners
        from commonweal.voice import facade, tasks  # noqa: F401  # its jobs are known from now on
        from commonweal.voice.queries import actions_told, agenda
        from commonweal.voice.web import panels

        facade.tell_with(actions_told.TELLER)
        partners.offer_agenda("voice", agenda.late_answers)
        partners.add_to_table(panels.panels)
        nav.add(65, "/voices/", N_("Voices"))
        register(
            Door(
                "/voices/ask/",
                "Somebody who said something, without an account",
                "The code of six syllables that they were given when they said it",
                "What became of that one input; only a keyed hash of the code is kept; 10 tries in an hour "
                "from one address, 300 from all",
            )
        )
        register(
            Door(
                "/voices/stop/<token>/",
                "Somebody who asked for letters about what they said",
                "A link in each of those letters",
                "Ends the letters and takes away the address; shows nothing of what was said",
            )
        )
