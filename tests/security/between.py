"""What is said between meetings in a county: what is owed, asked of data, wished for, put off.

The same three bodies of each victim as in ``at_table``, and the same rule: who may see a canary is said here,
from who sits where.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from tests.governance.decided import decide
from tests.people.browsing import _signed_in
from tests.security.canaries import Who
from tests.security.county import ALSO_ASKED, ASKED, VICTIMS, WITHOUT_TERMS, County

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts.models import Account, Membership
from commonweal.foundation.accounts.sessions import Factor
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import activities, obligations
from commonweal.governance.vocabulary_obligations import AgreementKind, Part
from commonweal.kernel.clock import now, today
from commonweal.measures import actions as measures
from commonweal.measures.models import Analysis, AnalysisFigure, AnalysisRun
from commonweal.measures.vocabulary_data import Population, Says, Told
from commonweal.partners import actions as partners
from commonweal.partners.actions import agendas, calling, coming
from commonweal.partners.models import Member
from commonweal.partners.vocabulary import Authority, BodyKind, MemberKind
from commonweal.partners.vocabulary_meetings import Coming, Offer

if TYPE_CHECKING:
    from tests.security.at_table import Place

SETUP = Actor(Role.OPERATOR, Purpose.ADMIN, name="setup")
STEWARD = Who(Role.ORG_ADMIN, ALSO_ASKED)
HOLDERS = (*(slug for slug in VICTIMS if slug != WITHOUT_TERMS), ASKED)
"""Whose rows are asked for: a shelter is never asked."""
BY_NUMBER = "measures/analyses/<"
SOON = timedelta(days=7)

Says_ = Callable[[str], str]


def volunteer(slug: str) -> Who:
    """Who takes part in a victim's open body without a seat, and works for nobody."""
    return Who(Role.MEMBER, f"volunteer-{slug}")


# ── What is owed, and who answers for what: in the open, by name but for a shelter's people ──────────
def owed(county: County, slug: str, place: "Place") -> dict[str, object]:
    """An agreement with what it asks, one side's word and the other's; an activity with somebody for it."""
    if not place.is_open:
        return {}
    county.said |= {
        f"{place.mark}owed": lambda who: True,
        f"{place.mark}does": lambda who: who.role not in OUTSIDE,
    }
    mine, other, by = county.table[slug], county.table[ASKED], place.by
    steward = county.actor(STEWARD.slug, STEWARD.role, Purpose.GOV)
    receives = county.actor(ASKED, Role.ORG_ADMIN, Purpose.GOV)
    with acting(steward):
        agreed = obligations.write_agreement(
            by=steward, title=f"Agreement {slug}", kind=AgreementKind.UNDERSTANDING, partner_ids=[mine, other]
        )
    with acting(by):
        made = obligations.oblige(
            agreed, by=by, owes_id=mine, to_id=other, words=f"{place.mark}owed words",
            first_due_on=today(), every_months=1, evidence=f"{place.mark}owed shown by",
        )  # fmt: skip
        obligations.say_met(made, today(), by=by, evidence=f"{place.mark}owed was brought")
        alone = activities.begin(place.body, by=by, words=f"{place.mark}does the rides")
        activities.give_part(alone, Part.ACCOUNTABLE, by=by, seat_id=place.seat)
    with acting(receives):
        obligations.deny(made, today(), by=receives, why=f"{place.mark}owed and not come")
    return {"agreement_id": agreed, "obligation_id": made, "activity_id": alone}


# ── Who comes, and what was put off ─────────────────────────────────────────────────────────────────
def to_come(county: County, slug: str, place: "Place", said: Says_) -> dict[str, object]:
    """A called meeting: a wish with what one needs for it, a volunteer's point that was put off."""
    by = place.by
    helper = _volunteer(county, slug, place) if place.is_open else by
    with acting(by):
        at = calling.Place(now() + timedelta(days=1), "Alder Falls Library", (Offer.CHILD_CARE,))
        made = calling.call_meeting(place.body, by=by, plan=calling.Plan(), at=at, tell=False)
        coming.say_coming(
            made, place.seat, by=by, coming=Coming.YES, needs=[Offer.TRANSPORT], language="vi",
            words=f"{place.mark}needs a lift", tell=False,
        )  # fmt: skip
    with acting(helper):
        point = agendas.put_item(made, by=helper, title=said("point"), words=said("pointabout"))
    with acting(by):
        agendas.defer_item(point, by=by, why=said("putoff"))
    return {"meeting_id called": made, "item_id called": point}


