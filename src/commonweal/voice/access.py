"""Who may say something, write it down for another, put things together, answer, redact. Silence means no."""

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import SEATED, Purpose, Role
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.shapes import BodyShape

TELLER = Actor(Role.BACKEND_SERVICE, Purpose.GOV, name="Commonweal")
"""Reads one input for the author who showed its code, and writes to authors who asked for it."""


def _is_setup(actor: Actor) -> bool:
    return actor.role is Role.OPERATOR and actor.account_id is None


def sits_in(actor: Actor, body: BodyShape) -> bool:
    """Whether the actor holds a seat there now."""
    if actor.account_id is None:
        return False
    return any(seat.body_id == body.id for seat in partners.seats_with_account(actor.account_id))


def may_say(actor: Actor, body: BodyShape) -> Verdict:
    """Say something to a body: anybody, with or without an account; to a private one who sits there."""
    if not body.is_private:
        return allow("voice.say.anyone", N_("Anybody may say something."))
    if sits_in(actor, body):
        return allow("voice.say.seated", N_("You sit here."))
    return deny(
        "voice.say.private",
        N_("Only those who sit here read and write here."),
        N_("Say it to another body, or ask someone who sits here."),
    )


def may_write_down(actor: Actor, body: BodyShape) -> Verdict:
    """Write down for another what they said in a meeting, by phone or on paper."""
    saying = may_say(actor, body)
    if not saying:
        return saying
    if _is_setup(actor):
        return allow("voice.write.setup", N_("The installation is being set up."))
    if actor.role in SEATED and actor.account_id is not None:
        return allow("voice.write.helper", N_("Who helps may write down what somebody says."))
    return deny(
        "voice.write.not-signed-in",
        N_("Who writes for another signs in, so that it is known who wrote it."),
        N_("Say it in your own name, or without one."),
    )


def may_keep(actor: Actor, body: BodyShape) -> Verdict:
    """Put together, take apart, link, answer, redact: who leads the body, and the backbone for open ones."""
    if _is_setup(actor) and not body.is_private:
        return allow("voice.keep.setup", N_("The installation is being set up."))
    if not body.is_private and partners.acts_for_backbone(actor):
        return allow("voice.keep.backbone", N_("The backbone keeps the table’s records."))
    if actor.account_id is not None:
        seats = partners.seats_with_account(actor.account_id)
        if any(seat.body_id == body.id and seat.leads for seat in seats):
            return allow("voice.keep.lead", N_("Those who lead a body answer what is said to it."))
    return deny(
        "voice.keep.not-lead",
        N_("Those who lead the body, and the backbone, answer what is said to it."),
        N_("Ask one of them."),
    )


def may_read(actor: Actor, body: BodyShape) -> Verdict:
    """Read what is not public: who sits in the body, and the backbone for open ones."""
    keeping = may_keep(actor, body)
    if keeping:
        return keeping
    if sits_in(actor, body):
        return allow("voice.read.seated", N_("It was said to the body in which you sit."))
    return deny(
        "voice.read.not-seated",
        N_("Who said it did not say it to everybody. Those who sit in the body read it."),
    )
