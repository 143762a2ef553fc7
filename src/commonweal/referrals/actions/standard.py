"""The Table's rule about answers, written down beside the mandate that gives it force."""

from uuid import UUID

from django.db import transaction

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.referrals import access
from commonweal.referrals.actions.step import check
from commonweal.referrals.models import AnswerStandard
from commonweal.referrals.queries.standard import AFTER_YES
from commonweal.referrals.rules.timing import AnswerRule


@transaction.atomic
def adopt_answer_standard(mandate_id: UUID, rule: AnswerRule, *, by: Actor) -> None:
    """Enter the working days that a decision set. They hold while its mandate is live, and no longer."""
    verdict = check(access.may_set_standard(by, partners.acts_for_backbone(by)))
    if AnswerStandard.objects.filter(mandate_id=mandate_id).exists():
        raise BadInput("mandate", "its days are written down already; a change takes a new decision")
    row = AnswerStandard(
        mandate_id=mandate_id,
        answer_days=rule.answer_days,
        remind_after_days=rule.remind_after_days,
        escalate_after_days=rule.escalate_after_days,
        expire_after_days=rule.expire_after_days,
        **{name: getattr(rule, name) for name in AFTER_YES},
    )
    row.save(force_insert=True)
    audit.record(
        "referral.standard-adopted",
        by=by,
        subject=("answer-standard", row.pk),
        words=N_("Entered how many days a service has for its answer."),
        because=verdict.rule,
        details={"days": rule.answer_days},
    )
