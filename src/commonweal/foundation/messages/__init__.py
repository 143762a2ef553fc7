"""Letters of three kinds: e-mail by SMTP, text messages by an adapter, and paper to be handed over.

Owns: what waits to be sent, what was sent, and whether it still may be.
Offers: ``send_email``, ``send_sms``, ``letter``, ``Recheck``, ``Concerns``, ``when_it_leaves``; the event
``MessageFailed``.
Leans on: jobs, bus, access (asked again at the moment of sending), Django's mail.
Never: puts anything sensitive into a subject, a text message or a log.
"""

from typing import TYPE_CHECKING

from commonweal.foundation.doors import lazily

if TYPE_CHECKING:
    from commonweal.foundation.messages.actions import Recheck, letter, send_email, send_sms, when_it_leaves
    from commonweal.foundation.messages.events import Concerns

__all__ = ["Concerns", "Recheck", "letter", "send_email", "send_sms", "when_it_leaves"]

__getattr__ = lazily(
    __name__,
    Concerns="events",
    Recheck="actions",
    letter="actions",
    send_email="actions",
    send_sms="actions",
    when_it_leaves="actions",
)
