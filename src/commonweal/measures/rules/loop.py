"""When is a loop closed? Four tiers, always named, and two false friends (DOMAIN §1.11, 1-T7)."""

from collections.abc import Mapping
from dataclasses import dataclass

from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_

TERMINAL = frozenset({"completed", "rejected", "cancelled", "failed"})
NEVER_SENT = frozenset({"draft", "entered-in-error"})

TIERS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("ever-accepted", "decided"): ("L1", N_("Said yes, of those who answered")),
    ("terminal", "sent"): ("L2", N_("The outcome is known, of all that were sent")),
    ("service-received", "sent"): ("L3", N_("Help was received, of all that were sent")),
    ("service-received", "ever-accepted"): ("L3", N_("Help was received, of those that were accepted")),
    ("need-met", "sent"): ("L4", N_("The person says the need is met, of all that were sent")),
    ("need-met", "ever-accepted"): ("L4", N_("The person says the need is met, of those accepted")),
}


@dataclass(frozen=True, slots=True)
class Cohort:
    """Referrals that were sent, counted by where they stand now."""

    by_state: Mapping[str, int]
    service_received: int
    accepted_then_cancelled: int = 0

    @property
    def sent(self) -> int:
        """Drafts and mistakes were never sent: they drop out."""
        return sum(n for state, n in self.by_state.items() if state not in NEVER_SENT)

    @property
    def terminal(self) -> int:
        return sum(n for state, n in self.by_state.items() if state in TERMINAL)

    @property
    def ever_accepted(self) -> int:
        """Accepted at some time, whatever came after. An answer of *no* and silence are not."""
        after_yes = ("accepted", "in-progress", "on-hold", "completed", "failed")
        return sum(self.by_state.get(state, 0) for state in after_yes) + self.accepted_then_cancelled

    @property
    def decided(self) -> int:
        """Answered with yes or no."""
        return self.ever_accepted + self.by_state.get("rejected", 0)

    def count(self, name: str) -> int:
        """The count called ``name`` in TIERS, or the number in a state."""
        counts = {
            "sent": self.sent,
            "terminal": self.terminal,
            "ever-accepted": self.ever_accepted,
            "decided": self.decided,
            "service-received": self.service_received,
        }
        return counts[name] if name in counts else self.by_state.get(name, 0)


def may_be_called_closed(numerator: str, denominator: str) -> Verdict:
    """May this ratio be published as loop closure, and under which tier?

    *Completed* says only that the receiving side has finished; it is refused with its reason.
    """
    if tier := TIERS.get((numerator, denominator)):
        return allow(f"measure.loop.{tier[0].lower()}", tier[1])
    return deny(
        "measure.loop.not-a-tier",
        N_("“%(numerator)s of %(denominator)s” is not a closed loop: finished is not the same as helped."),
        cure=N_("Use outcome known (L2), help received (L3) or need met (L4), and say which."),
        numerator=numerator,
        denominator=denominator,
    )
