"""A county in which every row about a person carries its partner's canary, laid through the contexts' acts.

The prober works at Northbank Rides: at the table, under the agreement, and named by nobody's consent.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from tests.people.browsing import _signed_in, person
from tests.people.cast import PARTNERS, Table, agree, draft_consent, lay_table, register

from commonweal.care import actions as care
from commonweal.directory.models import Organization, Service
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access import glass as glasses
from commonweal.foundation.access.facts import assign
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts.models import Account, Membership
from commonweal.foundation.accounts.sessions import Factor
from commonweal.governance.models import Agreement, Decision, Mandate
from commonweal.kernel.answers import Answered
from commonweal.kernel.clock import today
from commonweal.kernel.domains import NeedDomain
from commonweal.partners.models import Partner
from commonweal.people import actions as people
from commonweal.people.shapes import OtherName, RecordDraft
from commonweal.people.vocabulary import Channel, DatePrecision
from commonweal.referrals import actions as referrals
from commonweal.referrals.actions.asking import Wishes
from commonweal.referrals.models import Gap, Task
from commonweal.referrals.shapes import Ask
from commonweal.referrals.vocabulary import Helped, OutcomeCode, Provenance
from commonweal.screening import actions as screening
from commonweal.screening.shapes import Given

PROBER = "northbank-rides"
ASKED = "ferry-street"
ALSO_ASKED = "alder-commons"
WITHOUT_TERMS = "safe-harbor"
VICTIMS = ("alder-general", "millrace", "safe-harbor")
CANARY = {"alder-general": "Zqalder", "millrace": "Zqmill", "safe-harbor": "Zqharbor", PROBER: "Zqown"}
BORN = {"Zqalder": 1901, "Zqmill": 1902, "Zqharbor": 1903, "Zqown": 1904}
PHONE = {"Zqalder": "0151", "Zqmill": "0152", "Zqharbor": "0153", "Zqown": "0154"}
"""Years of birth, ends of telephone numbers (and with them zips) that nobody else here has."""

ANSWERS = {"food": "short", "safety": "no", "safety.help": "yes", "money": "most-months"}
FOREIGN = tuple(CANARY[slug] for slug in VICTIMS)


@dataclass
class County:
    """Who is here, and the ids of the victims' things by the name that addresses use for them."""

    table: Table
    persons: dict[str, UUID] = field(default_factory=dict)
    ids: dict[str, dict[str, object]] = field(default_factory=dict)
    browsers: dict[tuple[str, Role], Client] = field(default_factory=dict)
    accounts: dict[tuple[str, Role], UUID] = field(default_factory=dict)
    restricted: set[tuple[UUID, str]] = field(default_factory=set)
    """(person, partner) whom the person wants nothing to know."""
    assigned: set[tuple[UUID, str]] = field(default_factory=set)
    """(person, partner) whose case worker is assigned to the person."""
    broken: set[tuple[UUID, str]] = field(default_factory=set)
    """(person, partner) whose clinician has broken the glass for the person."""
    bodies: dict[str, UUID] = field(default_factory=dict)
    neighbors: dict[str, Actor] = field(default_factory=dict)
    """Who sits in a victim's caucus and acts for no organization."""
    said: dict[str, Callable[[Any], bool]] = field(default_factory=dict)
    """Beginnings of the table's own canaries (``at_table``), and who may see what begins so."""

    def said_yes(self, person: UUID, holder: str, recipient: str, segment: str) -> bool:
        """Whether person, agreement and table let ``holder`` tell ``recipient``, for coordination."""
        return (
            self.persons.get(holder) == person
            and holder in VICTIMS
            and recipient in (ASKED, ALSO_ASKED)
            and segment == "general"
            and holder != WITHOUT_TERMS
        )

    def actor(self, slug: str, role: Role = Role.COORDINATOR, purpose: Purpose = Purpose.COORD) -> Actor:
        """A worker with an account and a live membership."""
        if (slug, role) not in self.accounts:
            account = Account.objects.create(
                kind="staff", name=f"Worker {role.value}", email=f"{role.value}@{slug}.example.org"
            )
            Membership.objects.create(account=account, partner_id=self.table[slug], role=role.value)
            self.accounts[slug, role] = account.pk
        return Actor(role, purpose, self.table[slug], self.accounts[slug, role], name=f"Worker {role.value}")

    def browser(self, role: Role, slug: str = PROBER) -> Client:
        """A browser signed in as ``role`` at ``slug``; a resident's own; nobody's for the public."""
        if (slug, role) not in self.browsers:
            if role is Role.PUBLIC:
                client = Client(raise_request_exception=False)
            elif role is Role.RESIDENT:
                client = person(self.persons[slug])
            else:
                account = Account.objects.get(pk=self.actor(slug, role).account_id)
                client = _signed_in(account, Factor.PASSKEY)
            client.raise_request_exception = False
            self.browsers[slug, role] = client
        return self.browsers[slug, role]


