"""What a decision can do to referrals: say how fast a service answers."""

from datetime import datetime

from commonweal.foundation.access import Actor
from commonweal.governance.shapes import MandateShape
from commonweal.governance.shapes_effects import Asked, Effect, Params, Preview, PreviewRow
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_
from commonweal.referrals.actions.standard import adopt_answer_standard
from commonweal.referrals.queries.standard import SCOPE, answer_rule
from commonweal.referrals.rules.timing import AnswerRule

NAMES = ("answer_days", "remind_after_days", "escalate_after_days", "expire_after_days")

ASKS = (
    Asked("answer_days", N_("Working days in which a service answers"), "number"),
    Asked("remind_after_days", N_("Working days after which it is reminded"), "number"),
    Asked("escalate_after_days", N_("Working days after which whoever coordinates hears"), "number"),
    Asked("expire_after_days", N_("Working days after which the request is free for others"), "number"),
)


def _read(said: Params) -> Params:
    found = {name: _days(said, name) for name in NAMES}
    answer, remind, escalate, expire = (found[name] for name in NAMES)
    if remind > answer:
        raise BadInput("remind_after_days", N_("It is reminded before its answer is due, not after."))
    if escalate < answer:
        raise BadInput("escalate_after_days", N_("Nobody else hears before the answer is due."))
    if expire <= escalate:
        raise BadInput("expire_after_days", N_("It is freed after everyone concerned has heard."))
    return found


def _days(said: Params, name: str) -> int:
    try:
        found = int(str(said.get(name) or ""))
    except ValueError as fault:
        raise BadInput(name, N_("Give a whole number.")) from fault
    if not 1 <= found <= 250:
        raise BadInput(name, N_("This number is too small or too large."))
    return found


def _rule(params: Params) -> AnswerRule:
    answer, remind, escalate, expire = (_days(params, name) for name in NAMES)
    return AnswerRule(answer, remind, escalate, expire)


def _preview(params: Params, at: datetime) -> Preview:
    today, then = answer_rule(), _rule(params)
    rows = [
        PreviewRow(asked.label, str(getattr(today, asked.name)), str(getattr(then, asked.name)))
        for asked in ASKS
    ]
    return Preview(
        N_("Requests that are sent from then on are answered by these days. Those under way keep theirs."),
        tuple(rows),
        (),
        N_("The usual days hold again, and every page says that nobody decided them."),
    )


def _take(mandate: MandateShape, params: Params, by: Actor) -> None:
    adopt_answer_standard(mandate.id, _rule(params), by=by)


def _end(mandate: MandateShape, params: Params, by: Actor) -> None:
    """Days are read through their live mandate alone, so that nothing is left to undo."""


STANDARD = Effect(
    kind="service-standard.set",
    matter=Matter.SERVICE_STANDARD,
    name=N_("Say how fast a service answers"),
    asks=ASKS,
    read=_read,
    scope_of=lambda p: SCOPE,
    preview=_preview,
    take=_take,
    end=_end,
    governs=("referrals_answerstandard", "referrals_answerstandard.answer_days"),
    in_words=lambda p: N_("How fast a service answers"),
)
