"""Log lines without secrets: a link that opens something is not written down where many can read it."""

import logging
import re

_TOKEN = re.compile(r"(?<![\w-])[\w-]{43}(?![\w-])")
"""What ``token_urlsafe(32)`` makes: links, invitations, one-time sign-ins."""


class LinkHidingFormatter(logging.Formatter):
    """As ``logging.Formatter``; every token in the message or in a traceback becomes ``[link]``."""

    def format(self, record: logging.LogRecord) -> str:
        """The text of a record as it is written."""
        return _TOKEN.sub("[link]", super().format(record))
