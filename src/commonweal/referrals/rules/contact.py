"""May the person be contacted about this referral? ``contacting-subject-prohibited`` stops it all (1-T11)."""

from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_

UNSAFE = "referral.text.unsafe"
"""The person is open to being asked, and not by text."""


def may_text(*, is_known: bool, has_died: bool, may_be_mixed_up: bool, phone: str, is_safe: bool) -> Verdict:
    """May a text go to the person now? Asked before it is written and again when it leaves (2-T4).

    ``phone``: the number that they gave, empty for none. ``is_safe``: they said that texts to it are safe.
    """
    if not is_known or has_died:
        return deny("referral.text.closed", N_("This record is closed. Nothing goes out."))
    if may_be_mixed_up:
        return deny(
            "referral.text.mixed-up",
            N_("Two people may be mixed up here. Nothing goes out until that is settled."),
        )
    if not (phone and is_safe):
        return deny(
            UNSAFE,
            N_("There is no number to which a text is safe."),
            N_("Call, or hand over a letter."),
        )
    return allow("referral.text.safe", N_("The person said that a text is safe."))


def may_contact(*, contact_prohibited: bool, segment: Segment) -> Verdict:
    """Text, e-mail, letter, call list, invitation or question to the person about one referral."""
    if contact_prohibited:
        return deny(
            "referral.contact.prohibited",
            N_("The person asked not to be contacted about this. Nothing goes out, not even a reminder."),
            N_("Ask when you meet, and write their answer down."),
        )
    if segment is Segment.DOMESTIC_VIOLENCE:
        return deny(
            "referral.contact.safety",
            N_("Somebody else might read it. Nothing about this is sent to a phone, a mailbox or a home."),
            N_("Ask only when you are alone with the person."),
        )
    return allow("referral.contact.open", N_("The person may be contacted about this."))
