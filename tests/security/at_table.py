"""What the table of a county is and says, under bylaws: bodies, meetings, questions, promises.

For each victim three bodies: one that is open and bears the partner's slug, a private council in which the
partner's delegate sits, and a caucus in which a resident sits for nobody. All that is said bears canaries;
who may see them is said here, from who sits where: no page and no policy is asked.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from tests.governance.decided import decide
from tests.people.browsing import _signed_in
from tests.security import between
from tests.security.canaries import Who
from tests.security.county import ALSO_ASKED, ASKED, VICTIMS, WITHOUT_TERMS, County

from commonweal.foundation import links
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts.models import Account, Membership
from commonweal.foundation.accounts.sessions import Factor
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import (
    activities,
    bylaws,
    casting,
    certifying,
    delegating,
    mailing,
    obligations,
    polling,
    promising,
    proposing,
    talking,
)
from commonweal.governance.models import BallotLink, Delegation, Initiative, Proposal
from commonweal.governance.vocabulary import Matter, Stage
from commonweal.kernel.clock import now, today
from commonweal.partners import actions as partners
from commonweal.partners.actions import agendas, calling, feeds, minuting, running
from commonweal.partners.models import ActionItem, Enrollment, Holding, Member, MinuteLine
from commonweal.partners.vocabulary import Authority, BodyKind, MemberClass, MemberKind, SeatRole
from commonweal.partners.vocabulary_meetings import Could, LineKind, Offer
from commonweal.voice import actions as voices
from commonweal.voice.actions.mailing import STOP
from commonweal.voice.models import Act
from commonweal.voice.vocabulary import Answering

SETUP = Actor(Role.OPERATOR, Purpose.ADMIN, name="setup")
STEWARD = Who(Role.ORG_ADMIN, ALSO_ASKED)
SPEAKS = Role.CASE_WORKER
"""In which role a partner's delegate works: the seat decides, not the role."""

MARK = {"alder-general": "Ztalder", "millrace": "Ztmill", "safe-harbor": "Ztharbor"}
MATTERS = {
    "table": Matter.POSITION,
    "alder-general-closed": Matter.DIRECTORY,
    "millrace-closed": Matter.BUDGET,
    "safe-harbor-closed": Matter.INITIATIVE,
    "alder-general-caucus": Matter.ROLES,
    "millrace-caucus": Matter.DELEGATION,
    "safe-harbor-caucus": Matter.TARGET,
}
"""Which matter the bylaws give to which body."""

BODIES_EACH = 3
STRANGERS = frozenset({Role.PUBLIC, Role.RESIDENT, Role.PROXY, Role.APP, Role.ADT_SENDER})
"""Who has no part in the table: they learn what is public, and of no human who sits there."""

OF_TABLE = frozenset(
    {
        "enrollment_id",
        "invitation_id",
        "seat_id",
        "holding_id",
        "meeting_id",
        "slot_id",
        "item_id",
        "action_id",
        "amendment_id",
        "recusal_id",
        "poll_id",
        "promise_id",
        "line_id",
        "body_id",
        "input_id",
        "group_id",
        "act_id",
        "agreement_id",
        "activity_id",
        "obligation_id",
    }
)
"""Parameters that name something of the table."""

Sees = Callable[[Who], bool]


@dataclass(frozen=True)
class Place:
    """A body of a victim, who leads it in which seat, and what begins its canaries."""

    slug: str
    mark: str
    body: UUID
    seat: UUID
    by: Actor
    who: Who

    @property
    def is_open(self) -> bool:
        return not self.slug.endswith(("-closed", "-caucus"))


def neighbor(slug: str) -> Who:
    """The resident who sits in a victim's caucus, and acts for no organization."""
    return Who(Role.MEMBER, f"neighbor-{slug}")


def lay_table(
    county: County, decided: Callable[[County], None] | None = None
) -> dict[str, list[dict[str, object]]]:
    """Bodies, bylaws, what was ``decided``, what is said; the ids of each victim's three bodies."""
    _give_watching_roles(county)
    _found(county, "table", BodyKind.BOARD)
    places = {slug: [_open(county, slug), _closed(county, slug), _caucus(county, slug)] for slug in VICTIMS}
    _found(county, "residents", BodyKind.COUNCIL)
    between.seat_holders(county, _delegate)
    with acting(SETUP):
        bylaws.lay_down(_laws(), by=SETUP)
    (decided or _decide)(county)
    asked = {place.slug: _asked_of_data(county, slug, place, tell=decided is None)
             for slug, those in places.items() for place in those}  # fmt: skip
    with acting(THE_COUNT):  # a decision that is laid without a vote leaves its question behind
        Proposal.objects.update(stage=Stage.ADOPTED.value)
    meeting, shared = _meeting_of_table(county), _of_everyone(county)
    found = {}
    for slug, those in places.items():
        first, *others = [_filled(county, slug, place, meeting) for place in those]
        common = {**shared, "promise_id": first["promise_id"]}
        found[slug] = [
            {**common, **ids, **asked[place.slug]} for ids, place in zip((first, *others), those, strict=True)
        ]
    return found


