"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "commonweal.foundation.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Accounts"
