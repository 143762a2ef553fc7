"""What became of an input, in the reader's language: the rule's steps, and what others tell of their
things."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commonweal.partners import facade as partners
from commonweal.partners.shapes import BodyShape
from commonweal.voice import models
from commonweal.voice.queries import graph as reading
from commonweal.voice.queries import ports
from commonweal.voice.queries.graph import Graph
from commonweal.voice.rules import threads
from commonweal.voice.shapes import InputShape, Line, Link, Node, Reply, Step, Told, kind_of
from commonweal.voice.vocabulary import ANSWERING_LOOKS, Kind


def told(input_id: UUID) -> Told | None:
    """What became of one input; None where the current actor may not know of it."""
    row = models.Input.objects.filter(pk=input_id).first()
    if row is None:
        return None
    (shape,) = reading.input_shapes([row])
    body = partners.bodies_by_id([row.body_id])[row.body_id]
    return of(shape, reading.of_bodies([row.body_id]), body)


def of(shape: InputShape, graph: Graph, body: BodyShape) -> Told:
    """What became of an input of a graph that is at hand."""
    steps = threads.steps(shape.node, graph.links, graph.replies)
    above = ports.told(_things(steps))
    lines = [Line(_("It was said to %(body)s.") % {"body": _(body.name)}, shape.said_at, look="res")]
    shown: set[Node] = set()
    for step in steps:
        lines += _lines(step, graph, above, shown)
    lines.sort(key=lambda line: (line.at is None, line.at or shape.said_at))
    now = _now(shape, graph, steps, above, body)
    return Told(shape, tuple(lines), now)


def _things(steps: Iterable[Step]) -> list[Node]:
    named = [s.link.target for s in steps if s.link is not None and kind_of(s.link.target) != "group"]
    return list(dict.fromkeys(named))


def _lines(
    step: Step, graph: Graph, above: Mapping[Node, Sequence[Line]], shown: set[Node]
) -> Iterable[Line]:
    if step.reply is not None:
        yield _reply(step.reply, step)
    elif step.link is not None and step.is_undone:
        yield Line(_undone(step.link, graph), step.at)
    elif step.link is not None and kind_of(step.link.target) == "group":
        yield Line(_grouped(step.link, graph), step.at)
    elif step.link is not None:
        yield Line(_("It was linked to what answers it: %(why)s") % {"why": _(step.link.why)}, step.at)
        if step.link.target not in shown:
            shown.add(step.link.target)
            for line in above.get(step.link.target, ()):
                if line.at is None or line.at >= step.at:
                    yield line


def _reply(reply: Reply, step: Step) -> Line:
    words = said_here(reply)
    if reply.until is not None:
        day = date_format(reply.until, "DATE_FORMAT")
        said = _("%(name)s, until %(day)s: %(words)s") % {"name": _(reply.name), "day": day, "words": words}
    else:
        said = _("%(name)s: %(words)s") % {"name": _(reply.name), "words": words}
    return Line(said, step.at, look=ANSWERING_LOOKS[reply.how])


def said_here(reply: Reply) -> str:
    """A reply in the reader's language, where it was written in that too."""
    reads = (get_language() or "en").split("-")[0]
    if reply.words_there and reads == reply.language_there:
        return reply.words_there
    return _(reply.words)


def _grouped(link: Link, graph: Graph) -> str:
    group = graph.groups.get(link.target)
    title = _(group.title) if group else ""
    words = {
        Kind.SPLIT: _("It was taken apart from the others, into “%(title)s”: %(why)s"),
        Kind.MERGED: _("Its group was put together with another, as “%(title)s”: %(why)s"),
    }.get(link.kind, _("It was put together with what others said, as “%(title)s”: %(why)s"))
    return words % {"title": title, "why": _(link.why)}


def _undone(link: Link, graph: Graph) -> str:
    if kind_of(link.target) == "group":
        group = graph.groups.get(link.target)
        title = _(group.title) if group else ""
        return _("It is no longer in “%(title)s”: %(why)s") % {"title": title, "why": _(link.undone_why)}
    return _("It is no longer linked to that: %(why)s") % {"why": _(link.undone_why)}


def _now(
    shape: InputShape,
    graph: Graph,
    steps: Sequence[Step],
    above: Mapping[Node, Sequence[Line]],
    body: BodyShape,
) -> Line:
    """Where it stands: what was said last to it, or what became last of what it is linked to."""
    here = set(threads.now_in(shape.node, graph.links))
    last = [above[n][-1] for n in here if above.get(n)]
    replies = [s for s in steps if s.reply is not None]
    if replies and (s := replies[-1]).reply is not None:
        last.append(_reply(s.reply, s))
    if last:
        best = max(last, key=lambda line: (line.is_now, line.at is None, line.at or shape.said_at))
        return Line(best.words, best.at, best.url, best.look)
    hidden = [n for n in here if kind_of(n) != "group"]
    name = {"body": _(body.name)}
    if hidden:
        return Line(_("%(body)s talks about it behind closed doors.") % name, look="is-half")
    days = days_of(body)
    if any(kind_of(n) == "group" for n in here):
        words = _("%(body)s has put it together with what others said. It has not answered yet.") % name
    else:
        words = _("%(body)s has it. Nobody has answered yet.") % name
    clock = _("It is to answer within %(days)s days.") % {"days": days}
    return Line(f"{words} {clock}", look="is-wait")


def days_of(body: BodyShape) -> int:
    """Within how many days a body gives a first answer: its bylaws, or the installation's setting."""
    return ports.days_of(body.slug, settings.VOICE_ANSWER_DAYS)
