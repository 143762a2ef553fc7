"""Acts on the graph. Each has a reason; an input keeps its own thread through all of them."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.foundation.jobs import defer_by_name
from commonweal.kernel.clock import held, now
from commonweal.kernel.errors import BadInput, Conflict, NotFound
from commonweal.kernel.words import N_
from commonweal.voice import access
from commonweal.voice.actions.checks import body_of, check, name_of, words_of
from commonweal.voice.models import Act, Group, Input, Link
from commonweal.voice.queries import graph, ports
from commonweal.voice.shapes import Node, kind_of, node, ref_of
from commonweal.voice.vocabulary import Kind

_WORDS = {
    Kind.GROUPED: N_("Put together what people said."),
    Kind.SPLIT: N_("Took apart what people said."),
    Kind.MERGED: N_("Merged groups of what people said."),
    Kind.TIED: N_("Linked what people said to what answers it."),
    Kind.TAKEN_BACK: N_("Took back how what people said was put together."),
}


def _act(body_id: UUID, kind: Kind, why: str, by: Actor, takes_back: UUID | None = None) -> Act:
    because = check(access.may_keep(by, body_of(body_id)))
    row = Act.objects.create(
        body_id=body_id,
        kind=kind.value,
        why=words_of("why", why, 400),
        by_name=name_of(by),
        takes_back_id=takes_back,
        recorded_at=now(),
    )
    audit.record(
        f"input.{kind.value}", by=by, subject=("input-act", row.pk), words=_WORDS[kind], because=because.rule
    )
    return row


def _group(group_id: UUID) -> Group:
    row = Group.objects.select_for_update(no_key=True).filter(pk=group_id).first()
    if row is None:
        raise NotFound("group")
    return row


def _inputs(body_id: UUID, ids: Iterable[UUID]) -> list[Input]:
    wanted = set(ids)
    rows = list(Input.objects.filter(pk__in=wanted, body_id=body_id))
    if len(rows) != len(wanted):
        raise NotFound("input")
    if not rows:
        raise BadInput("inputs", N_("Choose what to put together."))
    return rows


def _into(act: Act, target: Group, *, inputs: Iterable[UUID] = (), groups: Iterable[UUID] = ()) -> None:
    Link.objects.bulk_create(
        [
            *(Link(source_input_id=one, target_group=target, act=act) for one in inputs),
            *(Link(source_group_id=one, target_group=target, act=act) for one in groups),
        ]
    )


def _live(**where: object) -> list[Link]:
    return list(Link.objects.select_for_update().filter(undone_by=None, **where))


@transaction.atomic
def group(
    body_id: UUID,
    input_ids: Sequence[UUID],
    *,
    by: Actor,
    why: str,
    title: str = "",
    into: UUID | None = None,
) -> UUID:
    """Put inputs of a body together, under a title or into a group that is there. Raises Refused, BadInput,
    NotFound; Conflict where one is in a group already."""
    act = _act(body_id, Kind.GROUPED, why, by)
    rows = _inputs(body_id, input_ids)
    if _live(source_input__in=rows, target_group__isnull=False):
        raise Conflict("One of them is in a group already.")
    target = _group(into) if into else _new(body_id, title)
    if target.body_id != body_id:
        raise NotFound("group")
    _into(act, target, inputs=[row.pk for row in rows])
    news([node("input", row.pk) for row in rows])
    return target.pk


def _new(body_id: UUID, title: str) -> Group:
    return Group.objects.create(body_id=body_id, title=words_of("title", title, 200), recorded_at=now())


@transaction.atomic
def split(
    group_id: UUID,
    input_ids: Sequence[UUID],
    *,
    by: Actor,
    title: str,
    why: str,
    keeps_links: bool = False,
) -> UUID:
    """Take inputs out of a group, or out of groups within it, into one of their own. ``keeps_links``: what
    answers the old group answers the new one too. Raises Refused, BadInput, NotFound."""
    old = _group(group_id)
    act = _act(old.body_id, Kind.SPLIT, why, by)
    rows = _inputs(old.body_id, input_ids)
    known = graph.of_bodies([old.body_id])
    inside = set(known.inputs_now_in(node("group", group_id)))
    if any(node("input", row.pk) not in inside for row in rows):
        raise NotFound("input")
    if len(rows) == len(inside):
        raise BadInput("inputs", N_("Leave at least one behind: else nothing is taken apart."))
    _undo(_live(source_input__in=rows, target_group__isnull=False), act)
    fresh = _new(old.body_id, title)
    _into(act, fresh, inputs=[row.pk for row in rows])
    if keeps_links:
        Link.objects.bulk_create(
            Link(source_group=fresh, target_kind=one.target_kind, target_ref=one.target_ref, act=act)
            for one in _live(source_group=old, target_group=None)
        )
    news([node("input", row.pk) for row in rows])
    return fresh.pk


def _undo(links: Iterable[Link], act: Act) -> None:
    for link in links:
        link.undone_by = act
        link.save(update_fields=["undone_by"])


@transaction.atomic
def merge(group_ids: Sequence[UUID], *, by: Actor, title: str, why: str) -> UUID:
    """Put groups of one body together under a new title; each stays what it was within it. Raises Refused,
    BadInput, NotFound; Conflict where one is merged already."""
    rows = [_group(one) for one in dict.fromkeys(group_ids)]
    if len(rows) < 2:
        raise BadInput("groups", N_("Choose at least two groups."))
    if len({row.body_id for row in rows}) != 1:
        raise NotFound("group")
    act = _act(rows[0].body_id, Kind.MERGED, why, by)
    if _live(source_group__in=rows, target_group__isnull=False):
        raise Conflict("One of them is merged already.")
    fresh = _new(rows[0].body_id, title)
    _into(act, fresh, groups=[row.pk for row in rows])
    news([node("group", fresh.pk)])
    return fresh.pk


@transaction.atomic
def tie(source: Node, target: Node, *, by: Actor, why: str, rule: str = "") -> UUID:
    """Link an input or a group to what answers it, with the reason. ``rule``: another context judged already
    who may write what answers it. The act's id. Raises Refused, BadInput, NotFound, Conflict."""
    if not ports.is_known(kind_of(target)):
        raise BadInput("target", N_("Choose what answers it."))
    is_input = kind_of(source) == "input"
    row: Input | Group | None = (
        Input.objects.filter(pk=ref_of(source)).first() if is_input else _group(UUID(ref_of(source)))
    )
    if row is None:
        raise NotFound("input")
    act = _written(row.body_id, why, by, rule) if rule else _act(row.body_id, Kind.TIED, why, by)
    said = {"target_kind": kind_of(target), "target_ref": ref_of(target)}
    whose = {"source_input": row} if is_input else {"source_group": row}
    if _live(**whose, **said):
        raise Conflict("It is linked to that already.")
    Link.objects.create(act=act, **whose, **said)
    news([source])
    return act.pk


