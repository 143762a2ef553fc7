"""What people said, and what became of it: for all, for a body, for one group, for one input."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.foundation.access import Actor
from commonweal.foundation.access.web import actor_of, public
from commonweal.kernel.errors import NotFound
from commonweal.partners import facade as partners
from commonweal.partners.shapes import BodyShape
from commonweal.voice import access
from commonweal.voice.queries import graph as reading
from commonweal.voice.queries import inputs, ports, telling
from commonweal.voice.queries.graph import Graph
from commonweal.voice.shapes import GroupShape, InputShape, Line, Node, Silence, Told
from commonweal.voice.web.forms import (
    AnswerForm,
    GroupForm,
    LinkForm,
    RedactForm,
    SplitForm,
    TitledForm,
    WhyForm,
)
from commonweal.voice.web.history import Deed, deeds

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Owed:
    """What a body owes, beside its name."""

    body: BodyShape
    it: Silence


def _owed(bodies: list[BodyShape]) -> list[Owed]:
    by_id = {body.id: body for body in bodies}
    return [Owed(by_id[one.body_id], one) for one in inputs.silences(bodies)]


@require_safe
@public
def index(request: HttpRequest) -> HttpResponse:
    """Say something; what became of it; who waits for an answer, in counts; what everybody may read."""
    bodies = inputs.open_bodies()
    owed = _owed(bodies)
    by_id = {body.id: body for body in bodies}
    shown = [one for one in inputs.public(SHOWN) if one.words is not None and one.body_id in by_id]
    graph = reading.of_bodies({one.body_id for one in shown})
    context = {
        "owed": owed,
        "late": sum(one.it.late for one in owed),
        "longest": max((one.it.longest_days for one in owed), default=0),
        "said": sum(one.it.said for one in owed),
        "answered": sum(one.it.answered for one in owed),
        "put_off": sum(one.it.put_off for one in owed),
        "voices": [telling.of(one, graph, by_id[one.body_id]) for one in shown],
        "may_write": bool(bodies) and bool(access.may_write_down(actor_of(request), bodies[0])),
    }
    return render(request, "voice/index.html", context)


def found_body(slug: str, actor: Actor) -> BodyShape:
    """The body with this slug; of a private one only for who sits there. Raises NotFound, alike for both."""
    found = partners.body_named(slug)
    if found is None or (found.is_private and not access.sits_in(actor, found)):
        raise NotFound("body")
    return found


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group on a body's board: how many are in it, and where it stands."""

    it: GroupShape
    count: int
    now: Line | None


@require_safe
@public
def body(request: HttpRequest, slug: str) -> HttpResponse:
    """The board of a body's inputs: what waits, what is together, what was said."""
    actor = actor_of(request)
    found = found_body(slug, actor)
    may_keep, may_read = bool(access.may_keep(actor, found)), bool(access.may_read(actor, found))
    graph = reading.of_bodies([found.id])
    all_inputs = inputs.of_body(found.id)
    read = [one for one in all_inputs if one.words is not None]
    grouped = {one.node for one in all_inputs if graph.group_of(one.node) is not None}
    late = set(inputs.unanswered(found, graph))
    groups = _groups(graph, all_inputs, found)
    context = {
        "body": found,
        "owed": next(iter(_owed([found])), None),
        "days": telling.days_of(found),
        "groups": groups if may_read else [],
        "single": [
            (telling.of(one, graph, found), one.id in late) for one in read if one.node not in grouped
        ],
        "together": [telling.of(one, graph, found) for one in read if one.node in grouped]
        if not may_read
        else [],
        "hidden": len(all_inputs) - len(read),
        "may_keep": may_keep,
        "group_form": GroupForm(groups=[(str(g.it.id), g.it.title) for g in groups]) if may_keep else None,
        "merge_form": TitledForm(prefix="m") if may_keep and len(groups) > 1 else None,
        "put_off": [r for r in graph.replies if r.how.value in ("deferred", "refused")] if may_read else [],
    }
    return render(request, "voice/body.html", context)


def _groups(graph: Graph, known: list[InputShape], found: BodyShape) -> list[GroupRow]:
    """The groups that are in no other, the fullest first."""
    inside = {link.source for link in graph.links if link.is_live and link.target in graph.groups}
    by_node = {one.node: one for one in known}
    rows = []
    for named, group in graph.groups.items():
        within = [by_node[n] for n in graph.inputs_now_in(named) if n in by_node]
        if named not in inside and within:
            rows.append(GroupRow(group, len(within), telling.of(within[-1], graph, found).now))
    return sorted(rows, key=lambda row: -row.count)


@require_safe
@public
def group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """One group: whose words are in it, what was done with it, and the acts of who leads."""
    actor, found = actor_of(request), inputs.group(group_id)
    if found is None:
        raise NotFound("group")
    of = partners.bodies_by_id([found.body_id])[found.body_id]
    if not access.may_read(actor, of):
        raise NotFound("group")
    graph = reading.of_bodies([of.id])
    within = inputs.by_ids(UUID(n.partition(":")[2]) for n in graph.inputs_now_in(found.node))
    may_keep = bool(access.may_keep(actor, of))
    context = {
        "group": found,
        "body": of,
        "inputs": [telling.of(one, graph, of) for one in sorted(within.values(), key=lambda i: i.said_at)],
        "deeds": deeds(found.node, graph),
        "replies": [r for r in graph.replies if r.target == found.node],
        "may_keep": may_keep,
        **(_keeping(actor, of, found.node) if may_keep else {}),
        "split_form": SplitForm(prefix="s") if may_keep and len(within) > 1 else None,
    }
    return render(request, "voice/group.html", context)


def _keeping(actor: Actor, of: BodyShape, here: Node) -> dict[str, object]:
    return {
        "begin": ports.begin(here),
        "answer_form": AnswerForm(),
        "link_form": LinkForm(prefix="l", choices=ports.choices(actor, of)),
        "undo_form": WhyForm(prefix="u"),
    }


@require_safe
@public
def one(request: HttpRequest, input_id: UUID) -> HttpResponse:
    """One input, from the word to its effect."""
    actor, found = actor_of(request), inputs.one(input_id)
    if found is None or found.words is None:
        raise NotFound("input")
    of = partners.bodies_by_id([found.body_id])[found.body_id]
    graph = reading.of_bodies([of.id])
    told: Told = telling.of(found, graph, of)
    may_keep = bool(access.may_keep(actor, of))
    named: list[Deed] = deeds(found.node, graph) if may_keep else []
    context = {
        "told": told,
        "input": found,
        "body": of,
        "group": graph.group_of(found.node) if access.may_read(actor, of) else None,
        "may_keep": may_keep,
        "deeds": named,
        **(_keeping(actor, of, found.node) if may_keep else {}),
        "redact_form": RedactForm(prefix="r", initial={"words": found.words}) if may_keep else None,
    }
    return render(request, "voice/input.html", context)
