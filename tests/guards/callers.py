"""Plausible arguments for any act, and plausible forms for any address, from what a world really holds."""

import inspect
import types
import typing
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import partial
from html.parser import HTMLParser
from importlib import import_module
from itertools import zip_longest
from pkgutil import walk_packages
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.db.models.expressions import RawSQL
from tests.guards.governed_rows import Findings, Watch

import commonweal
from commonweal.foundation.access import Actor, acting
from commonweal.kernel.clock import now, today
from commonweal.kernel.verdict import Verdict, allow

LONG = "Words that are long enough to be taken for a reason."
NAMED = {
    "under": "mandate",
    "question": "proposal",
    "challenged": "decision",
    "discloser": "partner",
    "recipient": "partner",
    "parent": "body",
    "backbone": "partner",
    "controlled_by": "partner",
    "to_account": "account",
    "action": "actionitem",
    "item": "agendaitem",
    "line": "minuteline",
    "stay": "hospitalstay",
    "in_meeting": "meeting",
    "carries": "member",
    "over": "body",
    "owner": "partner",
    "correction": "suggestedcorrection",
    "message": "outbound",
    "outbound": "outbound",
    "report": "delegationreport",
    "part": "activitypart",
}
"""Arguments that are called otherwise than the model whose id they are."""


# ── Ids ────────────────────────────────────────────────────────────────────────────────────────────
class Pool:
    """Ids of every model's rows, as those who read them see them."""

    def __init__(self, readers: Iterable[Actor], most: int = 6) -> None:
        found: dict[str, dict[str, dict[Any, None]]] = defaultdict(lambda: defaultdict(dict))
        for reader in readers:
            with acting(reader):
                for model in apps.get_models():
                    known = found[model.__name__.casefold()][model._meta.label]
                    known |= dict.fromkeys(_ids(model, most))
        self.ids = {name: _in_turn(of_name.values(), most * 2) for name, of_name in found.items()}

    def pick(self, name: str, turn: int) -> Any:
        """An id for an argument of this name; of nothing, where the world holds none."""
        stem = name.removesuffix("_id").removesuffix("_ids")
        known = self.ids.get(NAMED.get(stem, stem).replace("_", ""))
        stride = 1 + sum(map(ord, name)) % 3  # so that two arguments do not always go together
        return known[turn * stride % len(known)] if known else uuid4()


