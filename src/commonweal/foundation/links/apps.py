"""Links as a Django app."""

from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "commonweal.foundation.links"
    label = "links"
