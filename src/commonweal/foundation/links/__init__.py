"""Links that open one thing for one partner until they expire; the token is sent, only its hash is kept.

Owns: what a token opens, until when, how often.
Offers: ``issue``, ``open_link``, ``lapsed_link``, ``close_link``.
Leans on: the operating system's random numbers.
Never: puts a person, a service or a need into a URL.
"""

from typing import TYPE_CHECKING

from commonweal.foundation.doors import lazily

if TYPE_CHECKING:
    from commonweal.foundation.links.actions import Link, close_link, issue, lapsed_link, open_link

__all__ = ["Link", "close_link", "issue", "lapsed_link", "open_link"]

__getattr__ = lazily(
    __name__,
    Link="actions",
    close_link="actions",
    issue="actions",
    lapsed_link="actions",
    open_link="actions",
)
