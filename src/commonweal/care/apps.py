"""Care as a Django app."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "commonweal.care"
    label = "care"

    def ready(self) -> None:
        from commonweal.care import access, reactions  # noqa: F401
        from commonweal.care.web import panels
        from commonweal.foundation.ui import nav
        from commonweal.kernel.words import N_

        panels.register()
        nav.add(25, "/care/", N_("My people"), access.READERS)
