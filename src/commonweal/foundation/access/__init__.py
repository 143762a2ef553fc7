"""Who may read or write which row about a person, and why.

Owns: the policy, the signed context of a transaction, consent and agreement facts, break-glass.
Offers: ``acting``, ``Actor``, ``explain``, ``protect``, ``requires`` and ``public``.
Leans on: PostgreSQL row-level security, which has the last word.
Never: trusts a page, a form or a view to have asked.
"""

from typing import TYPE_CHECKING

from commonweal.foundation.access.actor import Actor
from commonweal.foundation.doors import lazily

if TYPE_CHECKING:
    from commonweal.foundation.access.context import acting, current_actor

__all__ = ["Actor", "acting", "current_actor"]

__getattr__ = lazily(__name__, acting="context", current_actor="context")
