"""The site as a Django app."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "commonweal.site"
    label = "site"

    def ready(self) -> None:
        """Let the door of a charter's demo say how its table decides."""
        from commonweal.foundation.accounts import demo
        from commonweal.site.demo import charter_table

        demo.introduce_with(charter_table.introduction)