def lay_county() -> County:
    """Everything, in the transaction of the test."""
    table = lay_table()
    agree(table, *(slug for slug, _, _ in PARTNERS if slug != WITHOUT_TERMS))
    county = County(table)
    services = {slug: _service(table[slug], slug) for slug, _, _ in PARTNERS}
    for slug in (*VICTIMS, PROBER):
        county.persons[slug] = register(_draft(CANARY[slug]), county.actor(slug))
    for slug in VICTIMS:
        county.ids[slug] = _fill(county, slug, services)
    return county


def _service(partner_id: UUID, slug: str) -> UUID:
    Partner.objects.filter(pk=partner_id).update(email=f"desk@{slug}.example.org", phone="555-0127")
    organization = Organization.objects.create(
        name=f"Organization {slug}", partner_id=partner_id, email=f"desk@{slug}.example.org"
    )
    return Service.objects.create(name=f"Service {slug}", organization=organization, status="active").pk


def _draft(canary: str) -> RecordDraft:
    return RecordDraft(
        given=f"{canary}given",
        family=f"{canary}family",
        also=(OtherName(given=f"{canary}also", family=f"{canary}maiden"),),
        birth_date=date(BORN[canary], 7, 14),
        birth_precision=DatePrecision.DAY,
        gender_words=f"{canary}gender",
        pronouns=f"{canary}pronouns",
        phone=f"541-555-{PHONE[canary]}",
        email=f"{canary.lower()}mail@example.org",
        address=f"9 {canary}lane",
        city=f"{canary}ville",
        zip=f"9{BORN[canary]}",
        place=f"{canary}area",
        channels={Channel.TEXT: Answered.YES, Channel.CALL: Answered.YES},
        best_time=f"{canary}mornings",
        household_note=f"{canary}household",
        own_number=f"{canary}number17",
    )


def _fill(county: County, slug: str, services: dict[str, UUID]) -> dict[str, object]:
    """Every kind of row about the victim's person; gives the ids that addresses name."""
    canary, teresa, by = CANARY[slug], county.persons[slug], county.actor(slug)
    asked = ASKED
    with acting(by):
        people.update_record(teresa, replace(_draft(canary), best_time=f"{canary}evenings"), by=by)
        consent = _consent(county, slug, teresa, by, asked)
        other = register(replace(_draft(canary), own_number=f"{canary}number18", phone=""), by)
        people.keep_apart(teresa, other, by=by)
        unwanted = "millrace" if slug != "millrace" else "alder-general"
        county.restricted.add((teresa, unwanted))
        people.restrict(
            teresa,
            county.table[unwanted],
            by=by,
            words=f"{canary}asked for it",
        )
        answers = screening.start(teresa, by=by)
        screening.finish(answers, [Given(q, (a,)) for q, a in ANSWERS.items()], by=by)
    _safe_address(county, slug, teresa, canary)
    own_page = _own_page(teresa, canary, by)
    ids: dict[str, object] = {
        "person_id": teresa,
        "person": teresa,
        "consent_id": consent,
        "screening": answers,
        "partner_id": county.table[asked],
        "service_id": services[slug],
        "membership_id": Membership.objects.get(account_id=by.account_id).pk,
        "slug": slug,
        "glass_id": _broken(county, slug, teresa, canary),
        "account": own_page,
        "member_id": _team(teresa, canary, by),
        "stay_id": _stay(teresa, canary, by),
    }
    return ids | _referral(county, slug, services, asked) | _table_ids(county)


def _consent(county: County, slug: str, teresa: UUID, by: Actor, asked: str) -> UUID:
    canary = CANARY[slug]
    draft = draft_consent(
        teresa,
        county.table[asked],
        county.table[ALSO_ASKED],
        both_ways=False,
        words=f"{canary}consent words",
        signed_name=f"{canary}signature",
        witness=f"{canary}witness",
        interpreter=f"{canary}interpreter",
    )
    return people.give_consent(draft, by=by)