def _ids(model: type[models.Model], most: int) -> list[Any]:
    """The rows that were laid last and first; ids are random, the order of laying is not."""
    rows, laid = model._default_manager.values_list("pk", flat=True), RawSQL("ctid", ())
    try:
        with transaction.atomic():
            newest, oldest = rows.order_by(laid.desc())[: most // 2], rows.order_by(laid)[: most - most // 2]
            return [key for pair in zip_longest(newest, oldest) for key in pair if key is not None]
    except DatabaseError:
        return []


def _in_turn(several: Iterable[Iterable[Any]], most: int) -> list[Any]:
    """Models of one name in turn: an invitation to sign in, an invitation to sit."""
    return [key for those in zip_longest(*several) for key in those if key is not None][:most]


# ── Acts ───────────────────────────────────────────────────────────────────────────────────────────
Act = Callable[..., Any]


def acts(within: tuple[str, ...] = ("actions",)) -> dict[str, Act]:
    """Every public function with ``by`` in a room of acts, by where it stands."""
    found: dict[str, Act] = {}
    for module in walk_packages(commonweal.__path__, "commonweal."):
        parts = module.name.split(".")
        if not set(within) & set(parts) or "migrations" in parts:
            continue
        room = import_module(module.name)
        for name, act in vars(room).items():
            mine = inspect.isfunction(inspect.unwrap(act)) if callable(act) else False
            if not mine or name.startswith("_") or act.__module__ != module.name:
                continue
            if "by" in inspect.signature(act).parameters:
                found[f"{module.name.removeprefix('commonweal.')}.{name}"] = act
    return found


class Filler:
    """Fills arguments by annotation and name. ``turn`` chooses among what would do."""

    def __init__(self, pool: Pool, special: Mapping[str, Any] | None = None) -> None:
        self.pool, self.special = pool, dict(special or {})

    def arguments(self, act: Act, by: Actor, turn: int) -> tuple[list[Any], dict[str, Any]]:
        """For one call. Of what may be left out, turns leave out all, nothing, one half, the other half."""
        hints = typing.get_type_hints(inspect.unwrap(act))
        positional, named = [], {}
        for place, (name, one) in enumerate(inspect.signature(act).parameters.items()):
            if one.kind in (one.VAR_POSITIONAL, one.VAR_KEYWORD):
                continue
            left_out = (True, False, place % 2 == 0, place % 2 == 1)[turn % 4]
            if one.default is not one.empty and left_out and name not in self.special:
                continue
            value = by if name == "by" else self.value(name, hints.get(name, str), turn)
            if one.kind is one.KEYWORD_ONLY:
                named[name] = value
            else:
                positional.append(value)
        return positional, named

    def value(self, name: str, hint: Any, turn: int) -> Any:
        if name in self.special:
            known = self.special[name]
            return known(turn) if callable(known) else known
        if hint is str and name.endswith("_id"):
            return str(self.pool.pick(name, turn))
        origin, inner = typing.get_origin(hint), typing.get_args(hint)
        if origin in (typing.Union, types.UnionType):
            one = [x for x in inner if x is not type(None)]
            return self.value(name, one[turn % len(one)], turn)
        if origin is typing.Literal:
            return inner[turn % len(inner)]
        if origin in (Mapping, dict):
            return self._mapping(name, inner, turn)
        if origin in (list, Sequence, Iterable, set, frozenset, tuple):
            return self._several(origin, name, inner, turn)
        return self._plain(name, hint, turn)

    def _mapping(self, name: str, inner: tuple[Any, ...], turn: int) -> Any:
        if name == "choice":
            return {"position": ("yes", "no", "agree")[turn % 3], "reason": LONG}
        if inner and inner[0] is UUID:
            return {self.pool.pick("slot_id", turn): self.value(name, inner[1], turn)}
        return {}

    def _several(self, origin: Any, name: str, inner: tuple[Any, ...], turn: int) -> Any:
        if origin is tuple and inner and inner[-1] is not Ellipsis:
            return tuple(self.value(name, one, turn) for one in inner)
        made = [self.value(name.removesuffix("s"), inner[0] if inner else str, turn)]
        return {set: set, frozenset: frozenset, tuple: tuple}.get(origin, list)(made)

    def _plain(self, name: str, hint: Any, turn: int) -> Any:
        if isinstance(hint, type) and issubclass(hint, Enum):
            return list(hint)[turn % len(list(hint))]
        if hint is Verdict:
            return allow("guards.walk", "The walk says so.")
        if isinstance(hint, type) and issubclass(hint, models.Model):
            return hint._default_manager.filter(pk=self.pool.pick(hint.__name__.casefold(), turn)).first()
        if is_dataclass(hint):
            return self._shape(hint, turn)
        made = {
            UUID: lambda: self.pool.pick(name, turn),
            bool: lambda: turn % 4 < 2,
            int: lambda: turn + 1,
            float: lambda: 1.0,
            date: lambda: today() + timedelta(days=30 * (turn % 2)),
            datetime: lambda: now() + timedelta(days=(turn % 3) - 1),
            timedelta: lambda: timedelta(days=1),
            time: lambda: time(9),
        }.get(hint)
        return made() if made else words_for(name, turn)

    def _shape(self, hint: Any, turn: int) -> Any:
        hints = typing.get_type_hints(hint)
        needed = [
            f
            for f in fields(hint)
            if f.init and (turn % 2 or (f.default is MISSING and f.default_factory is MISSING))
        ]
        return hint(**{f.name: self.value(f.name, hints[f.name], turn) for f in needed})


def try_acts(
    found: Mapping[str, Act], watch: Watch, everyone: Mapping[str, Actor], filler: Filler, *, turns: int
) -> Findings:
    """Each act as each of these actors, ``turns`` times with other arguments."""
    findings = Findings()
    for name, act in found.items():
        for who, by in everyone.items():
            for turn in range(turns):
                findings.add(name, who, watch.attempt(partial(_call, filler, act, by, turn), by))
    return findings


def _call(filler: Filler, act: Act, by: Actor, turn: int) -> Any:
    with acting(by):
        positional, named = filler.arguments(act, by, turn)
        return act(*positional, **named)


def words_for(name: str, turn: int) -> str:
    """Words for a field of this name."""
    for part, words in (
        ("email", f"planted{turn}@example.org"),
        ("phone", "541-555-0190"),
        ("slug", f"planted-{turn}"),
        ("language", "en"),
        ("url", "https://example.org/"),
        ("website", "https://example.org/"),
        ("place_key", "x"),
        ("zip", "97701"),
    ):
        if part in name:
            return words
    return LONG if any(part in name for part in ("why", "words", "reason", "text")) else f"Planted {turn}"


# ── Forms ──────────────────────────────────────────────────────────────────────────────────────────
NOT_THE_SAME = ("to", "population")
"""Choices that stand one further than the others: who receives is another than who owes; of the rows that are
asked for together with all holders, something can be counted."""


@dataclass(frozen=True)
class Field:
    """A field of a form: what kind of input it is, and what a page offered for it."""

    name: str
    kind: str
    offered: tuple[str, ...]

    def filled(self, turn: int) -> str | list[str] | None:
        """A value; None leaves the field out, as an unticked box does."""
        if self.kind == "checkbox" and turn % 3 == 1 and len(self.offered) > 1:
            return list(self.offered)
        if self.kind == "checkbox":
            return None if turn % 3 == 2 else (self.offered or ("on",))[turn % max(1, len(self.offered))]
        if self.kind in ("select", "radio", "submit"):
            other = int(self.name in NOT_THE_SAME)
            return self.offered[(turn + other) % len(self.offered)] if self.offered else None
        if self.offered and (self.kind == "hidden" or turn % 2 == 0):
            return self.offered[0]
        if self.kind == "hidden":
            return None
        return self._written(turn)

    def _written(self, turn: int) -> str:
        if self.kind == "date":
            return (today() + timedelta(days=30 * (turn % 2))).isoformat()
        if self.kind == "datetime-local":
            return f"{(today() + timedelta(days=3)).isoformat()}T09:00"
        if self.kind == "time":
            return "09:00"
        if self.kind == "number":
            return str(turn + 1)
        return words_for(self.name if self.kind != "textarea" else "words", turn)


@dataclass(frozen=True)
class Form:
    """A form that a page holds: where it leads, and its fields."""

    action: str
    fields: tuple[Field, ...]

    @property
    def shape(self) -> tuple[object, ...]:
        """What makes two forms the same one: fields, and what their buttons and hidden fields say."""
        fixed = ("hidden", "submit")
        return (
            tuple(f.name for f in self.fields),
            tuple(
                f.offered for f in self.fields if f.kind in fixed and len(f.offered) < 4 and len(f.name) < 12
            ),
        )

    @property
    def turns(self) -> int:
        """How many fillings show every choice once, within reason."""
        most = max(
            (len(f.offered) for f in self.fields if f.kind in ("select", "radio", "submit")), default=1
        )
        return max(2, min(most, 6))

    def filled(self, turn: int) -> dict[str, str | list[str]]:
        made = {f.name: f.filled(turn) for f in self.fields if f.name != "csrfmiddlewaretoken"}
        return {name: value for name, value in made.items() if value is not None}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, tuple[str, list[str]]]]] = []
        self.open = False
        self.select = self.textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.open = (given.get("method") or "").casefold() == "post"
            if self.open:
                self.forms.append((given.get("action") or "", {}))
        name = str(given.get("name") or "")
        if self.open and tag == "option" and self.select and given.get("value"):
            self._offer(self.select, "select", str(given["value"]))
        if not self.open or not name or tag not in ("input", "textarea", "select", "button"):
            return
        kind = tag if tag != "input" else str(given.get("type") or "text")
        self._offer(name, "submit" if tag == "button" else kind, str(given.get("value") or ""))
        self.select = name if tag == "select" else self.select
        self.textarea = name if tag == "textarea" else ""

    def _offer(self, name: str, kind: str, value: str) -> None:
        _kind, values = self.forms[-1][1].setdefault(name, (kind, []))
        if value and value not in values:
            values.append(value)

    def handle_data(self, data: str) -> None:
        if self.open and self.textarea and data.strip():
            self._offer(self.textarea, "textarea", data)

    def handle_endtag(self, tag: str) -> None:
        self.textarea = "" if tag == "textarea" else self.textarea
        self.select = "" if tag == "select" else self.select
        self.open = self.open and tag != "form"


def forms_in(page: str) -> Iterator[Form]:
    """The forms of a page that are posted."""
    reader = _Reader()
    reader.feed(page)
    for action, found in reader.forms:
        yield Form(action, tuple(Field(n, kind, tuple(v)) for n, (kind, v) in found.items()))
