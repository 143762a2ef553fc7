"""A decision of the table for tests that are about what follows from one, without the vote before it.

The question, its closed poll and the decision are written as the count writes them; the database checks that
they hang together. Voting itself is in ``voting.py`` and its tests.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.governance import queries
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import bylaws, effects
from commonweal.governance.models import Decision, Poll, Proposal
from commonweal.governance.vocabulary import Assent, Matter, PollKind, Stage
from commonweal.kernel.clock import now, today
from commonweal.partners import actions as partners
from commonweal.partners.models import Body
from commonweal.partners.vocabulary import BodyKind

SETUP = Actor(Role.OPERATOR, Purpose.ADMIN, name="setup")
LAWS = """\
name = "Test Table"
residents_body = "residents"

[matter.data-sharing]
article = "6.2"
text.en = "Two thirds, and the residents."
body = "table"
residents_yes = true
longest_days = 400
[matter.data-sharing.emergency]
openers = ["lead", "backbone"]
threshold = "2/3"
expires_days = 14
review_days = 7

[matter.bylaws]
article = "9.1"
text.en = "Two thirds."
body = "table"
"""


def bind(text: str = LAWS, *, since: timedelta = timedelta(days=30)) -> None:
    """Found the table's two bodies and lay down bylaws that have held for some time."""
    with acting(SETUP):
        for slug in ("table", "residents"):
            if not Body.objects.filter(slug=slug).exists():
                partners.found_body(by=SETUP, slug=slug, name=slug.title(), kind=BodyKind.COUNCIL)
        bylaws.lay_down(text, by=SETUP, starts_at=now() - since)


def answered(
    kind: str,
    params: Mapping[str, object],
    *,
    matter: Matter | None = None,
    adopted: bool = True,
    body: str = "table",
    gate: str = "",
    closed: bool = True,
) -> UUID:
    """A question that was voted on, and its decision. ``gate``: the body whose yes it needed."""
    clean = effects.read(kind, params)
    with acting(SETUP):
        question = Proposal.objects.create(
            number=Proposal.objects.count() + 1,
            title="A question",
            question="Shall we?",
            matter=(matter or effects.matter_of(kind, clean)).value,
            body=Body.objects.get(slug=body),
            effect=kind,
            params=dict(clean),
            stage=Stage.VOTING.value,
        )
        for poll_kind, slug in ((PollKind.MAIN, body), *(((PollKind.GATE, gate),) if gate else ())):
            _asked(question, poll_kind, slug, closed=closed)
    with acting(THE_COUNT):
        return Decision.objects.create(
            number=queries.next_number(),
            title="A question",
            question="Shall we?",
            body=body.title(),
            decided_on=today(),
            method="6.2",
            yes=9,
            no=2,
            residents=(Assent.YES if gate else Assent.NOT_ASKED).value,
            adopted=adopted,
            proposal=question,
            bylaws_version=1,
            certificate={"digest": ""},
        ).pk


def _asked(question: Proposal, kind: PollKind, slug: str, *, closed: bool) -> None:
    poll = Poll.objects.create(
        proposal=question,
        kind=kind.value,
        body=Body.objects.get(slug=slug),
        bylaws_version=1,
        rule={},
        electorate={"voters": []},
        electorate_digest="",
        text_digest="",
        opens_at=now() - timedelta(days=3),
        closes_at=now() - timedelta(seconds=1),
    )
    if closed:
        Poll.objects.filter(pk=poll.pk).update(closed_at=now(), outcome={"result": "adopted"})


def decide(
    kind: str,
    params: Mapping[str, object],
    *,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    **how: object,
) -> UUID:
    """A decision with its effect; the id of its mandate."""
    decision = answered(kind, params, **how)
    with acting(THE_COUNT):
        question = Proposal.objects.get(decision=decision)
        return effects.give(
            decision,
            kind,
            question.params,
            by=THE_COUNT,
            starts_at=starts_at or now(),
            ends_at=ends_at,
            matter=Matter(question.matter),
        )


def refused_by_the_database(statement: str, values: list[object], by: Actor) -> bool:
    """Whether a statement of the application is refused, in ``by``'s context; nothing of it stays."""
    try:
        with acting(by), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
            transaction.set_rollback(True)
    except DatabaseError as refused:
        return getattr(refused.__cause__, "sqlstate", "") == "42501"
    return False
