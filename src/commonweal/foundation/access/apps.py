"""Access as a Django app."""

from django.apps import AppConfig
from django.db.models.signals import pre_migrate

from commonweal.foundation.database.going_back import refuse_to_lose


def _before_migrating(sender: AppConfig, **told: object) -> None:
    refuse_to_lose(**told)  # type: ignore[arg-type]


class AccessConfig(AppConfig):
    name = "commonweal.foundation.access"
    label = "access"

    def ready(self) -> None:
        pre_migrate.connect(_before_migrating, sender=self, dispatch_uid="access.nothing-is-lost")
