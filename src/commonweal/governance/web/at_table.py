"""What governance adds to the pages of the table: whether a body may bind, what a seat voted on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from commonweal.foundation.ui.lines import DecisionLine
from commonweal.governance import facade
from commonweal.governance.models import Decision, Poll
from commonweal.governance.queries import bylaws, promises, standing
from commonweal.governance.rules.composition import Standing
from commonweal.governance.vocabulary import MATTER_NAMES
from commonweal.kernel.clock import day_of, now
from commonweal.kernel.verdict import Verdict
from commonweal.partners import facade as partners
from commonweal.partners.shapes import BodyShape, PackItem, SeatShape, StandingShape

BYLAWS = "/decisions/bylaws/"


def standings(body_ids: Iterable[UUID], on: date) -> Mapping[UUID, StandingShape]:
    """Each body that the bylaws in force ask something of; none before the first bylaws."""
    held = bylaws.in_force()
    if held is None:
        return {}
    mandate_id = next((v.mandate_id for v in bylaws.versions() if v.id == held.id), None)
    line = facade.decision_line(mandate_id)
    found = {}
    for body in partners.bodies_by_id(body_ids).values():
        rule = held.bodies.get(body.slug)
        if rule is not None:
            found[body.id] = _shape(body.id, standing.standing_of(body.slug, on), on, rule.article, line)
    return found


def _shape(
    body_id: UUID, now_so: Standing, on: date, article: str, line: DecisionLine | None
) -> StandingShape:
    may_bind = bool(now_so.may_bind(on))
    lacking = now_so.lacking
    return StandingShape(
        body_id=body_id,
        may_bind=may_bind,
        state="is-done" if now_so.is_compliant else "is-late" if may_bind else "is-no",
        short=_short(lacking[0]) if lacking else _("Can decide"),
        words=" ".join(_say(check) for check in lacking),
        cure=" ".join(dict.fromkeys(_(check.cure) % check.params for check in lacking if check.cure)),
        cure_by=now_so.cure_by if may_bind else None,
        article=article,
        article_url=BYLAWS,
        line=line,
        lacking=lacking,
    )


def _say(check: Verdict) -> str:
    params = {name: _(value) if isinstance(value, str) else value for name, value in check.params.items()}
    return _(check.sentence) % params


def _short(check: Verdict) -> str:
    """What is lacking, in the few words that fit a table."""
    if check.rule == "governance.body.co-leads":
        return _("Needs a co-lead")
    if check.rule == "governance.body.parity":
        return _("Needs a resident and an institution to lead")
    if check.rule == "governance.body.residents":
        return _("Needs more residents")
    if check.rule == "governance.body.sector":
        return _("Needs %(sector)s") % {"sector": _(str(check.params.get("name", "")))}
    return _("Falls short of the bylaws")


def ask_url(kind: str, said: Mapping[str, str]) -> str:
    """Where to put the question whose yes does this; empty while no bylaws are in force."""
    if bylaws.in_force() is None:
        return ""
    return f"{reverse('governance:question-new')}?{urlencode({'effect': kind, **said})}"


def matters() -> Sequence[tuple[str, str]]:
    """The matters that are decided here."""
    return [(matter.value, words) for matter, words in MATTER_NAMES.items()]


def in_pack(seat: SeatShape, body: BodyShape) -> Iterator[PackItem]:
    """The questions on which this seat votes now, and the decisions in which it had a vote."""
    polls = Poll.objects.filter(
        body_id=body.id, electorate__voters__contains=[{"id": seat.voter_id}]
    ).select_related("proposal")
    decided = {
        row.proposal_id: row for row in Decision.objects.filter(proposal__polls__in=polls).order_by("number")
    }
    moment = now()
    for poll in polls.order_by("opens_at"):
        question = poll.proposal
        if poll.closed_at is None and poll.opens_at <= moment:
            url = f"/decisions/questions/{question.number}/"
            yield PackItem("question", question.title, url, day_of(poll.closes_at), _("Voting open"))
        elif question.pk in decided:
            row = decided.pop(question.pk)
            yield PackItem("decision", row.title, f"/decisions/{row.number}/", row.decided_on)
    for promise in promises.of_seat(seat.id, seat.partner_id):
        url = reverse("promises:promise", args=[promise.id])
        yield PackItem("promise", promise.words, url, promise.due_on, _(promise.stands_name))
