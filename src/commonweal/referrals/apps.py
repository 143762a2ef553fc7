"""Referrals as a Django app."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "commonweal.referrals"
    label = "referrals"

    def ready(self) -> None:
        from django.urls import reverse

        from commonweal.foundation.access.vocabulary import Role
        from commonweal.foundation.messages import when_it_leaves
        from commonweal.foundation.ui import nav
        from commonweal.governance import facade as governance
        from commonweal.kernel.words import N_
        from commonweal.referrals import access, reactions, tasks  # noqa: F401
        from commonweal.referrals.actions import inviting
        from commonweal.referrals.actions.effects import STANDARD
        from commonweal.referrals.web import panels
        from commonweal.screening.facade import register_need_act
        from commonweal.screening.shapes import NeedAct

        panels.register()
        governance.register_effect(STANDARD)
        when_it_leaves(inviting.ASKED_BY_TEXT, inviting.may_text)
        words = N_("See who can help")
        register_need_act(
            NeedAct("referrals.choose", words, lambda n: reverse("referrals:choose", args=[n.id]))
        )
        nav.add(30, "/referrals/", N_("Referrals"), access.READERS)
        nav.add(70, "/referrals/gaps/", N_("Gaps"), (Role.ORG_ADMIN, Role.MEMBER, Role.ANALYST))
