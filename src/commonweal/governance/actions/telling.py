"""Letters about a question: a vote is coming, your work is touched, your organization is waited for, it is
answered.

A letter about a private body's question says that there is one, not what it asks: letters lie in many hands.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime

from commonweal.foundation import audit
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts import installation
from commonweal.foundation.accounts.models import Account
from commonweal.foundation.accounts.notices import absolute
from commonweal.foundation.messages import send_email
from commonweal.governance import access_voting as access
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions.proposing import check
from commonweal.governance.models import Decision, Proposal
from commonweal.governance.queries import hearing, laws
from commonweal.governance.vocabulary import RESULT_NAMES, Result, Stage
from commonweal.kernel.words import N_

SENDER = Actor(Role.OPERATOR, Purpose.ADMIN, name="Commonweal")


class News(StrEnum):
    """What a letter is about."""

    NOTICE = "notice"
    LANE = "lane"
    RATIFY = "ratify"
    ANSWER = "answer"


_HEARERS = {
    News.NOTICE: hearing.of_vote,
    News.LANE: hearing.of_lanes,
    News.RATIFY: hearing.of_ratification,
    News.ANSWER: hearing.of_answer,
}
_STILL = {
    News.NOTICE: {Stage.NOTICE.value},
    News.LANE: {Stage.DRAFT.value, Stage.TALKING.value, Stage.NOTICE.value},
    News.RATIFY: {Stage.PENDING_RATIFICATION.value},
    News.ANSWER: {Stage.ADOPTED.value, Stage.REJECTED.value, Stage.LAPSED.value},
}
"""Where a question must still stand for the letter to be true when it leaves."""


@transaction.atomic
def tell(question_id: UUID, news: News, *, by: Actor) -> int:
    """Write to those whom the news is for; how many letters, none where it is no longer so.

    Raises Refused.
    """
    because = check(access.may_count(by))
    with acting(THE_COUNT):
        row = Proposal.objects.select_related("body", "proposed_by_seat").get(pk=question_id)
        if row.stage not in _STILL[news]:
            return 0
        accounts = Account.objects.filter(pk__in=_HEARERS[news](row), is_active=True).exclude(email=None)
        facts = _facts(row, news)
        for account in accounts.order_by("name"):
            _write(row, news, account, facts)
        audit.record(
            "question.told",
            by=THE_COUNT,
            subject=("question", row.id),
            words=N_("Wrote to those whom a question is about."),
            details={"number": row.number, "news": news.value, "letters": len(accounts)},
            because=because.rule,
        )
    return len(accounts)


def _facts(row: Proposal, news: News) -> dict[str, object]:
    decision = Decision.objects.filter(proposal=row).first() if news is News.ANSWER else None
    return {
        "opens_at": _opens(row),
        "until": localtime(row.waits_until) if row.waits_until else None,
        "result": _result(decision),
        "path": reverse("governance:decision", args=[decision.number])
        if decision
        else reverse("governance:question", args=[row.number]),
    }


def _opens(row: Proposal) -> datetime | None:
    rule = laws.rule_for(row)
    return localtime(row.noticed_at + timedelta(days=rule.notice_days)) if rule and row.noticed_at else None


def _result(decision: Decision | None) -> str:
    """The answer, marked for translation; of what lapsed, why it could not be a yes."""
    if decision is None or not decision.certificate:
        return ""
    if decision.adopted:
        return RESULT_NAMES[Result.ADOPTED]
    kept = Result(decision.certificate["counted"]["result"])
    waited = kept in (Result.PENDING_RESIDENTS, Result.PENDING_RATIFICATION)
    return N_("Lapsed: nobody answered in time") if waited else RESULT_NAMES[kept]


def _write(row: Proposal, news: News, account: Account, facts: dict[str, object]) -> None:
    with acting(SENDER), translation.override(account.language):
        send_email(
            to=account.email or "",
            template="governance/mail/question",
            context={
                **facts,
                "news": news.value,
                "name": account.name,
                "table": installation.name(),
                "title": "" if row.body.is_private else row.title,
                "body": row.body.name,
                "url": absolute(str(facts["path"])),
            },
            language=account.language,
        )
