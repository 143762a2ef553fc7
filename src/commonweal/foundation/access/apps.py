"""Access as a Django app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "commonweal.foundation.access"
    label = "access"
