"""The directory as a Django application."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Services to be had."""

    name = "commonweal.directory"
    label = "directory"
    default_auto_field = "django.db.models.UUIDField"

    def ready(self) -> None:
        from importlib import import_module
        from importlib.util import find_spec

        if find_spec("commonweal.directory.reactions"):
            import_module("commonweal.directory.reactions")
