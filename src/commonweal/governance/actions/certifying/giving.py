"""The mandate of an adopted question: what it does, from when, until when, and when it is looked at again."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils.timezone import localtime, make_aware

from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import effects
from commonweal.governance.models import Decision, Poll, Proposal
from commonweal.governance.queries import bylaws
from commonweal.governance.shapes_bylaws import MatterRule
from commonweal.governance.vocabulary import (
    Matter,
)
from commonweal.kernel.clock import now


def give(row: Proposal, main: Poll, decision: Decision) -> None:
    """The mandate of an adopted question: from its day or now, up to its end, with its day of review."""
    law = bylaws.version_numbered(main.bylaws_version)
    rule = law.rule(Matter(main.rule["matter"]), main.body.slug) if law else None
    starts = max(_at_start(row) or now(), now())
    ends = make_aware(datetime.combine(row.ends_on, time.min)) if row.ends_on else None
    params = {**row.params, **_chosen_params(main)}
    effects.give(
        decision.id,
        row.effect,
        params,
        by=THE_COUNT,
        starts_at=starts,
        ends_at=_bounded(ends, starts, rule, main),
        review_on=row.review_on or _review(rule, main, starts),
        words="" if row.effect != "none" else row.title,
        matter=Matter(row.matter),
    )


def _chosen_params(main: Poll) -> dict[str, Any]:
    """Which options were chosen, for effects that ask."""
    chosen = (main.outcome or {}).get("chosen") or []
    return {"chosen": chosen} if main.rule["choosing"] else {}


def _at_start(row: Proposal) -> datetime | None:
    return make_aware(datetime.combine(row.starts_on, time.min)) if row.starts_on else None


def _bounded(ends: datetime | None, starts: datetime, rule: MatterRule | None, main: Poll) -> datetime | None:
    """The end, no later than the rule lets it run; what was hurried runs out soon (DOMAIN §7.7)."""
    bounds = [ends] if ends else []
    if rule and rule.longest_days:
        bounds.append(starts + timedelta(days=rule.longest_days))
    if rule and rule.emergency and main.rule["emergency"]:
        bounds.append(starts + timedelta(days=rule.emergency.expires_days))
    return min(bounds, default=None)


def _review(rule: MatterRule | None, main: Poll, starts: datetime) -> Any:
    if rule and rule.emergency and main.rule["emergency"]:
        return localtime(starts + timedelta(days=rule.emergency.review_days)).date()
    return localtime(starts + timedelta(days=rule.review_days)).date() if rule and rule.review_days else None
