"""How a link upward is told: each context above says it of its own things."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from commonweal.foundation.access import Actor
from commonweal.partners.shapes import BodyShape
from commonweal.voice.shapes import Line, Node, Teller, kind_of, node, ref_of

_tellers: dict[str, Teller] = {}
Days = Callable[[str], int | None]
_days: list[Days] = []


def tell_with(teller: Teller) -> None:
    """Have links to things of the teller's kind told by it; the same kind again replaces it."""
    _tellers[teller.kind] = teller


def days_with(days: Days) -> None:
    """Let the bylaws say within how many days a body, by its slug, gives a first answer."""
    _days[:] = [days]


def days_of(slug: str, otherwise: int) -> int:
    """Within how many days a body gives a first answer."""
    said = _days[0](slug) if _days else None
    return said if said is not None else otherwise


def is_known(kind: str) -> bool:
    """Whether somebody tells what becomes of things of this kind."""
    return kind in _tellers


def told(nodes: Iterable[Node]) -> Mapping[Node, Sequence[Line]]:
    """What became of each thing, the oldest line first; none for what the reader may not know."""
    refs: dict[str, list[str]] = defaultdict(list)
    for one in nodes:
        refs[kind_of(one)].append(ref_of(one))
    found: dict[Node, Sequence[Line]] = {}
    for kind, those in refs.items():
        if kind in _tellers:
            for ref, lines in _tellers[kind].told(those).items():
                found[node(kind, ref)] = lines
    return found


def choices(actor: Actor, body: BodyShape) -> list[tuple[str, list[tuple[Node, str]]]]:
    """What may be linked, in groups by the kind's name (English, marked for translation)."""
    found = [
        (one.name, [(node(one.kind, ref), words) for ref, words in one.choices(actor, body)])
        for one in _tellers.values()
    ]
    return [(name, those) for name, those in found if those]


def begin(source: Node, kind: str = "question") -> str:
    """Where a question is put that answers an input or a group; empty where nobody puts any."""
    teller = _tellers.get(kind)
    return teller.begin(source) if teller and teller.begin else ""