def _decide(county: County) -> None:
    """What lives beside its mandate and has pages of its own."""
    later = (today() + timedelta(days=365)).isoformat()
    decide("delegation.give", {"words": "Pay for rides", "report_on": later})
    decide("initiative.start", {"title": "Rides", "goal": "All", "owner": str(county.table[ASKED])})
    decide("element.adopt", {"element": "need-met", "steward": str(county.table[ALSO_ASKED])})
    decide("charter.adopt", {part: part for part in ("problem", "vision", "mission", "values")})


def _asked_of_data(county: County, slug: str, place: Place, *, tell: bool) -> dict[str, object]:
    found = between.ask_of_data(county, slug, place, MARK[slug])
    if tell:
        between.tell_of_data(found, place)
    return found


def _of_everyone(county: County) -> dict[str, object]:
    """Ids of what the table decided: the same for each victim."""
    steward, delegation = county.actor(STEWARD.slug, STEWARD.role, Purpose.GOV), Delegation.objects.get()
    with acting(steward):
        report = delegating.report(delegation.pk, by=steward, words="Nothing was spent yet.")
        activity = activities.begin(county.bodies["table"], by=steward, words="The minutes go out")
        owed = obligations.oblige_for(
            activity, by=steward, words="Within a week", first_due_on=today() + timedelta(days=7)
        )
    return {
        "delegation_id": delegation.pk,
        "report_id": report,
        "activity_id": activity,
        "obligation_id": owed,
        "slug decisions/initiatives/": Initiative.objects.get().slug,
        "int decisions/shared-charter/": 1,
    }


def _meeting_of_table(county: County) -> UUID:
    """A meeting of the whole table, which the backbone called and opened."""
    steward = county.actor(STEWARD.slug, STEWARD.role, Purpose.GOV)
    with acting(steward):
        at = calling.Place(now() + timedelta(days=1), "Alder Falls Library")
        body = county.bodies["table"]
        made = calling.call_meeting(body, by=steward, plan=calling.Plan(), at=at, tell=False)
        running.open_meeting(made, by=steward)
    return made


def _give_watching_roles(county: County) -> None:
    """Since bylaws hold, roles that watch over others are given by decisions: these were there before."""
    for slug in county.table.ids:
        for role in (Role.PRIVACY_OFFICER, Role.ELECTION_OFFICER):
            county.actor(slug, role)


def _laws() -> str:
    said = ['name = "Alder County"', 'residents_body = "residents"']
    for body, matter in (("table", Matter.BYLAWS), *MATTERS.items()):
        said += [f"[matter.{matter.value}]", 'article = "1"', 'text.en = "A majority."', f'body = "{body}"']
    return "\n".join(said)


# ── Bodies and who sits there ──────────────────────────────────────────────────────────────────────
def _found(county: County, slug: str, kind: BodyKind, *, is_private: bool = False) -> UUID:
    with acting(SETUP):
        body = partners.found_body(by=SETUP, slug=slug, name=slug.title(), kind=kind, is_private=is_private)
    county.bodies[slug] = body
    return body


def _delegate(county: County, slug: str) -> tuple[UUID, Actor]:
    """The victim's delegate: the member, and as whom they act."""
    mark, worker = MARK[slug], county.actor(slug, SPEAKS, Purpose.GOV)
    member = Member.objects.filter(account_id=worker.account_id).first() or _member(
        f"{mark}delegate", MemberKind.DELEGATE, partner_id=county.table[slug], account_id=worker.account_id
    )
    return member.pk, replace(worker, name=f"{mark}speaker")


def _member(name: str, kind: MemberKind, **more: object) -> Member:
    with acting(SETUP):
        return Member.objects.create(
            name=name, kind=kind.value, lives_here=True, is_or_was_served=True, joined_on=today(), **more
        )


def _sit(body: UUID, member: UUID, role: SeatRole = SeatRole.MEMBER, **whose: object) -> tuple[UUID, UUID]:
    """A seat with somebody in it; seat and holding."""
    with acting(SETUP):
        seat = partners.add_seat(body, by=SETUP, role=role, **whose)
        return seat, partners.fill_seat(seat, by=SETUP, member_id=member, authority=Authority.FULL)