def _volunteer(county: County, slug: str, place: "Place") -> Actor:
    who, name = volunteer(slug), f"{place.mark}volunteer"
    account = Account.objects.create(kind="staff", name=name, email=f"{who.slug}@example.org")
    Membership.objects.create(account=account, role=Role.MEMBER.value)
    county.browsers[who.slug, Role.MEMBER] = client = _signed_in(account, Factor.PASSKEY)
    client.raise_request_exception = False
    with acting(SETUP):
        member = Member.objects.create(
            name=name, kind=MemberKind.RESIDENT.value, account_id=account.pk, lives_here=True,
            is_or_was_served=True, joined_on=today(),
        )  # fmt: skip
    with acting(place.by):
        partners.take_part(place.body, by=place.by, member_id=member.pk)
    # Residents who are members are known by name at the table, with a seat or without.
    county.said[name] = lambda asks: asks.role not in OUTSIDE
    return Actor(Role.MEMBER, Purpose.GOV, None, account.pk, name=name)


# ── What is asked of data ───────────────────────────────────────────────────────────────────────────
def seat_holders(county: County, delegate: Callable[[County, str], tuple[UUID, Actor]]) -> None:
    """A body in which each holder of data sits with its own yes; founded before anybody is bound."""
    with acting(SETUP):
        body = partners.found_body(by=SETUP, slug="data", name="Data", kind=BodyKind.WORKGROUP)
    county.bodies["data"] = body
    for slug in HOLDERS:
        member = delegate(county, slug)[0] if slug in VICTIMS else _worker(county, slug)
        with acting(SETUP):
            seat = partners.add_seat(body, by=SETUP, partner_id=county.table[slug])
            partners.fill_seat(seat, by=SETUP, member_id=member, authority=Authority.FULL)


def _worker(county: County, slug: str) -> UUID:
    who = county.actor(slug, Role.CASE_WORKER, Purpose.GOV)
    with acting(SETUP):
        return Member.objects.create(
            name="Plain delegate", kind=MemberKind.DELEGATE.value, partner_id=county.table[slug],
            account_id=who.account_id, joined_on=today(),
        ).pk  # fmt: skip


def ask_of_data(county: County, slug: str, place: "Place", mark: str) -> dict[str, object]:
    """An analysis for this body, answered by each holder; the victim's own words about an element.

    What is asked and answered is read by all at the table, since each holder must know it; what it then
    tells, by those who sit in the body. Who works for a shelter is nowhere named.
    """
    county.said |= {
        f"{mark}answers": lambda who: who.role not in OUTSIDE,
        f"{mark}data": lambda who: True,
        f"{place.mark}asks": lambda who: who.role not in OUTSIDE,
        f"{place.mark}result": lambda who: who == place.who or who.role is Role.BACKEND_SERVICE,
    }
    # A resident who asks holders does so by the name that all at the table know.
    asks = place.by if place.by.partner_id else replace(place.by, name=f"{place.mark}sits")
    with acting(asks):
        number = measures.ask_analysis(
            by=asks, title=f"{place.mark}asks who", question=f"{place.mark}asks how many",
            purpose=f"{place.mark}asks why", population=Population.REQUESTS, elements=["need-met"],
            first_day=today(), last_day=today(), told=Told.TOGETHER, body_id=place.body,
            holders=[county.table[one] for one in HOLDERS], expires_on=today() + timedelta(days=90),
        )  # fmt: skip
    for one in HOLDERS:
        by = county.actor(one, Role.CASE_WORKER, Purpose.GOV)
        words = f"{mark}answers for its rows" if one == slug else "Plain answer"
        with acting(by):
            measures.answer_analysis(
                Analysis.objects.get(number=number).pk, by=by, says=Says.YES, only_together=True, words=words
            )
    if place.is_open:
        by = replace(county.actor(slug, Role.ORG_ADMIN, Purpose.GOV), name=place.by.name)
        with acting(by):
            measures.say_of_data("need-met", by=by, shows=f"{mark}data shows", not_shown=f"{mark}data not",
                                 faults=f"{mark}data faults")  # fmt: skip
    return {f"int {BY_NUMBER}": number}


def tell_of_data(found: dict[str, object], place: "Place") -> None:
    """What the analysis of this body told, under a decision that lives."""
    row = Analysis.objects.get(number=found[f"int {BY_NUMBER}"])
    year = now() + timedelta(days=300)
    mandate = decide("analysis.run", {"analysis": str(row.pk)}, ends_at=year, gate="residents")
    with acting(replace(THE_COUNT, purpose=Purpose.OPS)):
        run = AnalysisRun.objects.create(
            analysis=row, mandate_id=mandate, policy="x", as_of=now(), contributors=row.holders,
            not_told=[[row.first_quarter.isoformat(), f"{place.mark}result words"]],
        )  # fmt: skip
        AnalysisFigure.objects.create(run=run, starts_on=row.first_quarter, what="all", state="held")


OUTSIDE = frozenset({Role.PUBLIC, Role.RESIDENT, Role.PROXY, Role.APP, Role.ADT_SENDER})
"""Who has no part in the table."""
