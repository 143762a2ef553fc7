"""What became of questions, told to those whose words they answer: where one stands, what was decided, what
holds, what was promised with it. Of a private body's question only those who sit there learn."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from commonweal.foundation.access import Actor
from commonweal.governance.models import Decision, Mandate, Poll, Proposal
from commonweal.governance.models.promises import Promise
from commonweal.governance.queries import laws
from commonweal.governance.vocabulary import Stage
from commonweal.kernel.clock import now
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.shapes import BodyShape
from commonweal.voice.shapes import Line, Teller


def _told(refs: Iterable[str]) -> Mapping[str, Sequence[Line]]:
    rows = Proposal.objects.filter(pk__in=[UUID(ref) for ref in refs]).select_related("body")
    return {str(row.pk): list(_lines(row)) for row in rows}


def _lines(row: Proposal) -> Iterator[Line]:
    decision = Decision.objects.filter(proposal=row).first()
    if decision is None:
        yield Line(_stage(row), None, _url(row), "is-half", is_now=True)
        return
    at = decision.recorded_at
    url = reverse("governance:decision", args=[decision.number])
    said = {
        "body": _(decision.body),
        "number": row.number,
        "day": date_format(decision.decided_on, "DATE_FORMAT"),
        "why": "; ".join(_(decision.dissent or decision.reasons).split("\n")),
    }
    if not decision.adopted:
        words = _("%(body)s said no to question %(number)s on %(day)s, because: %(why)s")
        if not said["why"]:
            words = _("%(body)s said no to question %(number)s on %(day)s. Nobody wrote down why.")
        yield Line(words % said, at, url, "is-off", is_now=True)
        return
    yield Line(_("%(body)s said yes to question %(number)s on %(day)s.") % said, at, url, "is-done")
    yield from _effects(decision, url)


def _effects(decision: Decision, url: str) -> Iterator[Line]:
    moment = now()
    for promise in Promise.objects.filter(decision=decision):
        day = date_format(promise.due_on, "DATE_FORMAT")
        words = _("%(who)s promised for %(day)s: %(what)s")
        found = reverse("promises:promise", args=[promise.pk])
        said = {"who": promise.said_by, "day": day, "what": _(promise.words)}
        yield Line(words % said, promise.recorded_at, found, "is-half")
    for mandate in Mandate.objects.filter(decision=decision).order_by("starts_at"):
        yield Line(
            _mandate(mandate, moment),
            max(mandate.starts_at, decision.recorded_at),
            url,
            "is-done",
            is_now=True,
        )


def _mandate(mandate: Mandate, moment: datetime) -> str:
    what = {"what": _(mandate.words) or _(mandate.decision.title)}
    ended = min((m for m in (mandate.withdrawn_at, mandate.ends_at) if m is not None), default=None)
    if ended is not None and ended <= moment:
        return _("It was done, and ended on %(day)s: %(what)s") % {**what, "day": _day(ended)}
    if mandate.starts_at > moment:
        return _("It is done from %(day)s on: %(what)s") % {**what, "day": _day(mandate.starts_at)}
    if mandate.ends_at is not None:
        return _("It is done now, up to %(day)s: %(what)s") % {**what, "day": _day(mandate.ends_at)}
    return _("It is done now: %(what)s") % what


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "DATE_FORMAT")


def _url(row: Proposal) -> str:
    return reverse("governance:question", args=[row.number])


def _stage(row: Proposal) -> str:
    """*It is in question 7, on which the Residents’ Council votes until June 3.*"""
    said = {"number": row.number, "body": _(row.body.said("name")), "why": _(row.stopped_why)}
    stage = Stage(row.stage)
    if stage is Stage.VOTING:
        return _voting(row, said)
    if stage is Stage.NOTICE:
        rule = laws.rule_for(row)
        if rule is not None and row.noticed_at is not None:
            said["day"] = _day(row.noticed_at + timedelta(days=rule.notice_days))
            return _("It is in question %(number)s. %(body)s may vote on it from %(day)s.") % said
    words = {
        Stage.PENDING_RESIDENTS: _("%(body)s said yes to question %(number)s. It waits for the residents."),
        Stage.PENDING_RATIFICATION: _(
            "%(body)s said yes to question %(number)s. It waits for organizations to stand behind it."
        ),
        Stage.WITHDRAWN: _("Question %(number)s was taken back, because: %(why)s"),
        Stage.LAPSED: _("Question %(number)s lapsed: nobody answered in time."),
    }.get(stage, _("It is in question %(number)s, about which %(body)s talks."))
    return words % said


def _voting(row: Proposal, said: dict[str, object]) -> str:
    polls = list(
        Poll.objects.filter(proposal=row, closed_at=None).select_related("body").order_by("opens_at")
    )
    if not polls:
        return _("It is in question %(number)s. The votes are being counted.") % said
    names = [_(poll.body.said("name")) for poll in polls]
    said |= {"bodies": _(" and ").join(dict.fromkeys(names)), "day": _day(max(p.closes_at for p in polls))}
    return _("It is in question %(number)s. The vote is open until %(day)s: %(bodies)s.") % said


def _choices(actor: Actor, body: BodyShape) -> list[tuple[str, str]]:
    """Questions that a body, or those above it, may still take up or have decided lately, the newest
    first."""
    within = {body.id, *(one.id for one in partners.bodies() if not one.is_private)}
    rows = Proposal.objects.filter(body_id__in=within).order_by("-number")[:60]
    return [
        (str(row.pk), _("Question %(number)s: %(title)s") % {"number": row.number, "title": _(row.title)})
        for row in rows
    ]


def _begin(source: str) -> str:
    return f"{reverse('governance:question-new')}?{urlencode({'voices': source})}"


TELLER = Teller("question", N_("Questions"), _told, _choices, _begin)
