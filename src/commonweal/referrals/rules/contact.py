"""May the person be contacted about this referral? ``contacting-subject-prohibited`` stops it all (1-T11)."""

from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_


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
