"""Facts that contexts tell upward: typed, synchronous, in the same transaction.

Owns: who listens to what.
Offers: ``publish`` and ``when``.
Leans on: nothing.
Never: queues, retries or swallows an error; what fails rolls the act back.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

Event = TypeVar("Event")

_listeners: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def when(event_type: type[Event]) -> Callable[[Callable[[Event], None]], Callable[[Event], None]]:
    """Have the decorated function called with each published fact of ``event_type``."""

    def listen(reaction: Callable[[Event], None]) -> Callable[[Event], None]:
        if reaction not in _listeners[event_type]:
            _listeners[event_type].append(reaction)
        return reaction

    return listen


def publish(event: object) -> None:
    """Tell every listener, in the order in which they were registered."""
    for reaction in tuple(_listeners[type(event)]):
        reaction(event)


def listeners_of(event_type: type) -> tuple[Callable[[Any], None], ...]:
    """Who hears this kind of fact, for tests and for the reference."""
    return tuple(_listeners[event_type])