def _open(county: County, slug: str) -> Place:
    mark = MARK[slug]
    member, by = _delegate(county, slug)
    body, whose = _found(county, slug, BodyKind.WORKGROUP), {"partner_id": county.table[slug]}
    seat, _held = _sit(body, member, SeatRole.CHAIR, **whose)
    _sit(county.bodies["table"], member, **whose)
    place = Place(slug, mark, body, seat, by, Who(SPEAKS, slug))
    county.said |= {
        f"{mark}delegate": _names(slug),
        f"{mark}speaker": _speakers(slug),
        f"{mark}roster": lambda who: who in (place.who, STEWARD),
        f"{mark}asked": _at_table,
        f"{mark}note": lambda who: who in (place.who, Who(Role.ORG_ADMIN, slug)),
        f"{mark}needs": lambda who: who in (place.who, STEWARD),
    }
    return place


def _at_table(who: Who) -> bool:
    return who.role not in STRANGERS


def _counts(who: Who) -> bool:
    """The count reads all that is voted on; no door gives anyone its role."""
    return who.role is Role.BACKEND_SERVICE


def _names(slug: str) -> Sees:
    """Who learns the name of a delegate: those at the table; of a shelter's, the backbone and the shelter."""
    if slug != WITHOUT_TERMS:
        return _at_table
    return lambda who: who == STEWARD or (who.slug == slug and _at_table(who))


def _speakers(slug: str) -> Sees:
    """Who speaks about a public question does so by name; a shelter's worker never."""
    return _names(slug) if slug == WITHOUT_TERMS else lambda who: True


def _closed(county: County, slug: str) -> Place:
    mark = f"{MARK[slug]}closed"
    member, by = _delegate(county, slug)
    body, whose = (
        _found(county, f"{slug}-closed", BodyKind.COUNCIL, is_private=True),
        {"partner_id": county.table[slug]},
    )
    seat, _held = _sit(body, member, SeatRole.CHAIR, **whose)
    inside = _member(f"{mark}sits", MemberKind.DELEGATE, **whose)
    _sit(body, inside.pk, title=f"{mark}title", **whose)
    place = Place(f"{slug}-closed", mark, body, seat, by, Who(SPEAKS, slug))
    # Those at the table know who works for a partner; what a seat is called, those who sit there.
    county.said |= {mark: lambda who: who == place.who or _counts(who), f"{mark}sits": _names(slug)}
    return place


def _caucus(county: County, slug: str) -> Place:
    mark, who = f"{MARK[slug]}caucus", neighbor(slug)
    account = Account.objects.create(kind="staff", name=f"{mark}signs", email=f"{who.slug}@example.org")
    Membership.objects.create(account=account, role=Role.MEMBER.value)
    county.browsers[who.slug, Role.MEMBER] = client = _signed_in(account, Factor.PASSKEY)
    client.raise_request_exception = False
    body = _found(county, f"{slug}-caucus", BodyKind.CAUCUS)
    resident = {"member_class": MemberClass.RESIDENT}
    mine = _member(f"{mark}sits", MemberKind.RESIDENT, account_id=account.pk)
    quiet = _member(f"{mark}quiet", MemberKind.RESIDENT)
    seat, _held = _sit(body, mine.pk, SeatRole.CHAIR, place=f"{mark}side", **resident)
    _sit(body, quiet.pk, title=f"{mark}title", **resident)
    by = Actor(Role.MEMBER, Purpose.GOV, None, account.pk, name=f"{mark}signs")
    county.neighbors[slug] = by
    # Those at the table know each other; where residents sit among themselves, the residents.
    county.said |= {
        mark: lambda asks: asks == who or _counts(asks),
        f"{mark}sits": _at_table,
        f"{mark}quiet": _at_table,
    }
    return Place(f"{slug}-caucus", mark, body, seat, by, who)


# ── What is said there ─────────────────────────────────────────────────────────────────────────────
def _filled(county: County, slug: str, place: Place, of_table: UUID) -> dict[str, object]:
    """One of everything that a body leaves; the ids that addresses name."""
    said = _Words(place)
    with acting(place.by):
        ids = {
            "slug table/bodies/": place.slug,
            "seat_id": place.seat,
            **_members(place, said),
            **_meetings(place, said),
            **_promise(place),
            **_voices(place, said),
        }
    if place.is_open:
        ids["token voices/stop/"] = links.issue(
            kind=STOP, subject=UUID(str(ids["input_id"])), partner_id=None, valid_for=timedelta(days=1)
        )
    ids |= between.owed(county, slug, place) | between.to_come(county, slug, place, said)
    county.said |= {
        f"{place.mark}voice": lambda who: who in (place.who, *((STEWARD,) if place.is_open else ())),
        f"{place.mark}reach": lambda who: False,
    }
    meeting = of_table if place.is_open else UUID(str(ids["meeting_id"]))
    return ids | _questions(county, slug, place, said, meeting)


