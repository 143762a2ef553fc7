"""The people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "commonweal.people"
    label = "people"
    verbose_name = "People"

    def ready(self) -> None:
        from commonweal.foundation.access.vocabulary import CARE_ROLES, Role
        from commonweal.foundation.ui import nav
        from commonweal.kernel.words import N_

        nav.add(20, "/people/", N_("People"), CARE_ROLES)
        nav.add(10, "/my/", N_("My help"), [Role.RESIDENT])
        nav.add(30, "/my/#seen", N_("Who saw my information"), [Role.RESIDENT])
        nav.add(40, "/my/#sharing", N_("Stop sharing"), [Role.RESIDENT])
