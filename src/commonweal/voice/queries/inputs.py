"""Reading inputs: by id, by code, of a body, of what answers them; and what bodies owe."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from commonweal.foundation.access.keys import key
from commonweal.kernel.clock import now
from commonweal.partners import facade as partners
from commonweal.partners.shapes import BodyShape
from commonweal.voice import models
from commonweal.voice.queries import graph as reading
from commonweal.voice.queries.graph import Graph
from commonweal.voice.queries.telling import days_of
from commonweal.voice.rules import clock, codes, threads
from commonweal.voice.shapes import GroupShape, InputShape, Node, Silence, kind_of, node, ref_of
from commonweal.voice.vocabulary import PUT_OFF


def hash_of(code: str) -> str:
    """How a code is kept: 35 bits are guessed at leisure, so the hash is keyed with the installation's
    key."""
    return hmac.new(key("voice"), codes.normal(code).encode(), hashlib.sha256).hexdigest()


def by_code(code: str) -> UUID | None:
    """The input of a code; None for an unknown one and for what can be none."""
    if not codes.normal(code):
        return None
    return models.Input.objects.filter(code_hash=hash_of(code)).values_list("pk", flat=True).first()


def by_ids(ids: Iterable[UUID]) -> dict[UUID, InputShape]:
    """Inputs by id, with the words that the current actor may read."""
    return {one.id: one for one in reading.input_shapes(models.Input.objects.filter(pk__in=set(ids)))}


def one(input_id: UUID) -> InputShape | None:
    """One input, or None where the current actor may not know of it."""
    return by_ids([input_id]).get(input_id)


def of_body(body_id: UUID) -> list[InputShape]:
    """What was said to a body, the newest first."""
    return reading.input_shapes(models.Input.objects.filter(body_id=body_id).order_by("-said_at", "id"))


def public(most: int) -> list[InputShape]:
    """The newest that their authors let everybody read."""
    rows = models.Input.objects.filter(is_public=True, body__is_private=False)
    return reading.input_shapes(rows.order_by("-said_at", "id")[:most])


def group(group_id: UUID) -> GroupShape | None:
    """One group, or None where the current actor may not know of it."""
    row = models.Group.objects.filter(pk=group_id).first()
    return reading.group_shape(row) if row else None


@dataclass(frozen=True, slots=True)
class Answered:
    """An input that something answers, and why it was linked to it."""

    input: InputShape
    why: str
    group: GroupShape | None


def answered_by(target: Node) -> list[Answered]:
    """The inputs that are linked to a thing now, straight or through groups."""
    rows = models.Link.objects.filter(
        target_kind=kind_of(target), target_ref=ref_of(target), undone_by=None
    ).select_related("act", "undone_by")
    links = [reading.link_shape(row) for row in rows]
    graph = reading.of_bodies({row.act.body_id for row in rows})
    found: dict[str, tuple[str, GroupShape | None]] = {}
    for link in links:
        if kind_of(link.source) == "input":
            found.setdefault(link.source, (link.why, None))
            continue
        for inside in graph.inputs_now_in(link.source):
            found.setdefault(inside, (link.why, graph.groups.get(link.source)))
    shapes = by_ids(UUID(ref_of(one)) for one in found)
    known = sorted(shapes.values(), key=lambda shape: shape.said_at)
    return [Answered(shape, *found[shape.node]) for shape in known]


def silences(bodies: Iterable[BodyShape]) -> list[Silence]:
    """What each body owes, in counts alone; the longest wait first. A body to which nothing was said is not
    there."""
    here = list(bodies)
    rows = list(
        models.Input.objects.filter(body__in=[b.id for b in here]).values_list("pk", "body", "said_at")
    )
    graph = reading.of_bodies(b.id for b in here)
    off = list(
        models.Reply.objects.filter(how__in=[h.value for h in PUT_OFF]).values_list("body_id", flat=True)
    )
    found = []
    for body in here:
        waits = [
            (said, threads.first_answer(node("input", pk), graph.links, graph.replies))
            for pk, of, said in rows
            if of == body.id
        ]
        if waits:
            days = days_of(body)
            count, longest = clock.late(waits, days, now())
            answered = sum(first is not None for _, first in waits)
            found.append(Silence(body.id, len(waits), answered, count, longest, days, off.count(body.id)))
    return sorted(found, key=lambda s: (-s.longest_days, -s.said))


def open_bodies() -> list[BodyShape]:
    """Bodies to which anybody may say something, the highest first."""
    found = [body for body in partners.bodies() if not body.is_private]
    return sorted(found, key=lambda body: (body.parent_id is not None, body.name))


def unanswered(body: BodyShape, graph: Graph | None = None) -> list[UUID]:
    """Inputs of a body that wait for a first answer past its clock, the longest first."""
    known = graph or reading.of_bodies([body.id])
    days = days_of(body)
    rows = models.Input.objects.filter(body_id=body.id).order_by("said_at").values_list("pk", "said_at")
    return [
        pk
        for pk, said in rows
        if clock.is_late(
            (said, threads.first_answer(node("input", pk), known.links, known.replies)), days, now()
        )
    ]
