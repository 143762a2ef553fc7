"""Saying something: kept whole, with its code."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction

from commonweal.foundation import audit, bus
from commonweal.foundation.access import Actor, acting
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput
from commonweal.kernel.ids import new_id
from commonweal.kernel.words import N_
from commonweal.voice import access
from commonweal.voice.actions.checks import body_of, check, name_of, words_of
from commonweal.voice.events import InputSaid
from commonweal.voice.models import Contact, Input, Said
from commonweal.voice.queries.inputs import hash_of
from commonweal.voice.rules import codes
from commonweal.voice.shapes import Kept
from commonweal.voice.vocabulary import LANGUAGE_NAMES, MOST, Hand, Way


@transaction.atomic
def say(
    body_id: UUID,
    words: str,
    *,
    by: Actor,
    language: str = "en",
    way: Way = Way.PAGE,
    hand: Hand = Hand.DIRECT,
    is_public: bool = False,
    name: str = "",
    where: str = "",
    said_at: datetime | None = None,
    once: UUID | None = None,
    email: str = "",
    phone: str = "",
) -> Kept:
    """Keep what somebody says to a body, and give them the code with which they ask what became of it.

    ``said_at``: when it was said, where a helper writes it down later. ``email`` or ``phone``: they asked to
    hear when something happens. The same ``once`` again keeps nothing more, and gives no code. In a private
    body there is no code: what is said there is answered there. Raises Refused, BadInput, NotFound.
    """
    body = body_of(body_id)
    helps = way is not Way.PAGE or hand is not Hand.DIRECT
    because = check(access.may_write_down(by, body) if helps else access.may_say(by, body))
    if once is not None and (there := Input.objects.filter(once=once).first()):
        return Kept(there.pk, "")
    if language not in LANGUAGE_NAMES:
        raise BadInput("language", N_("Choose a language."))
    moment = said_at or now()
    if moment > now():
        raise BadInput("said_at", N_("It was said already: choose a day that is not to come."))
    code = "" if body.is_private else _fresh_code()
    kept = _kept(
        new_id(), body_id, words, way=way, hand=hand, is_public=is_public and not body.is_private,
        name=name, where=where, language=language, said_at=moment, code=code, once=once,
        helper=by if helps else None,
    )  # fmt: skip
    if (email or phone) and not body.is_private:
        Contact.objects.create(
            input_id=kept,
            email=email.strip(),
            phone=phone.strip(),
            language=_letters_in(language),
            agreed_at=now(),
        )
    audit.record(
        "input.said",
        by=by,
        subject=("input", kept),
        words=N_("Something was said to a body."),
        details={"way": way.value, "hand": hand.value},
        because=because.rule,
        occurred_at=moment if said_at else None,
    )
    bus.publish(InputSaid(kept, body_id))
    return Kept(kept, code)


def _letters_in(language: str) -> str:
    return language if language in ("en", "es") else "en"


def _fresh_code() -> str:
    """A code that nobody has. The program looks, since who says something may not read codes' rows."""
    with acting(access.TELLER):
        while True:
            code = codes.code_from([secrets.randbelow(codes.ALL) for _ in range(codes.SYLLABLES)])
            if not Input.objects.filter(code_hash=hash_of(code)).exists():
                return code


def _kept(
    input_id: UUID,
    body_id: UUID,
    words: str,
    *,
    way: Way,
    hand: Hand,
    is_public: bool,
    name: str,
    where: str,
    language: str,
    said_at: datetime,
    code: str,
    once: UUID | None,
    helper: Actor | None,
) -> UUID:
    said = words_of("words", words, MOST)
    Input.objects.create(
        id=input_id,
        body_id=body_id,
        way=way.value,
        hand=hand.value,
        is_public=is_public,
        code_hash=hash_of(code) if code else "",
        once=once,
        said_at=said_at,
        recorded_at=now(),
    )
    Said.objects.create(
        input_id=input_id,
        words=said,
        language=language,
        name=name.strip()[:200],
        where=where.strip()[:200],
        helper_name=name_of(helper) if helper else "",
        helper_id=helper.account_id if helper else None,
    )
    return input_id


@transaction.atomic
def carry_over(
    input_id: UUID, body_id: UUID, words: str, *, by: Actor, name: str, where: str, is_public: bool, rule: str
) -> UUID:
    """Keep what a question quotes, under the id that it has there. Who may write the question was judged
    there."""
    kept = _kept(
        input_id, body_id, words, way=Way.MEETING, hand=Hand.RELAYED, is_public=is_public,
        name=name, where=where, language="en", said_at=now(), code="", once=None, helper=by,
    )  # fmt: skip
    audit.record(
        "input.said",
        by=by,
        subject=("input", kept),
        words=N_("Something was said to a body."),
        details={"way": Way.MEETING.value, "hand": Hand.RELAYED.value},
        because=rule,
    )
    return kept
