"""What was done with a group or an input, act by act, for who leads: what can be taken back, and what was."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.voice.models import Act
from commonweal.voice.queries.graph import Graph
from commonweal.voice.shapes import Node
from commonweal.voice.vocabulary import KIND_NAMES, Kind


@dataclass(frozen=True, slots=True)
class Deed:
    """An act on the graph, with its reason."""

    id: UUID
    kind: Kind
    why: str
    by_name: str
    at: datetime
    can_be_undone: bool

    @property
    def name(self) -> str:
        """English, marked for translation."""
        return KIND_NAMES[self.kind]


def deeds(here: Node, graph: Graph) -> list[Deed]:
    """The acts whose links begin or end in a node, the oldest first."""
    links = [link for link in graph.links if here in (link.source, link.target)]
    live = {link.act_id for link in links if link.act_id and link.is_live}
    ended = {link.act_id for link in links if link.act_id and not link.is_live}
    rows = Act.objects.filter(pk__in=live | ended).select_related("taken_back")
    return [
        Deed(
            row.pk,
            Kind(row.kind),
            row.why,
            row.by_name,
            row.recorded_at,
            row.pk in live and row.pk not in ended and row.kind != Kind.TAKEN_BACK.value,
        )
        for row in rows
    ]
