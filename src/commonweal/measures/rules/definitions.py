"""The four measures, as data. Changing what one counts is a new version under a new decision.

The SQL is the subset that PostgreSQL, DuckDB and Spark read alike (DESIGN §5): it returns numerators and
denominators only; division, rounding and medians happen in Python. ``{period}`` is ``month`` or ``quarter``,
``{who}`` the partner's column, or ``''`` for the whole: the whole is counted, never added up.
"""

from collections.abc import Iterable
from datetime import date

from commonweal.kernel.words import N_
from commonweal.measures.rules.disclosure.lattice import Layout
from commonweal.measures.shapes import Base, Definition
from commonweal.measures.vocabulary import (
    SMALLEST_SHOWN,
    Attribution,
    Direction,
    Family,
    Grain,
    Kind,
    Level,
    Quadrant,
    Says,
    Time,
)

_REFERRALS = """
select period, who, sum(case when %s then 1 else 0 end) as numerator, count(*) as denominator
from (select cast(date_trunc('{period}', sent_on) as date) as period, {who} as who, status, accepted, met
      from referral_case) sent
where status not in ('draft', 'entered-in-error')%s
group by period, who
"""

_WAITS = """
select period, who, count(served_on) as numerator, count(*) as denominator,
       sent_on as began_on, served_on as ended_on, seen_to
from (select cast(date_trunc('{period}', sent_on) as date) as period, {who} as who, status, sent_on,
             served_on, seen_to
      from referral_case) sent
where status not in ('draft', 'entered-in-error')
group by period, who, sent_on, served_on, seen_to
"""

_SCREENED = """
select met.period, met.who, count(asked.person) as numerator, count(*) as denominator
from (select distinct cast(date_trunc('{period}', month) as date) as period, {who} as who, person
      from screening_case) met
left join (select distinct cast(date_trunc('{period}', month) as date) as period, {who} as who, person
           from screening_case where all_core = 1) asked
  on asked.period = met.period and asked.who = met.who and asked.person = met.person
group by met.period, met.who
"""


_KEPT_BY = N_("The data workgroup")
_FROM_REFERRALS = N_("Referrals, and what receiving partners and people themselves said about them")
_NOT_COUNTED = N_("Drafts, referrals entered by mistake, and everything about safety at home")

SCREENING_RATE = Definition(
    id="screening-rate",
    version=1,
    effective_from=date(2024, 1, 1),
    name=N_("People who were asked what they need"),
    question=N_("Do we ask everyone about the basics, or only some?"),
    kind=Kind.RATE,
    family=Family.SCREENING,
    quadrant=Quadrant.HOW_WELL,
    level=Level.ORGANIZATION,
    says=Says.PROCESS,
    time=Time.NEAR,
    direction=Direction.HIGHER,
    population=N_("People whom a partner met to ask what they need"),
    counted=N_("people whose answers cover food, home, rides and utilities, in one screening or several"),
    out_of=N_(
        "everyone with whom a partner began to ask that month, or wrote down that it did not; a person "
        "counts once, however many partners met them"
    ),
    exclusions=N_(
        "People who declined or could not answer. Safety at home is asked too, and never counted, so that "
        "nobody can be found by subtracting"
    ),
    limits=N_("Whom nobody thought to ask; and whether people felt free to answer."),
    attribution=Attribution.SCREENED_BY,
    bases=(Base("people", N_("of those met"), "asked", "people", _SCREENED),),
    sources=N_("Screenings at each partner"),
    owner=_KEPT_BY,
    elements=("screening-outcome", "topics-asked"),
    look_forward_days=0,
)

DISPOSITION_KNOWN = Definition(
    id="disposition-known",
    version=1,
    effective_from=date(2024, 1, 1),
    name=N_("Requests whose outcome is known"),
    question=N_("When we ask a service to help someone, do we learn what came of it?"),
    kind=Kind.RATE,
    family=Family.REFERRAL,
    quadrant=Quadrant.HOW_WELL,
    level=Level.COLLABORATIVE,
    says=Says.PROCESS,
    time=Time.NEAR,
    direction=Direction.HIGHER,
    population=N_("Requests for help that one partner sent to another"),
    counted=N_(
        "requests that had ended for the asking side 35 days after the month: finished, refused, taken "
        "back, or could not help (loop tier L2)"
    ),
    out_of=N_("every request sent that month; each had at least 30 days"),
    exclusions=_NOT_COUNTED,
    limits=N_("Whether the help was any good. An outcome can be known and bad."),
    attribution=Attribution.REFERRAL_TARGET,
    bases=(
        Base(
            "sent",
            N_("of those sent"),
            "known",
            "sent",
            _REFERRALS % ("status in ('completed', 'rejected', 'cancelled', 'failed')", ""),
        ),
    ),
    sources=_FROM_REFERRALS,
    owner=_KEPT_BY,
    elements=("request-sent-on", "request-outcome"),
)

