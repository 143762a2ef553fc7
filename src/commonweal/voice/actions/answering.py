"""Answering an input or a group of them, and redacting what could harm somebody."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.kernel.words import N_
from commonweal.voice import access
from commonweal.voice.actions.checks import body_of, check, name_of, words_of
from commonweal.voice.actions.grouping import news
from commonweal.voice.models import Group, Input, Redaction, Reply
from commonweal.voice.shapes import Node, kind_of, ref_of
from commonweal.voice.vocabulary import LANGUAGE_NAMES, MOST, Answering


@transaction.atomic
def answer(
    target: Node,
    how: Answering,
    words: str,
    *,
    by: Actor,
    until: date | None = None,
    words_there: str = "",
    language_there: str = "",
) -> UUID:
    """Say something to an input or to a group. *Not now* says until when, and with *no* it is counted in
    public.

    ``words_there``: the same in the language in which it was said. Raises Refused, BadInput, NotFound.
    """
    is_input = kind_of(target) == "input"
    found: Input | Group | None = (
        Input.objects.filter(pk=ref_of(target)).first()
        if is_input
        else Group.objects.filter(pk=ref_of(target)).first()
    )
    if found is None:
        raise NotFound("input")
    because = check(access.may_keep(by, body_of(found.body_id)))
    if how is Answering.DEFERRED and (until is None or until <= localdate(now())):
        raise BadInput("until", N_("Say until when: a day to come."))
    if words_there and language_there not in LANGUAGE_NAMES:
        raise BadInput("language_there", N_("Choose a language."))
    row = Reply.objects.create(
        body_id=found.body_id,
        input_id=found.pk if is_input else None,
        group_id=None if is_input else found.pk,
        how=how.value,
        words=words_of("words", words, 1000),
        words_there=words_there.strip()[:1000],
        language_there=language_there if words_there.strip() else "",
        until=until if how is Answering.DEFERRED else None,
        by_name=name_of(by),
        recorded_at=now(),
    )
    audit.record(
        f"input.{how.value}",
        by=by,
        subject=("input-reply", row.pk),
        words=N_("Answered what was said to a body."),
        because=because.rule,
    )
    news([target])
    return row.pk


@transaction.atomic
def redact(input_id: UUID, words: str, *, by: Actor, why: str) -> UUID:
    """Show other words instead of those that could harm somebody. The first are read by nobody any more; that
    they were there stays on record, with the reason. Raises Refused, BadInput, NotFound."""
    row = Input.objects.filter(pk=input_id).first()
    if row is None:
        raise NotFound("input")
    because = check(access.may_keep(by, body_of(row.body_id)))
    made = Redaction.objects.create(
        input_id=input_id,
        words=words_of("words", words, MOST),
        why=words_of("why", why, 300),
        by_name=name_of(by),
        recorded_at=now(),
    )
    audit.record(
        "input.redacted",
        by=by,
        subject=("input", input_id),
        words=N_("Left out of an input what could harm somebody."),
        because=because.rule,
    )
    return made.pk