def _safe_address(county: County, slug: str, teresa: UUID, canary: str) -> None:
    keeper = county.actor(slug, Role.CASE_WORKER, Purpose.TREAT)
    with acting(county.actor(slug)):
        assign(teresa, keeper.account_id)
    county.assigned.add((teresa, slug))
    with acting(keeper):
        people.keep_safe_address(teresa, f"7 {canary}hideaway", by=keeper, note=f"{canary}safenote")


def _own_page(teresa: UUID, canary: str, by: Actor) -> UUID:
    with acting(by):
        return people.give_own_page(teresa, by=by, email=f"{canary.lower()}own@example.org")


def _broken(county: County, slug: str, teresa: UUID, canary: str) -> UUID:
    clinician = county.actor(slug, Role.CLINICIAN, Purpose.TREAT)
    county.broken.add((teresa, slug))
    with acting(clinician):
        return glasses.break_glass(teresa, reason=f"{canary}was found unconscious", by=clinician)


def _team(teresa: UUID, canary: str, by: Actor) -> UUID:
    with acting(by):
        return care.join(teresa, f"{canary}does", by=by, name=f"{canary}helper", languages=f"{canary}tongue")


def _stay(teresa: UUID, canary: str, by: Actor) -> UUID:
    doctor = replace(by, role=Role.CLINICIAN, purpose=Purpose.TREAT)
    with acting(doctor):
        return care.admit(teresa, by=doctor, admitted_on=today(), phone=f"{canary}desk")


def _referral(county: County, slug: str, services: dict[str, UUID], asked: str) -> dict[str, object]:
    canary, teresa, by, service = CANARY[slug], county.persons[slug], county.actor(slug), services[asked]
    if slug == WITHOUT_TERMS:  # a shelter's rows go nowhere: no agreement names it
        with acting(by):
            need = screening.raise_need(teresa, NeedDomain.HOUSING, by=by)
        return {"need_id": need, "need": need}
    wishes = Wishes(warm_handoff=True, handoff_to=f"{canary}receiver")
    ask = Ask(f"{canary}food boxes", f"{canary}askarea", "en", 3, "no-car")
    with acting(by):
        need = screening.raise_need(teresa, NeedDomain.FOOD, by=by)
        task = referrals.ask(need, [service], by=by, ask=ask, wishes=wishes)
        referrals.ask_question(task, f"{canary}question", by=by)
    served = county.actor(asked, Role.CASE_WORKER)
    with acting(served):
        referrals.accept(task, by=served, words=f"{canary}yes")
        referrals.reply(task, f"{canary}reply", by=served)
        referrals.start(task, by=served, words=f"{canary}began")
        referrals.complete(task, OutcomeCode("service-received-full"), by=served, words=f"{canary}done")
    with acting(by):
        referrals.record_answer(
            task, Helped.YES, by=by, provenance=Provenance.PHONE, words=f"{canary}it helped"
        )
        bills = screening.raise_need(teresa, NeedDomain.UTILITIES, by=by)
        second = referrals.ask(bills, [service], by=by, ask=ask)
        rides = screening.raise_need(teresa, NeedDomain.TRANSPORT, by=by)
        referrals.ask(rides, [service, services[ALSO_ASKED]], by=by, ask=ask)
    with acting(served):
        referrals.decline(second, "not-eligible", by=served, words=f"{canary}full")
    with acting(by):
        referral = Task.objects.get(pk=task).referral_id
    return {"need_id": need, "need": need, "task_id": task, "referral_id": referral}


def _table_ids(county: County) -> dict[str, object]:
    """Ids of what is everyone's: no canary, and still not everyone's to change."""
    return {
        "gap_id": Gap.objects.values_list("pk", flat=True).first() or uuid4(),
        "agreement_id": Agreement.objects.values_list("pk", flat=True).first(),
        "mandate_id": Mandate.objects.values_list("pk", flat=True).first(),
        "number": Decision.objects.values_list("number", flat=True).first(),
        "correction_id": uuid4(),
        "synonym_id": uuid4(),
        "mapping_id": uuid4(),
        "passkey_id": 1,
        "measure_id": "screening-rate",
        "element_id": "need-met",
        "key": "neighbor-check-in",
    }
