"""What voice offers to higher storeys: ids and shapes in, shapes out."""

from collections.abc import Iterable
from uuid import UUID

from commonweal.foundation.access import Actor, current_actor
from commonweal.foundation.jobs import defer_by_name
from commonweal.kernel.clock import held
from commonweal.partners import facade as partners
from commonweal.partners.shapes import BodyShape
from commonweal.voice import access, actions
from commonweal.voice.queries import graph, inputs, ports
from commonweal.voice.queries.inputs import Answered as Answered
from commonweal.voice.shapes import GroupShape, InputShape, Silence, Teller, node


def tell_with(teller: Teller) -> None:
    """Let a context say how links to its things are told, and which could answer an input."""
    ports.tell_with(teller)


def days_with(days: ports.Days) -> None:
    """Let the bylaws say within how many days a body, by its slug, gives a first answer."""
    ports.days_with(days)


def news(kind: str, ref: object) -> None:
    """Something happened to a thing: authors of what is linked to it hear, where they asked for it."""
    if held() is None:
        defer_by_name("voice.write_to_authors", nodes=[node(kind, ref)])


def inputs_by_id(ids: Iterable[UUID]) -> dict[UUID, InputShape]:
    """Inputs by id, with the words that the current actor may read."""
    return inputs.by_ids(ids)


def answered_by(kind: str, ref: object) -> list[Answered]:
    """The inputs that are linked to a thing now, straight or through groups, the first said first."""
    return inputs.answered_by(node(kind, ref))


def groups_of(body_id: UUID) -> list[tuple[GroupShape, int]]:
    """The groups of a body that are in no other, with how many inputs are in each now; empty ones are left
    out. How a body calls what was said to it is read by who may read what was said: others get none."""
    body = partners.bodies_by_id([body_id]).get(body_id)
    if body is None or not access.may_read(current_actor(), body):
        return []
    known = graph.of_bodies([body_id])
    inside = {link.source for link in known.links if link.is_live and link.target in known.groups}
    found = [(g, len(known.inputs_now_in(n))) for n, g in known.groups.items() if n not in inside]
    return [(g, count) for g, count in found if count]


def single_inputs_of(body_id: UUID) -> list[InputShape]:
    """Inputs of a body that are in no group, the newest first."""
    known = graph.of_bodies([body_id])
    grouped = {link.source for link in known.links if link.is_live and link.target in known.groups}
    return [one for one in inputs.of_body(body_id) if one.node not in grouped]


def tie(source: str, kind: str, ref: object, *, by: Actor, why: str, rule: str) -> None:
    """Link an input or group (``input:<id>``, ``group:<id>``) to a thing that its own context let ``by``
    write.

    Raises BadInput, NotFound, Conflict.
    """
    actions.tie(source, node(kind, ref), by=by, why=why, rule=rule)


def carry_over(
    input_id: UUID, body_id: UUID, words: str, *, by: Actor, name: str, where: str, is_public: bool, rule: str
) -> None:
    """Keep what a question quotes as an input, under the id that it has there. See ``actions.carry_over``."""
    actions.carry_over(
        input_id, body_id, words, by=by, name=name, where=where, is_public=is_public, rule=rule
    )


def silences(bodies: Iterable[BodyShape]) -> list[Silence]:
    """What bodies owe: who waits past the clock for a first answer, in counts."""
    return inputs.silences(bodies)


def owed_by(actor: Actor) -> list[tuple[BodyShape, Silence]]:
    """Who waits for a first answer from bodies whose inputs the actor answers, in counts: those it leads; for
    the backbone the open ones. The longest wait first; a body that owes nothing is left out."""
    kept = {body.id: body for body in inputs.open_bodies() if access.may_keep(actor, body)}
    found = inputs.silences(kept.values())
    return [(kept[one.body_id], one) for one in found if one.answered < one.said]