NEED_MET = Definition(
    id="need-met",
    version=1,
    effective_from=date(2024, 1, 1),
    name=N_("Help that met the need"),
    question=N_("Did it help? The answer is the person’s own."),
    kind=Kind.RATE,
    family=Family.REFERRAL,
    quadrant=Quadrant.BETTER_OFF,
    level=Level.INDIVIDUAL,
    says=Says.OUTCOME,
    time=Time.SLOW,
    direction=Direction.HIGHER,
    population=N_("Requests for help that one partner sent to another"),
    counted=N_(
        "requests that a service accepted and of which the person had told us, by 35 days after the month, "
        "that the help met the need (loop tier L4). “Some” and no answer count as not met"
    ),
    out_of=N_("every request sent that month; and, beside it, those of them that a service accepted"),
    exclusions=_NOT_COUNTED,
    limits=N_("Who needed help and was never asked; and how the people are who did not answer us."),
    attribution=Attribution.REFERRAL_TARGET,
    bases=(
        Base("sent", N_("of those sent"), "met", "sent", _REFERRALS % ("accepted = 1 and met = 1", "")),
        Base(
            "accepted",
            N_("of those accepted"),
            "met",
            "accepted",
            _REFERRALS % ("met = 1", " and accepted = 1"),
        ),
    ),
    sources=_FROM_REFERRALS,
    owner=_KEPT_BY,
    elements=("request-sent-on", "request-accepted", "need-met"),
)

DAYS_TO_SERVICE = Definition(
    id="days-to-service",
    version=1,
    effective_from=date(2024, 1, 1),
    name=N_("Days until help began"),
    question=N_("How long does a person wait?"),
    kind=Kind.MEDIAN_DAYS,
    family=Family.REFERRAL,
    quadrant=Quadrant.HOW_WELL,
    level=Level.COLLABORATIVE,
    says=Says.OUTCOME,
    time=Time.NEAR,
    direction=Direction.LOWER,
    population=N_("Requests for help that one partner sent to another"),
    counted=N_(
        "the day by which help had begun for half of the requests (Kaplan and Meier’s median, so those who "
        "still wait are counted too)"
    ),
    out_of=N_(
        "every request sent that month, followed until 35 days after it; one that ended without help "
        "stays in the count, since leaving it out would make the wait look shorter"
    ),
    exclusions=_NOT_COUNTED,
    limits=N_("How long the other half waits."),
    attribution=Attribution.REFERRAL_TARGET,
    bases=(Base("sent", N_("of those sent"), "served", "sent", _WAITS),),
    sources=_FROM_REFERRALS,
    owner=_KEPT_BY,
    elements=("request-sent-on", "help-began-on"),
    minimum_n=2 * SMALLEST_SHOWN,  # so that each half of the people is 11 at least
)

DEFINITIONS: tuple[Definition, ...] = (NEED_MET, DAYS_TO_SERVICE, DISPOSITION_KNOWN, SCREENING_RATE)
"""In the order of the list page: what matters to people first."""

BY_ID = {definition.id: definition for definition in DEFINITIONS}

LAYOUTS: dict[Family, Layout] = {
    Family.REFERRAL: Layout(
        splits=(
            ("sent", ("known", "unknown")),
            ("sent", ("accepted", "not-accepted")),
            ("accepted", ("met", "accepted-not-met")),
            ("sent", ("met", "not-met")),
        ),
        worth={"sent": 3, "known": 2, "met": 2, "accepted": 1},
    ),
    Family.SCREENING: Layout(
        splits=(("people", ("asked", "not-asked")),),
        united=frozenset({"people", "asked"}),
        covered=frozenset({"not-asked"}),
        worth={"people": 2, "asked": 1},
    ),
}
"""How the counts of a family hang together: shown counts and the remainders that follow from them."""


def of_family(family: Family) -> tuple[Definition, ...]:
    return tuple(d for d in DEFINITIONS if d.family is family)


def sql(base: Base, grain: Grain, *, by_partner: bool, family: Family) -> str:
    """The base's SQL for one grain, by partner or for the whole."""
    column = "target" if family is Family.REFERRAL else "holder"
    return base.sql.format(period=grain.value, who=column if by_partner else "''")


def counts_of(definitions: Iterable[Definition]) -> frozenset[str]:
    """The counts that these definitions put on a page."""
    found: set[str] = set()
    for definition in definitions:
        for base in definition.bases:
            found.add(base.denominator)
            if definition.kind is Kind.RATE:
                found.add(base.numerator)
    return frozenset(found)
