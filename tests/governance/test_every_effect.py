"""Each kind of effect, walked: put on the page, looked at, voted, certified, seen where it works, ended.

The screen of what is governed says which decision stands behind it, and that it ended.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from tests.governance.test_questions_web import browser
from tests.governance.voting import LAWS, SETUP, World, cast_all, lay, open_vote, residents_say

from commonweal.foundation.access import acting
from commonweal.foundation.access.vocabulary import Role
from commonweal.foundation.accounts.models import Membership
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import certifying, effects
from commonweal.governance.models import Decision, Mandate, Proposal
from commonweal.governance.queries import mandate_shape
from commonweal.governance.queries.polls import polls_of_round
from commonweal.governance.vocabulary import Result
from commonweal.kernel.clock import at, now, today
from commonweal.measures.models import Analysis
from commonweal.partners import actions as partners
from commonweal.partners.models import Body, Partner, Seat
from commonweal.partners.vocabulary import BodyKind, MemberClass

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NEXT_YEAR = (today() + 300 * DAY).isoformat()
OPEN_TO_ALL = """
[otherwise]
article = "6.1"
text.en = "A majority of the votes cast."
body = "table"
"""


@pytest.fixture
def world() -> World:
    return lay(LAWS + OPEN_TO_ALL, partners=3, residents=2, starts_at=now() - 60 * DAY)


@dataclass(frozen=True)
class Kind:
    """What the form is told, where the effect is seen, and what stands there: while it holds, and after.

    ``with_end``: the page asks for a last day. ``ends`` False: it acts and is over, so nothing is withdrawn.
    """

    said: Callable[[World], dict[str, object]]
    screen: Callable[[World], str]
    holds: str = "Decided by The Table"
    over: str = "Nothing it allowed works any more"
    with_end: bool = False
    ends: bool = True


def _partner(world: World, n: int = 0) -> str:
    return world.voter(n).removeprefix("partner:")


def _slug(world: World, n: int = 0) -> str:
    return Partner.objects.get(pk=_partner(world, n)).slug


def _body(world: World) -> str:
    return str(world.bodies["table"])


def _class_seat(world: World) -> str:
    with acting(SETUP):
        found = Seat.objects.filter(body_id=world.bodies["residents"], title="Spare").first()
        made = found.pk if found else partners.add_seat(
            world.bodies["residents"], by=SETUP, member_class=MemberClass.RESIDENT, title="Spare"
        )  # fmt: skip
    return str(made)


def _empty_seat(world: World) -> str:
    found = Seat.objects.filter(title="Left over").first()
    if found is None:
        with acting(SETUP):
            made = partners.add_seat(
                UUID(_body(world)), by=SETUP, partner_id=UUID(_partner(world)), title="Left over"
            )
        return str(made)
    return str(found.pk)


def _somebody(world: World) -> str:
    with acting(SETUP):
        return str(
            partners.welcome_resident_member(by=SETUP, name="Bea", lives_here=True, is_or_was_served=True)
        )


def _worker(world: World) -> str:
    account = world.voters[world.voter(0)].account_id
    Membership.objects.get_or_create(
        account_id=account, partner_id=_partner(world), role=Role.ORG_ADMIN.value
    )
    return f"{_partner(world)}:{account}"


def _asked_analysis(world: World) -> Analysis:
    """One analysis that waits for the table; the words of its fields need no decision to be asked about."""
    found = Analysis.objects.first()
    if found is None:
        with acting(SETUP):
            found = Analysis.objects.create(
                number=1, title="Winter", question="Who was helped?", purpose="To plan the winter.",
                population="requests", elements=["need-met"], first_quarter=today().replace(month=1, day=1),
                last_quarter=today().replace(month=1, day=1), told="together", fewest=3,
                body_id=world.bodies["table"], holders=[_partner(world, n) for n in range(3)],
                expires_on=today() + 200 * DAY,
            )  # fmt: skip
    return found


def _of_agreement(world: World) -> str:
    scope = Mandate.objects.get(matter="data-sharing", effect="sharing.start").scope
    return f"/decisions/agreements/{scope.partition(':')[2]}/"


def _of_delegation(world: World) -> str:
    return f"/decisions/delegations/{Mandate.objects.get(effect='delegation.give').delegation.pk}/"


KINDS: dict[str, Kind] = {
    "sharing.start": Kind(
        lambda w: {
            "title": "Care partners", "tellers": [_partner(w, 0)], "told": [_partner(w, 1)],
            "segments": ["general"], "purposes": ["COORD"],
        },
        _of_agreement,
        over="Sleeps: no decision holds it",
        with_end=True,
    ),
    "measure.adopt": Kind(
        lambda w: {"measure": "need-met"}, lambda w: "/measures/need-met/", over="empty on purpose"
    ),
    "target.set": Kind(
        lambda w: {"measure": "need-met", "value": "60", "due_on": NEXT_YEAR}, lambda w: "/decisions/1/"
    ),
    "element.adopt": Kind(
        lambda w: {"element": "need-met", "steward": _partner(w)},
        lambda w: "/measures/dictionary/need-met/", over="No decision of the Table holds this definition",
    ),
    "analysis.run": Kind(
        lambda w: {"analysis": str(_asked_analysis(w).pk)},
        lambda w: f"/measures/analyses/{_asked_analysis(w).number}/", with_end=True,
        over="No decision of the table lets it run",
    ),
    "results.publish": Kind(lambda w: {}, lambda w: "/decisions/1/"),
    "service-standard.set": Kind(
        lambda w: {
            "answer_days": "3", "remind_after_days": "2",
            "escalate_after_days": "5", "expire_after_days": "15",
        },
        lambda w: "/decisions/1/",
    ),
    "partner.admit": Kind(
        lambda w: {"name": "Riverside", "sector": "health-care", "body": _body(w)},
        lambda w: "/table/partners/riverside/",
    ),
    "partner.end": Kind(
        lambda w: {"partner": _partner(w, 1), "why": "It asked to leave."},
        lambda w: f"/table/partners/{_slug(w, 1)}/", ends=False,
    ),
    "partner.control": Kind(
        lambda w: {"partner": _partner(w, 1), "controlled_by": _partner(w, 0)},
        lambda w: f"/table/partners/{_slug(w, 1)}/", over="At the table since",
    ),
    "body.found": Kind(
        lambda w: {"name": "Rides", "kind": "workgroup", "scale": "county", "purpose": "To get there."},
        lambda w: "/table/bodies/rides/",
    ),
    "body.end": Kind(
        lambda w: {"body": str(_made_body(w)), "why": "Its work is done."},
        lambda w: "/table/bodies/old/", ends=False,
    ),
    "seat.add": Kind(
        lambda w: {"body": _body(w), "partner": _partner(w), "role": "member", "title": "Second"},
        lambda w: f"/table/seats/{Seat.objects.get(title='Second').pk}/",
    ),
    "seat.give": Kind(
        lambda w: {"seat": _empty_seat(w), "partner": _partner(w, 1)},
        lambda w: f"/table/seats/{_empty_seat(w)}/",
    ),
    "seat.end": Kind(
        lambda w: {"seat": _empty_seat(w), "why": "Nobody needs it."},
        lambda w: f"/table/seats/{_empty_seat(w)}/", ends=False,
    ),
    "seat.fill": Kind(
        lambda w: {"seat": _class_seat(w), "member": _somebody(w)},
        lambda w: f"/table/seats/{_class_seat(w)}/", over="This seat is empty",
    ),
    "role.give": Kind(
        lambda w: {"who": _worker(w), "role": "privacy_officer"}, lambda w: "/decisions/1/"
    ),
    "bylaws.amend": Kind(
        lambda w: {"text": LAWS + OPEN_TO_ALL.replace("A majority", "More than half"), "words": "Plainer"},
        lambda w: "/decisions/bylaws/", over="Version 1",
    ),
    "charter.adopt": Kind(
        lambda w: {part: f"Our {part}" for part in ("problem", "vision", "mission", "values")},
        lambda w: "/decisions/shared-charter/", over="None is in force now",
    ),
    "delegation.give": Kind(
        lambda w: {"words": "Pay for rides", "limit_dollars": "500", "report_on": NEXT_YEAR}, _of_delegation
    ),
    "initiative.start": Kind(
        lambda w: {"title": "Rides", "goal": "All get there", "owner": _partner(w)},
        lambda w: "/decisions/initiatives/rides/",
    ),
    "none": Kind(lambda w: {}, lambda w: "/decisions/1/"),
}  # fmt: skip


def _made_body(world: World) -> UUID:
    with acting(SETUP):
        found = Body.objects.filter(slug="old").first()
        return found.pk if found else partners.found_body(by=SETUP, slug="old", name="Old", kind=BodyKind.HUB)


def test_no_kind_is_left_out() -> None:
    """A new kind of effect is walked here, or it is the one that ends others (walked with each)."""
    assert {e.kind for e in effects.effects()} == KINDS.keys() | {"mandate.withdraw"}


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return " ".join(answer.content.decode().split())


def put(world: World, client: Client, kind: str, said: dict[str, object], **more: str) -> Proposal:
    """Choose the kind on the page, look what a yes would do, put it, and read the same on the question."""
    form = {f"effect-{name}": value for name, value in said.items()} | {
        "effect": kind,
        "question": "Shall we do this?",
        "title": "This",
        "text": "Because.",
        "seat": str(world.seats[world.voter(0)]),
        **more,
    }
    chosen = shown(client, f"/decisions/questions/new/?effect={kind}")
    labels = [str(asked.label) for asked in effects.effect(kind).asks]
    assert [label for label in labels if label.replace("’", "’") not in chosen] == []
    if kind != "none":
        looked = client.post("/decisions/questions/new/", {**form, "step": "look"})
        assert looked.status_code == 200, re.findall(r'class="error"[^>]*>([^<]+)', looked.content.decode())
        assert "What would follow if we vote yes" in looked.content.decode()
    before = set(Proposal.objects.values_list("pk", flat=True))
    answer = client.post("/decisions/questions/new/", form)
    assert answer.status_code == 302, re.findall(r'class="error"[^>]*>([^<]+)', answer.content.decode())
    question = Proposal.objects.exclude(pk__in=before).get()
    page = shown(client, f"/decisions/questions/{question.number}/")
    assert ("What would follow if we vote yes" in page) == (kind != "none")
    return question


def vote(world: World, question: Proposal, when: datetime) -> Decision:
    """Everybody says yes, and it is counted eight days later. All of it lies in the past."""
    with at(when):
        polls = open_vote(world, question.pk)
        cast_all(world, polls[0], ["yes"] * 3)
        for gate in polls[1:]:
            residents_say(world, gate, ["yes"] * 2)
    with at(when + 8 * DAY), acting(THE_COUNT):
        for poll in polls_of_round(question):
            certifying.close(poll.pk, by=THE_COUNT)
        assert certifying.certify(question.pk, by=THE_COUNT) is Result.ADOPTED
    return Decision.objects.get(proposal=question)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_put_voted_seen_and_ended(world: World, kind: str) -> None:
    walked = KINDS[kind]
    client = browser(world.voters[world.voter(0)])
    more = {"ends_on": NEXT_YEAR} if walked.with_end else {}
    begun, ending = now() - 30 * DAY, now() - 15 * DAY
    with at(begun):
        question = put(world, client, kind, walked.said(world), **more)
    decision = vote(world, question, begun)
    mandate = Mandate.objects.get(decision=decision)
    assert walked.holds in shown(client, walked.screen(world))
    page = shown(client, f"/decisions/{decision.number}/")
    assert "In force" in page
    linked = effects.effect(kind).screen
    assert linked is None or linked(mandate_shape(mandate)) in page
    if not walked.ends:
        return
    with at(ending):
        said = {"mandate": str(mandate.pk), "why": "Not right."}
        question = put(world, client, "mandate.withdraw", said)
    vote(world, question, ending)
    assert walked.over in shown(client, walked.screen(world))
    assert "Ended by decision" in shown(client, f"/decisions/{decision.number}/")
