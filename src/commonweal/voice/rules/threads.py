"""What became of an input, from the graph alone: where it is now, where it was, and what was said to it.

A link holds from when it was made until it was undone. An input *is in* a node while every link of a way
to it holds. What a body said to a node is said to each input that was in it then, or came into it later and
is still there. So an input that was split off keeps what it was told before, and is told nothing of what
came after.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from commonweal.voice.shapes import Link, Node, Reply, Step, kind_of

Span = tuple[datetime, datetime | None]
"""From when to when; None: still."""


def spans(start: Node, links: Sequence[Link]) -> dict[Node, list[Span]]:
    """When an input or group was in each node that it ever reached, in order of arrival."""
    out: dict[Node, list[Link]] = {}
    for link in links:
        out.setdefault(link.source, []).append(link)
    found: dict[Node, list[Span]] = {}
    waiting: list[tuple[Node, Span | None, frozenset[Node]]] = [(start, None, frozenset({start}))]
    while waiting:
        here, held, seen = waiting.pop()
        for link in out.get(here, ()):
            both = _overlap(held, (link.made_at, link.undone_at))
            if both is not None and link.target not in seen:
                found.setdefault(link.target, []).append(both)
                waiting.append((link.target, both, seen | {link.target}))
    return {target: sorted(held, key=lambda span: span[0]) for target, held in found.items()}


def _overlap(one: Span | None, other: Span) -> Span | None:
    if one is None:
        return other if other[1] is None or other[0] < other[1] else None
    begins = max(one[0], other[0])
    ends = [end for end in (one[1], other[1]) if end is not None]
    end = min(ends) if ends else None
    return (begins, end) if end is None or begins < end else None


def now_in(start: Node, links: Sequence[Link]) -> list[Node]:
    """The nodes in which it is now, the first reached first."""
    live = {t: held for t, held in spans(start, links).items() if any(end is None for _, end in held)}
    return sorted(live, key=lambda t: next(begin for begin, end in live[t] if end is None))


def _heard(reply: Reply, held: Sequence[Span]) -> datetime | None:
    """When a reply to a node reached one that was in it for these spans; None: never."""
    reached = [max(begin, reply.at) for begin, end in held if end is None or begin <= reply.at < end]
    return min(reached) if reached else None


def steps(start: Node, links: Sequence[Link], replies: Iterable[Reply]) -> list[Step]:
    """The thread of an input, the oldest step first.

    A link of a group on the way is a step only if it held while the input was there; that a link was
    undone is one only if the input was there to the end of it.
    """
    held = spans(start, links)
    found: list[Step] = []
    for link in links:
        within: Sequence[Span] = held.get(link.source, ())
        if link.source == start:
            within = [(link.made_at, None)]
        reached = [_overlap(span, (link.made_at, link.undone_at)) for span in within]
        arrived = [span for span in reached if span is not None]
        if not arrived:
            continue
        found.append(Step(min(begin for begin, _ in arrived), link=link))
        if link.undone_at is not None and any(end == link.undone_at for _, end in arrived):
            found.append(Step(link.undone_at, link=link, is_undone=True))
    for reply in replies:
        own: Sequence[Span] = [(reply.at, None)] if reply.target == start else held.get(reply.target, ())
        at = _heard(reply, own)
        if at is not None:
            found.append(Step(at, reply=reply))
    return sorted(found, key=lambda step: (step.at, step.is_undone is False))


def first_answer(start: Node, links: Sequence[Link], replies: Iterable[Reply]) -> datetime | None:
    """When its author could first be told something: a reply, or a link to what answers it.

    Being put into a group is no answer: nobody has said anything to them yet.
    """
    for step in steps(start, links, replies):
        if step.reply is not None:
            return step.at
        if step.link is not None and not step.is_undone and kind_of(step.link.target) != "group":
            return step.at
    return None
