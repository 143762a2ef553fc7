"""Who must sit on a body for it to bind: co-leads, parity, a share of residents (DOMAIN §7.5).

A vacancy starts a time to cure; what was decided before stays decided.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from commonweal.governance.shapes_voting import Share
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_

CURE = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Lead:
    """A human who leads a body: the sectors that they stand for, and whether as a resident."""

    name: str
    sectors: frozenset[str]
    is_resident: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a body may bind now. ``cure_by``: the day from which it may not, while something is lacking."""

    is_compliant: bool
    lacking: tuple[Verdict, ...]
    cure_by: date | None = None

    def may_bind(self, on: date) -> Verdict:
        """Whether it may decide with effect on a day. The first thing that is lacking says what to mend."""
        if self.is_compliant or (self.cure_by is not None and on < self.cure_by):
            return allow("governance.body.may-bind", N_("The body is made up as the bylaws ask."))
        return self.lacking[0]


def standing(checks: Iterable[Verdict], vacant_since: date | None, cure: timedelta = CURE) -> Standing:
    """A body's standing from its composition checks. ``vacant_since``: when a seat that is now lacking fell
    vacant; None where the body never was complete, so that there is nothing to cure."""
    lacking = tuple(check for check in checks if not check)
    if not lacking:
        return Standing(True, ())
    return Standing(False, lacking, vacant_since + cure if vacant_since else None)


def co_leads(leads: Sequence[Lead], needed: int = 3) -> Verdict:
    """At least ``needed`` leads of different sectors. Who stands for two sectors counts once."""
    found = _people_of_different_sectors(leads)
    if found >= needed:
        return allow(
            "governance.body.co-leads", N_("%(found)s leads stand for different sectors."), found=found
        )
    return deny(
        "governance.body.co-leads",
        N_("%(found)s of %(needed)s co-leads stand for different sectors."),
        N_("Find a co-lead from a sector that leads nothing here yet."),
        found=found,
        needed=needed,
    )


def _people_of_different_sectors(leads: Sequence[Lead]) -> int:
    """The most leads that can be matched to sectors of their own, one each."""
    holder: dict[str, int] = {}

    def place(lead: int, tried: set[str]) -> bool:
        for sector in sorted(leads[lead].sectors - tried):
            tried.add(sector)
            if sector not in holder or place(holder[sector], tried):
                holder[sector] = lead
                return True
        return False

    return sum(place(lead, set()) for lead in range(len(leads)))


def parity(leads: Sequence[Lead]) -> Verdict:
    """At least one lead of an institution and one resident lead, with equal authority."""
    residents = sum(lead.is_resident for lead in leads)
    institutions = len(leads) - residents
    if residents and institutions:
        return allow("governance.body.parity", N_("A resident and an institution lead it together."))
    return deny(
        "governance.body.parity",
        N_("No resident leads it.") if institutions or not leads else N_("No institution leads it."),
        N_("Seat a resident lead.") if institutions or not leads else N_("Seat a lead of an institution."),
    )


def residents_share(residents: int, seats: int, share: Share) -> Verdict:
    """A share of the filled seats held by residents who are or were served."""
    if share.is_met(residents, seats):
        return allow(
            "governance.body.residents",
            N_("%(residents)s of %(seats)s seats are held by residents."),
            residents=residents,
            seats=seats,
        )
    return deny(
        "governance.body.residents",
        N_("%(residents)s of %(seats)s seats are held by residents; the bylaws ask for %(needed)s."),
        N_("Seat residents who are or were served. A professional who lives here is not counted as one."),
        residents=residents,
        seats=seats,
        needed=share.least_of(seats),
    )


def sectors_seated(seated: Mapping[str, int], asked: Mapping[str, int]) -> tuple[Verdict, ...]:
    """For each sector that the bylaws ask for, whether enough of its seats are filled."""
    return tuple(_sector(name, seated.get(name, 0), needed) for name, needed in sorted(asked.items()))


def _sector(name: str, seated: int, needed: int) -> Verdict:
    if seated >= needed:
        return allow("governance.body.sector", N_("%(name)s is seated."), name=name)
    return deny(
        "governance.body.sector",
        N_("%(name)s has %(seated)s of %(needed)s seats filled."),
        N_("Invite someone of that sector."),
        name=name,
        seated=seated,
        needed=needed,
    )


def affected_present(populations: Sequence[str], has_residents: bool) -> Verdict:
    """Someone sits there for those whom it is about: a resident, or a seat of a class of members that names
    whom it stands for. ``populations``: those of such seats; an organization that serves a population is not
    the population (DOMAIN §9.6)."""
    if has_residents or any(populations):
        return allow("governance.body.affected", N_("Those whom it is about are seated."))
    return deny(
        "governance.body.affected",
        N_("Nobody is seated for those whom it is about."),
        N_("Seat someone who lives with what is decided here."),
    )


def leads_sit_there(missing: Sequence[str], body: str) -> Verdict:
    """Each lead also sits on a body above. ``missing``: the leads who do not."""
    if not missing:
        return allow("governance.body.leads-above", N_("Its leads also sit on %(body)s."), body=body)
    return deny(
        "governance.body.leads-above",
        N_("%(names)s leads here and does not sit on %(body)s."),
        N_("Give each lead a seat there."),
        names=", ".join(missing),
        body=body,
    )
