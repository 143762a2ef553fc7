"""The directory as a Django application."""

from django.apps import AppConfig

from commonweal.kernel.words import N_


class DirectoryConfig(AppConfig):
    """Services to be had."""

    name = "commonweal.directory"
    label = "directory"
    default_auto_field = "django.db.models.UUIDField"

    def ready(self) -> None:
        from commonweal.directory import access, reactions, tasks  # noqa: F401
        from commonweal.foundation.ui import nav

        nav.add(40, "/directory/", N_("Find help"))
        nav.add(80, "/directory/mine/", N_("Our room"), access.OWN_STAFF)
        nav.add(85, "/directory/review/", N_("Directory checks"), access.REVIEWERS)