@dataclass(frozen=True)
class _Words:
    """Words for a place: in an open body they are public, but for what is nobody else's."""

    place: Place

    def __call__(self, what: str) -> str:
        return f"Plain {what}" if self.place.is_open else f"{self.place.mark}{what} words"

    def own(self, what: str) -> str:
        return f"{self.place.mark}{what} words"


def _members(place: Place, said: _Words) -> dict[str, object]:
    by, body = place.by, place.body
    partners.enroll(body, by=by, names=[said.own("roster")])
    partners.leave_note(place.seat, by=by, words=said.own("note"))
    partners.say_in_body(body, by=by, words=said("word"))
    asked = partners.ask_to_sit(body, by=by, whom=said.own("asked"), is_human=True, seat_id=place.seat)
    return {
        "invitation_id": asked,
        "enrollment_id": Enrollment.objects.get(body=body).pk,
        "holding_id": Holding.objects.get(seat_id=place.seat).pk,
    }


def _meetings(place: Place, said: _Words) -> dict[str, object]:
    """One whose time is being chosen, one that runs, one that is over."""
    by, body, seat = place.by, place.body, place.seat

    def call(at: calling.Place | None = None) -> UUID:
        plan = calling.Plan(title=said("title"), purpose=said("purpose"))
        return calling.call_meeting(body, by=by, plan=plan, at=at, tell=False)

    def opened() -> tuple[UUID, UUID, UUID]:
        at = calling.Place(now() + timedelta(days=1), "Alder Falls Library", (Offer.CHILD_CARE,))
        made = call(at)  # day and place travel in calendars, what it is about does not
        item = agendas.put_item(made, by=by, title=said("item"), words=said("about"))
        running.open_meeting(made, by=by)
        running.come(made, by=by, seat_id=seat)
        agendas.start_item(item, by=by)
        running.let_speak(running.raise_hand(made, by=by, seat_id=seat), by=by)
        owned = minuting.Owned(seat, today() + timedelta(days=9), said("towhom"))
        minuting.write_line(made, by=by, kind=LineKind.NOTE, words=said("noted"))
        minuting.write_line(made, by=by, kind=LineKind.ACTION, words=said("task"), owned=owned)
        return made, item, ActionItem.objects.get(meeting_id=made).pk

    choosing = call()
    slot = calling.add_slot(choosing, by=by, starts_at=now() + timedelta(days=2), place=said("library"))
    calling.answer_slots(choosing, seat, by=by, answers={slot: Could.YES}, words=said.own("needs"))
    over, _item, _action = opened()
    running.close_meeting(over, by=by, tell=False)
    runs, item, action = opened()
    feed = {} if place.is_open else {"token table/calendar/": feeds.open_feed(by=by)}
    return feed | {
        "meeting_id": runs,
        "meeting_id when": choosing,
        "meeting_id over": over,
        "slot_id": slot,
        "item_id": item,
        "line_id": MinuteLine.objects.filter(meeting_id=runs).latest("recorded_at").pk,
        "body_id": body,
        "action_id": action,
    }


def _promise(place: Place) -> dict[str, object]:
    """A promise is public, and so is who makes it: the partner, or who sits in its seat."""
    if not place.is_open:
        return {}
    shelter = place.slug == WITHOUT_TERMS
    by = place.by if shelter else SETUP
    with acting(by):
        made = promising.make_promise(
            by=by,
            words="Plain promise",
            to_whom="Everyone",
            due_on=today() + timedelta(days=30),
            seat_id=place.seat if shelter else None,
            partner_id=None if shelter else place.by.partner_id,
        )
    return {"promise_id": made}


def _voices(place: Place, said: _Words) -> dict[str, object]:
    """What was said to the body alone, its group, and an answer; an address that no page shows."""
    by = place.by
    reach = f"{place.mark}reach@example.org" if place.is_open else ""
    kept, alone = (
        voices.say(place.body, said.own("voice"), by=by, name=said.own("voice"), email=reach)
        for _ in range(2)
    )
    group = voices.group(
        place.body, [kept.input_id], by=by, title=said.own("voicegroup"), why=said.own("voicewhy")
    )
    voices.answer(f"group:{group}", Answering.CONSIDERING, said.own("voiceanswer"), by=by)
    return {
        "input_id": alone.input_id,
        "group_id": group,
        "act_id": Act.objects.get(made__target_group=group).pk,
    }


