"""Text messages through an adapter: any callable ``(to, text) -> None`` named in settings.SMS_ADAPTER.

What it raises is tried again over a day, except :class:`UndeliverableNumber`, which ends it at once.
"""

import json
import os

from django.conf import settings
from django.utils.module_loading import import_string

from commonweal.foundation.database.home import home
from commonweal.foundation.messages.rules import Undeliverable
from commonweal.kernel.clock import now


class UndeliverableNumber(Undeliverable):
    """For adapters: this number takes no texts, now or ever."""


def send(to: str, text: str) -> None:
    """Send ``text`` to an E.164 number through the installation's adapter; its errors pass through."""
    import_string(settings.SMS_ADAPTER)(to, text)


def to_file(to: str, text: str) -> None:
    """The default adapter: appends to ``sms.jsonl`` in the installation's home, for whoever sends by hand."""
    path = home() / "sms.jsonl"
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        file.write(json.dumps({"at": now().isoformat(), "to": to, "text": text}, ensure_ascii=False) + "\n")
