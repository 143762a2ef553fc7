"""Who may record what the table decided. Silence means no."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import localtime

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.governance.models import Bylaws, Decision, Mandate
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.clock import now
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners


def may_keep_record(actor: Actor) -> Verdict:
    """Enter minutes, give a mandate its effect, or withdraw one: the backbone, as the table's secretary.

    The backbone writes down what was decided; it has no vote. Row-level security asks the same again
    for the terms of agreements.
    """
    if actor.purpose is not Purpose.GOV:
        return deny(
            "governance.record.purpose", N_("Decisions are kept for deciding together, nothing else.")
        )
    if partners.acts_for_backbone(actor):
        return allow("governance.record.backbone", N_("The backbone keeps the table’s records."))
    return deny(
        "governance.record.not-backbone",
        N_("Only the backbone enters what the table decided."),
        N_("Ask the backbone to enter it, with the minutes."),
    )


def may_lay_down(actor: Actor) -> Verdict:
    """Lay down the first bylaws: the installation's set-up, or the backbone. Later ones come by amendment."""
    if actor.role is Role.OPERATOR and actor.account_id is None:
        return allow("governance.bylaws.setup", N_("The installation is being set up."))
    return may_keep_record(actor)


THE_COUNT = Actor(Role.BACKEND_SERVICE, Purpose.GOV, name="The count")
"""Who certifies what was voted here and lets mandates act: a program, believed by the database only where
the polls are closed."""


def is_the_count(actor: Actor) -> bool:
    """Whether the program that counts acts, and no human."""
    return actor.role is Role.BACKEND_SERVICE and actor.purpose is Purpose.GOV and actor.account_id is None


def is_older_than_bylaws(recorded_at: datetime) -> bool:
    """Whether minutes lay here before the first bylaws took force. What day they name, anyone can write."""
    first = Bylaws.objects.order_by("version").values_list("starts_at", flat=True).first()
    return first is None or recorded_at < first or Bylaws.objects.in_force(now()) is None


def first_day_of_bylaws() -> date | None:
    """The day on which the first bylaws took force, while any are; None: the table is being founded."""
    if Bylaws.objects.in_force(now()) is None:
        return None
    first = Bylaws.objects.order_by("version").values_list("starts_at", flat=True).first()
    return localtime(first).date() if first else None


def may_read_register(actor: Actor, *, is_public: bool) -> Verdict:
    """Read what was decided: everyone, or, where the bylaws keep it so, those at the table."""
    if is_public:
        return allow("governance.register.public", N_("What the table decided is public."))
    if actor.partner_id is not None or actor.role in (Role.MEMBER, Role.OPERATOR):
        return allow("governance.register.table", N_("Those at the table read what it decided."))
    return deny(
        "governance.register.closed",
        N_("The bylaws of this table keep its register to those who sit there."),
        N_("Sign in if you are one of them."),
    )


def may_give_from(actor: Actor, decided_on: date, is_certified: bool) -> Verdict:
    """``may_give`` for a page, from what a decision says."""
    if is_certified:
        return deny(
            "governance.give.voted-here", N_("What was voted here takes effect by its count and by nobody.")
        )
    return _may_give_minutes(actor, decided_on)


def may_give(actor: Actor, decision: Decision) -> Verdict:
    """Give a decision its mandate: the count, of what was voted here or decided under a delegation; the
    backbone, of minutes that are older than the bylaws. Since the bylaws hold, what binds is voted here.
    """
    if decision.proposal_id is not None:
        if is_the_count(actor):
            return allow("governance.give.count", N_("It was voted here and counted."))
        return deny(
            "governance.give.voted-here", N_("What was voted here takes effect by its count and by nobody.")
        )
    if decision.delegation_id is not None:
        if is_the_count(actor):
            return allow("governance.give.delegated", N_("Whom the table let decide it alone decided it."))
        return deny(
            "governance.give.delegated-alone",
            N_("What was decided alone takes effect as it is decided, once, and by nobody’s hand."),
        )
    if not is_older_than_bylaws(decision.recorded_at):
        return _LATER
    return _may_give_minutes(actor, decision.decided_on)


_LATER = deny(
    "governance.give.decide-here",
    N_("Since the bylaws hold, minutes put nothing into effect: what binds is voted here."),
    N_("Put it to the table as a question."),
)


def _may_give_minutes(actor: Actor, decided_on: date) -> Verdict:
    keeping = may_keep_record(actor)
    since = first_day_of_bylaws()
    if keeping and since is not None and decided_on >= since:
        return deny(
            "governance.give.decide-here",
            N_("Since the bylaws hold, minutes put nothing into effect: what binds is voted here."),
            N_("Put it to the table as a question."),
        )
    return keeping


def may_withdraw(actor: Actor) -> Verdict:
    """Withdraw a mandate by hand: the backbone, while the table is being founded. Then only decisions do."""
    if Bylaws.objects.in_force(now()) is None:
        return may_keep_record(actor)
    return deny(
        "governance.withdraw.by-decision",
        N_("Since the bylaws hold, what the table decided ends by a decision, or by the residents’ no."),
        N_("Put it to the table as a question. A partner can stop its own telling at once."),
    )


def may_turn(actor: Actor) -> Verdict:
    """Let mandates act whose day has come, and undo those that ran out."""
    if is_the_count(actor):
        return allow("governance.turn.count", N_("Its day has come."))
    return may_keep_record(actor)


_OF_THE_TABLE = (Matter.MEMBERSHIP.value, Matter.ROLES.value)


def _is_over() -> Q:
    return Q(withdrawn_at__lte=now()) | Q(ends_at__lte=now())


def may_change_table(under: UUID | None) -> Verdict:
    """Whether bodies, seats and partners may be changed: freely while no bylaws are in force, then only
    under a live mandate on membership that has not acted yet, or to undo one that ended. Partners, a storey
    below, asks this (``partners.facade.judge_with``).
    """
    if Bylaws.objects.in_force(now()) is None:
        return allow("governance.table.founding", N_("No bylaws are in force yet: a table is being founded."))
    if under is not None:
        table = Mandate.objects.filter(pk=under, matter__in=_OF_THE_TABLE).exclude(effect="")
        if table.live(now()).filter(taken_at=None).exists():
            return allow("governance.table.mandate", N_("The table decided it."))
        if table.filter(_is_over(), undone_at=None).exists():
            return allow("governance.table.undone", N_("What the table had decided has ended."))
    return deny(
        "governance.table.no-mandate",
        N_("Who sits at the table changes only by a decision that is in force."),
        N_("Put it to the table as a question."),
    )