def _questions(county: County, slug: str, place: Place, said: _Words, meeting: UUID) -> dict[str, object]:
    """One that is talked about, one that is voted on, one that was voted on in a meeting."""
    by = place.by
    matter = MATTERS["table" if place.is_open else place.slug]
    voter = f"partner:{county.table[slug]}" if not place.slug.endswith("-caucus") else f"seat:{place.seat}"
    with acting(by):
        talked, voted, over = (
            proposing.propose(
                by=by,
                matter=matter,
                title=said("title"),
                question=said("question"),
                sections=[(said("heading"), said("text"))],
            )
            for _ in range(3)
        )
        talking.comment(talked, by=by, words=said("comment"), section_place=1)
        wording = talking.amend(talked, by=by, section_place=1, text=said("wording"), why=said("why"))
        recusal = polling.disclose_conflict(talked, by=by, voter=voter, interest=said("interest"))
        (poll,) = polling.open_voting(voted, by=by)
        found = {
            "number decisions/questions/": _number(talked),
            "number voting": _number(voted),
            "number over": _number(over),
            "amendment_id": wording,
            "recusal_id": recusal,
        }
        opens = BallotLink.objects.create(poll_id=poll, voter=voter, account_id=by.account_id)
    lead = county.actor(STEWARD.slug, STEWARD.role, Purpose.GOV) if place.is_open else by
    with acting(lead):
        (told,) = polling.open_voting(over, by=lead, meeting_id=meeting)
    with acting(by):
        casting.cast(told, by=by, voter=voter, choice={"position": "yes", "reason": said("because")})
    with acting(lead):
        certifying.close(told, by=lead)
    token = links.issue(
        kind=mailing.LINK_KIND, subject=opens.id, partner_id=None, valid_for=timedelta(days=1)
    )
    return found | {"poll_id": told, "token decisions/ballots/": token, "voter": place.who}


def voter_of(bag: dict[str, object]) -> Who:
    """Whose ballot the link of this bag opens."""
    found = bag["voter"]
    assert isinstance(found, Who)
    return found


def _number(question: UUID) -> int:
    return int(Proposal.objects.get(pk=question).number)


# ── Which of it an address names ───────────────────────────────────────────────────────────────────
TALKING = ("number>/", "/edit/", "/say/", "/stance/", "/conflicts/", "amendment_id>/", "recusal_id>/")
TO_COME = ("/coming/", "/change/")
OVER = ("/minutes/", "/worth/")


def named_by(route: str, bag: dict[str, object]) -> dict[str, object]:
    """The bag with what this address is about: a question that is voted on, a meeting that is over."""
    more: dict[str, object] = {}
    if route.startswith("decisions/questions/<"):
        more["number"] = bag["number decisions/questions/" if route.endswith(TALKING) else "number voting"]
    if route.startswith("decisions/shared-charter/<"):
        more["number"] = bag["int decisions/shared-charter/"]
    if "<uuid:meeting_id>/when/" in route:
        more["meeting_id"] = bag["meeting_id when"]
    if route.startswith(between.BY_NUMBER):
        more["number"] = bag[f"int {between.BY_NUMBER}"]
    if route.endswith(TO_COME):
        more["meeting_id"] = bag["meeting_id called"]
    if route.endswith(OVER):
        more["meeting_id"] = bag["meeting_id over"]
    for before in ("table/bodies/", "decisions/initiatives/"):
        if route.startswith(before):
            more["slug"] = bag[f"slug {before}"]
    if route.startswith("voices/bodies/"):
        more["slug"] = bag["slug table/bodies/"]
    return {**bag, **more}


def is_of_table(route: str, parameters: tuple[str, ...]) -> bool:
    """Whether an address names something that the table of a county said."""
    return route.startswith(
        ("table/bodies/", "voices/bodies/", "decisions/questions/<", between.BY_NUMBER)
    ) or not OF_TABLE.isdisjoint(parameters)


def seated(slug: str) -> Iterator[Who]:
    """Those who sit where this victim's things are said, and those of another."""
    yield Who(SPEAKS, slug)
    yield neighbor(slug)
    yield between.volunteer(slug)
    yield Who(SPEAKS, next(other for other in VICTIMS if other != slug))
    yield neighbor(next(other for other in VICTIMS if other != slug))