def _written(body_id: UUID, why: str, by: Actor, rule: str) -> Act:
    row = Act.objects.create(
        body_id=body_id,
        kind=Kind.TIED.value,
        why=words_of("why", why, 400),
        by_name=name_of(by),
        recorded_at=now(),
    )
    audit.record("input.tied", by=by, subject=("input-act", row.pk), words=_WORDS[Kind.TIED], because=rule)
    return row


@transaction.atomic
def take_back(act_id: UUID, *, by: Actor, why: str) -> UUID:
    """Undo an act, with the reason: its links end, and those that it had ended hold again. Raises Refused,
    BadInput, NotFound; Conflict where it was undone, or something was built on it."""
    done = Act.objects.select_for_update(no_key=True).filter(pk=act_id).first()
    if done is None:
        raise NotFound("act")
    act = _act(done.body_id, Kind.TAKEN_BACK, why, by, done.pk if not _was_taken_back(done) else None)
    made = list(Link.objects.select_for_update().filter(act=done))
    if act.takes_back_id is None or done.kind == Kind.TAKEN_BACK.value:
        raise Conflict("It was taken back already.")
    if any(link.undone_by_id is not None for link in made):
        raise Conflict("Something was done with it since.")
    _undo(made, act)
    for link in Link.objects.filter(undone_by=done):
        Link.objects.create(
            act=act,
            source_input_id=link.source_input_id,
            source_group_id=link.source_group_id,
            target_group_id=link.target_group_id,
            target_kind=link.target_kind,
            target_ref=link.target_ref,
        )
    news([graph.link_shape(link).source for link in made])
    return act.pk


def _was_taken_back(row: Act) -> bool:
    return Act.objects.filter(takes_back=row).exists()


def news(sources: Iterable[Node]) -> None:
    """Authors who asked for it hear, once this transaction holds; not in a story told with the clock held."""
    if held() is None:
        defer_by_name("voice.write_to_authors", nodes=sorted(set(sources)))
