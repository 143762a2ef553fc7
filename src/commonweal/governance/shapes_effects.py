"""What a decision can do: an effect is a typed thing that the context which it changes registers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from commonweal.foundation.access import Actor
from commonweal.governance.shapes import MandateShape
from commonweal.governance.vocabulary import Matter

Params = Mapping[str, object]
"""What an effect is told, in plain values that survive JSON: ids as text, dates as ISO 8601."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose from in a form."""

    value: str
    name: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a proposer must say about an effect. ``kind``: text, long, date, number, one, many.

    ``choices`` are read when the form is shown.
    """

    name: str
    label: str
    kind: str = "text"
    help: str = ""
    is_required: bool = True
    choices: Callable[[], list[Choice]] | None = None


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One line of what a yes would do: what it is about, what it is today, what it would be."""

    what: str
    today: str
    then: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a yes would do, worked out from what is real now, before the vote."""

    says: str
    rows: tuple[PreviewRow, ...] = ()
    stays_closed: tuple[str, ...] = ()
    if_undone: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """A kind of thing that a mandate does, the only way to change the tables that it ``governs``.

    ``read`` makes clean params of a form or file (raises BadInput); ``scope_of`` names what the mandate
    governs; ``take`` and ``end`` run inside the transaction that gives or ends the mandate. ``end`` must
    leave nothing behind that works. ``governs`` names tables (their new rows) and ``table.column`` pairs.

    ``matter_of``: for kinds whose matter hangs on what they are about. ``is_done_at_once``: it acts and is
    over, such as letting a partner leave, so its mandate has no end of its own. ``in_words`` says in a line
    what the mandate governs, for the register. ``screen``: the address of the page of what it governs.

    ``may_be_delegated``: whether the table may let somebody do this alone. ``cost``: what it costs is named
    so in its params, in cents (``<cost>_cents``), and is asked in dollars (``<cost>_dollars``).
    """

    kind: str
    matter: Matter
    name: str
    asks: tuple[Asked, ...]
    read: Callable[[Params], Params]
    scope_of: Callable[[Params], str]
    preview: Callable[[Params, datetime], Preview]
    take: Callable[[MandateShape, Params, Actor], None]
    end: Callable[[MandateShape, Params, Actor], None]
    governs: tuple[str, ...] = ()
    matter_of: Callable[[Params], Matter] | None = None
    is_done_at_once: bool = False
    in_words: Callable[[Params], str] | None = None
    screen: Callable[[MandateShape], str] | None = None
    may_be_delegated: bool = False
    cost: str = ""
