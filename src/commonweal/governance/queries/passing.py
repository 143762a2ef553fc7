"""The narrow way past a gate that did not answer: from when, with how many, and whether it is met."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime

from commonweal.foundation.access import Actor
from commonweal.governance import access_voting as access
from commonweal.governance.models import Poll, Proposal
from commonweal.governance.queries import polls
from commonweal.governance.rules.binding import GATED
from commonweal.governance.rules.counting import base_of
from commonweal.governance.rules.wire import electorate_of, share_of
from commonweal.governance.shapes_voting import Share
from commonweal.governance.vocabulary import Base, Matter, Stage
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_


@dataclass(frozen=True, slots=True)
class WayPast:
    """What the frozen rule asks for the way past, and what there is: ``yes`` of ``whole`` members,
    ``needed`` of them, from ``opens_at``."""

    threshold: Share
    after_days: int
    opens_at: datetime
    yes: int
    whole: int
    article: str

    @property
    def needed(self) -> int:
        return self.threshold.least_of(self.whole)

    @property
    def has_enough(self) -> bool:
        return self.threshold.is_met(self.yes, self.whole)


def way_past(row: Proposal, main: Poll) -> WayPast | None:
    """The way that the rule of a closed poll has past a gate; None where it has none, or may have none."""
    path = main.rule["override"]
    share = share_of(path["threshold"]) if path else None
    if path is None or share is None or Matter(row.matter) in GATED or main.closed_at is None:
        return None
    found = polls.count_now(main)
    rule = replace(polls.frozen_rule(main).voting, base=Base.MEMBERSHIP)
    return WayPast(
        threshold=share,
        after_days=path["after_days"],
        opens_at=main.closes_at + timedelta(days=path["after_days"]),
        yes=found.outcome.tally.yes,
        whole=base_of(rule, electorate_of(main.electorate), found.outcome.tally),
        article=main.rule["article"],
    )


def may_pass(by: Actor, row: Proposal) -> Verdict:
    """Adopt past a gate that did not answer: who leads, while it waits, late enough, with enough of all."""
    leading = access.may_lead(by, row)
    if not leading:
        return leading
    asked = polls.polls_of_round(row)
    if row.stage != Stage.PENDING_RESIDENTS.value or not asked:
        return deny("governance.override.not-waiting", N_("This question does not wait for an answer."))
    main = asked[0]
    way = way_past(row, main)
    if way is None:
        return deny("governance.override.no-path", N_("The bylaws have no way past this."))
    if any(poll.closed_at is None for poll in asked):
        return deny(
            "governance.override.asked",
            N_("They are being asked again just now."),
            N_("Wait for their answer."),
        )
    if polls.moment_for(main) < way.opens_at:
        return deny(
            "governance.override.too-soon",
            N_("The bylaws let more time pass first."),
            N_("This way opens on %(day)s. Ask them again until then."),
            day=date_format(localtime(way.opens_at), "DATE_FORMAT"),
        )
    if not way.has_enough:
        return deny(
            "governance.override.too-few",
            N_("Too few of all members said yes for this."),
            N_("%(needed)s of %(whole)s are needed, and %(yes)s said yes. Ask the body again."),
            needed=way.needed,
            whole=way.whole,
            yes=way.yes,
        )
    return allow("governance.override.met", N_("The bylaws have this narrow way, and it was met."))
