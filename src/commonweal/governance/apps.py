"""The governance app."""

from django.apps import AppConfig

from commonweal.kernel.words import N_


class GovernanceConfig(AppConfig):
    name = "commonweal.governance"
    label = "governance"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Governance"

    def ready(self) -> None:
        from commonweal.foundation.accounts.doors import Door, register
        from commonweal.foundation.ui import nav
        from commonweal.governance import access, facade, reactions, tasks  # noqa: F401  # listens from now on
        from commonweal.governance.actions.effects.own import register_own
        from commonweal.governance.queries import carrying, fates
        from commonweal.governance.queries.agenda import open_matters
        from commonweal.governance.queries.bylaws import seat_rule
        from commonweal.governance.queries.reporting import for_agenda
        from commonweal.governance.web import at_table, in_room, panels_body, panels_duties
        from commonweal.partners import facade as partners
        from commonweal.voice import facade as voice

        partners.judge_with(access.may_change_table)
        partners.say_decided_with(facade.table_line, facade.effect_line)
        register_own()
        voice.tell_with(fates.TELLER)
        partners.offer_agenda("governance", open_matters)
        partners.offer_agenda("governance.reports", for_agenda)
        partners.offer_agenda("governance.carrying", carrying.for_agenda)
        partners.vote_with(in_room)
        partners.say_standing_with(at_table.standings)
        partners.matters_with(at_table.matters)
        partners.rules_with(seat_rule)
        partners.ask_with(at_table.ask_url)
        partners.add_to_pack(at_table.in_pack)
        partners.add_to_table(panels_body.panels)
        partners.add_to_table(panels_duties.panels)
        partners.add_to_partner(panels_duties.of_partner)
        partners.add_to_pack(panels_duties.in_pack)
        nav.add(60, "/decisions/", N_("Decisions"))
        register(
            Door(
                "/decisions/ballots/<token>/",
                "Someone who holds a seat and votes, without signing in",
                "A link sent to the address of the one who votes",
                "One ballot of one vote only, to cast or change; ends when voting closes or the seat is left",
            )
        )
