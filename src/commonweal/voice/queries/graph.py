"""The graph of a body's inputs, as the rules read it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from commonweal.voice import models
from commonweal.voice.rules import threads
from commonweal.voice.shapes import GroupShape, InputShape, Link, Node, Reply, kind_of, node
from commonweal.voice.vocabulary import Answering, Hand, Kind, Way


@dataclass(frozen=True, slots=True)
class Graph:
    """Links and replies of one or several bodies, the oldest first."""

    links: Sequence[Link]
    replies: Sequence[Reply]
    groups: dict[str, GroupShape]

    def inputs_now_in(self, target: Node) -> list[Node]:
        """The inputs that are in a node now, straight or through groups."""
        found: list[Node] = []
        waiting = [target]
        while waiting:
            here = waiting.pop()
            for link in self.links:
                if link.target == here and link.is_live:
                    (found if kind_of(link.source) == "input" else waiting).append(link.source)
        return list(dict.fromkeys(found))

    def group_of(self, start: Node) -> GroupShape | None:
        """The group, not within another, in which an input is now."""
        inside = [n for n in threads.now_in(start, self.links) if kind_of(n) == "group"]
        return self.groups.get(inside[-1]) if inside else None


def of_bodies(body_ids: Iterable[UUID]) -> Graph:
    """The graph of bodies; of a private one nothing for who does not sit there."""
    bodies = set(body_ids)
    links = models.Link.objects.filter(act__body_id__in=bodies).select_related("act", "undone_by")
    replies = models.Reply.objects.filter(body_id__in=bodies)
    groups = models.Group.objects.filter(body_id__in=bodies)
    return Graph(
        [link_shape(row) for row in links],
        [reply_shape(row) for row in replies],
        {node("group", g.pk): group_shape(g) for g in groups},
    )


def link_shape(row: models.Link) -> Link:
    """A row of links as the rules read it."""
    source = node("input", row.source_input_id) if row.source_input_id else node("group", row.source_group_id)
    target = (
        node("group", row.target_group_id) if row.target_group_id else node(row.target_kind, row.target_ref)
    )
    undone = row.undone_by
    return Link(
        source=source,
        target=target,
        kind=Kind(row.act.kind),
        made_at=row.act.recorded_at,
        why=row.act.why,
        undone_at=undone.recorded_at if undone else None,
        undone_why=undone.why if undone else "",
        act_id=row.act_id,
    )


def reply_shape(row: models.Reply) -> Reply:
    """A row of replies as the rules read it."""
    return Reply(
        target=node("input", row.input_id) if row.input_id else node("group", row.group_id),
        how=Answering(row.how),
        words=row.words,
        at=row.recorded_at,
        by_name=row.by_name,
        until=row.until,
        words_there=row.words_there,
        language_there=row.language_there,
    )


def group_shape(row: models.Group) -> GroupShape:
    """A group as it crosses the door."""
    return GroupShape(row.pk, row.body_id, row.title, row.recorded_at)


def input_shapes(rows: Iterable[models.Input]) -> list[InputShape]:
    """Inputs with the words that the current actor may read."""
    found = list(rows)
    ids = [row.pk for row in found]
    said = {one.input_id: one for one in models.Said.objects.filter(pk__in=ids)}
    mended = {one.input_id: one for one in models.Redaction.objects.filter(input_id__in=ids)}
    return [_input(row, said.get(row.pk), mended.get(row.pk)) for row in found]


def _input(row: models.Input, said: models.Said | None, mended: models.Redaction | None) -> InputShape:
    words = mended.words if mended else said.words if said else None
    return InputShape(
        id=row.pk,
        body_id=row.body_id,
        said_at=row.said_at,
        recorded_at=row.recorded_at,
        way=Way(row.way),
        hand=Hand(row.hand),
        is_public=row.is_public,
        words=words,
        name=said.name if said else "",
        language=said.language if said else "",
        where=said.where if said else "",
        is_redacted=mended is not None,
        redacted_why=mended.why if mended else "",
    )
