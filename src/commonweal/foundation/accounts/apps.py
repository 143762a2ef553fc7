"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "commonweal.foundation.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Accounts"

    def ready(self) -> None:
        from commonweal.foundation.accounts import notices, tasks  # noqa: F401  # register their jobs
