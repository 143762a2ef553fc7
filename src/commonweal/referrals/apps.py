"""Referrals as a Django app."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "commonweal.referrals"
    label = "referrals"

    def ready(self) -> None:
        from commonweal.foundation.access.vocabulary import Role
        from commonweal.foundation.ui import nav
        from commonweal.kernel.words import N_
        from commonweal.referrals import access, reactions, tasks  # noqa: F401
        from commonweal.referrals.web import panels

        panels.register()
        nav.add(30, "/referrals/", N_("Referrals"), access.READERS)
        nav.add(70, "/referrals/gaps/", N_("Gaps"), (Role.ORG_ADMIN, Role.MEMBER, Role.ANALYST))
