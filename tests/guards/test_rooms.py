"""The rooms keep to themselves: doors between contexts, acts with author and entry, facades without rows."""

import ast
import inspect
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.db.models import DO_NOTHING, PROTECT, Manager, Model
from django.db.models.query import QuerySet
from tests.guards.walk import CONTEXTS, SOURCE, STOREYS, parsed, room_files, where

DOORS = ("facade", "shapes", "events", "vocabulary")
"""Where another context is entered. ``vocabulary`` holds the values that shapes are made of; shapes of one
kind that fill a file of their own stand in ``shapes_<kind>``."""

PAST_THE_DOOR = {
    # Seeds build on the seeds below, and the site runs them all.
    ("people/demo", "partners.demo"): "a seed stands on the seeds below it",
    ("site/demo/", "partners.demo"): "the demo joins the seeds",
    ("site/demo/", "governance.demo"): "the demo joins the seeds",
    ("site/web/demo_days", "governance.demo"): "a visitor of the demo lets days pass there",
    ("site/demo/charter_table", "partners.actions"): "a table is laid by the acts that a real one uses",
    ("site/demo/charter_table", "governance.actions"): "the demo's question is put and voted by acts",
    ("site/demo/", "governance.charters"): "a table is laid under a charter",
    ("site/demo/charter_table", "governance.queries"): "the demo asks which body decides",
    ("site/demo/", "voice.demo"): "the demo joins the seeds",
    ("site/demo/", "directory.demo"): "the demo joins the seeds",
    ("site/demo/", "people.demo"): "the demo joins the seeds",
    ("site/demo/", "measures.demo"): "the demo joins the seeds",
    ("measures/demo", "partners.demo"): "a seed stands on the seeds below it",
    ("measures/demo", "governance.actions"): "the minutes that the demo's analysis rests on",
    ("measures/demo", "governance.rules"): "the minutes that the demo's analysis rests on",
    ("site/demo/", "screening.demo"): "the demo joins the seeds",
    ("site/demo/", "referrals.demo"): "the demo joins the seeds",
    ("site/demo/", "referrals.actions"): "the demo tells its story through acts",
    ("site/demo/", "care.actions"): "the demo tells its story through acts",
    ("site/cli/", "exchange.hsds"): "a command runs an import",
    ("site/cli/", "screening.actions"): "a command loads a questionnaire",
    ("site/cli/", "governance.rules"): "a board is counted again without an installation",
    ("site/cli/", "measures.web"): "the same file as the page gives",
    ("site/founding", "partners.actions"): "the first partner is let in by the one who sets up",
    ("site/chartering", "partners.actions"): "the one who sets up founds the bodies of a charter",
    ("site/chartering", "governance.actions"): "the one who sets up lays down the first bylaws",
    ("site/chartering", "governance.queries"): "a charter is installed until its bylaws take force",
    ("site/founding", "governance.charters"): "a table is founded under a charter",
    ("site/cli/", "governance.charters"): "a command lists the charters",
    ("site/homes/", "measures.web"): "a home says a measure in the words of its page",
    ("site/homes/", "governance.web"): "a home says a question's stage in the words of its page",
}
"""Imports past another context's door, each with its reason; one that is gone must go from here."""


def _imports(file: Path) -> Iterator[str]:
    """``context.room`` of other contexts that a file imports."""
    me = file.relative_to(SOURCE).parts[0]
    for node in ast.walk(parsed(file)):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module:
            deep = len(node.module.split(".")) > 2
            names = [node.module] if deep else [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "commonweal" and len(parts) > 2 and parts[1] in CONTEXTS and parts[1] != me:
                yield f"{parts[1]}.{parts[2]}"


def test_another_context_is_entered_by_its_door() -> None:
    used, astray = set(), []
    for file in SOURCE.rglob("*.py"):
        if file.relative_to(SOURCE).parts[0] not in CONTEXTS or "migrations" in file.parts:
            continue
        for target in _imports(file):
            room = target.split(".")[1]
            if room in DOORS or room.startswith("shapes_"):
                continue
            reason = next((k for k in PAST_THE_DOOR if where(file).startswith(k[0]) and k[1] == target), None)
            if reason is None:
                astray.append(f"{where(file)} imports {target}")
            else:
                used.add(reason)
    assert astray == []
    assert used == PAST_THE_DOOR.keys(), "a reason that nothing needs any more goes"


def test_no_model_points_up_or_sideways() -> None:
    """Foreign keys point down to a named anchor, hold what they point to, and are not walked back."""
    wrong = []
    for model in apps.get_models():
        own = _storey(model)
        if own is None:
            continue
        for field in model._meta.concrete_fields:
            related = field.related_model if field.is_relation else None
            target = _storey(related) if isinstance(related, type) else None
            if target is None or related._meta.app_label == model._meta.app_label:
                continue
            if target > own:
                wrong.append(f"{model._meta.label}.{field.name} points up to {related._meta.label}")
            elif target < STOREYS.index("partners"):
                continue  # accounts are the foundation's own
            elif field.remote_field.on_delete not in (PROTECT, DO_NOTHING):
                wrong.append(f"{model._meta.label}.{field.name} does not hold {related._meta.label}")
            elif not field.remote_field.hidden:
                wrong.append(f"{model._meta.label}.{field.name} can be walked back")
    assert wrong == []


def _storey(model: type[Model]) -> int | None:
    parts = model.__module__.split(".")
    return STOREYS.index(parts[1]) if parts[0] == "commonweal" else None


def test_nobody_climbs_by_name() -> None:
    """``get_model`` finds any model; only migrations may."""
    climbing = [
        where(file)
        for file in SOURCE.rglob("*.py")
        if "migrations" not in file.parts
        and any(
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("get_model", "get_models", "get_app_config")
            for node in ast.walk(parsed(file))
        )
    ]
    assert climbing == []


WITHOUT_AUTHOR = {
    "care.teams.program_of": "gives the actor that keeps rows as a person chose",
    "directory.search_index": "derived from what acts wrote, and rebuilt at will",
    "directory.capacity.locked_service": "reads and locks",
    "directory.intake": "the steps of an import, whose act names its author",
    "directory.corrections.keep_suggestion": "anyone may suggest, also who has no account",
    "directory.verification.opened": "reads what a link opens",
    "referrals.writing.may_be_asked": "a verdict for the button",
    "referrals.consent.may_share": "a verdict for the button",
    "referrals.step.program_of": "gives the actor that keeps rows where no human is at hand",
    "referrals.notices.silence": "keeps a seed from writing letters",
}
"""Public functions of actions without ``by``, or whole modules of them, each with its reason."""

WITHOUT_ENTRY = {
    "referrals.calendar.look": "looks; what it then does are acts with entries of their own",
}
"""Acts that leave no audit entry themselves, each with its reason."""


@dataclass(frozen=True)
class Function:
    """A function of a context's acts, and what its file imports from elsewhere in the platform."""

    name: str  # module.function
    node: ast.FunctionDef
    imported: frozenset[str]

    @property
    def has_by(self) -> bool:
        return "by" in {arg.arg for arg in self.node.args.kwonlyargs}

    def calls(self) -> Iterator[tuple[str, bool]]:
        """The names that it calls, and whether each is an act of another context that gets ``by``."""
        for node in ast.walk(self.node):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                away = called.split(".")[0] in self.imported
                yield called.split(".")[-1], away and any(k.arg == "by" for k in node.keywords)


def _functions(context: str) -> list[Function]:
    found = []
    for file in room_files(context, "actions"):
        tree = parsed(file)
        module = file.parent.name if file.parent.name not in ("actions", context) else file.stem
        imported = frozenset(
            alias.asname or alias.name
            for node in tree.body
            if isinstance(node, ast.ImportFrom)
            and (node.module or "").startswith("commonweal.")
            and not (node.module or "").startswith(f"commonweal.{context}")
            for alias in node.names
        )
        inside = [inner for node in tree.body if isinstance(node, ast.ClassDef) for inner in node.body]
        for node in [*tree.body, *inside]:
            if isinstance(node, ast.FunctionDef):
                prefix = "" if node in tree.body else "_in_a_class."
                found.append(Function(f"{module}.{prefix}{node.name}", node, imported))
    return found


def _acts() -> Iterator[tuple[str, Function, list[Function]]]:
    """The public functions of ``actions``; of a package, those that its front offers."""
    for context in CONTEXTS:
        functions = _functions(context)
        offered = _offered(context)
        for function in functions:
            name = function.node.name
            if "." not in function.name.split(".", 1)[1] and name[0] != "_" and offered & {name, "*"}:
                yield f"{context}.{function.name}", function, functions


def _offered(context: str) -> set[str]:
    front = SOURCE / context / "actions" / "__init__.py"
    if not front.exists():
        return {"*"}
    names = {
        alias.asname or alias.name
        for node in parsed(front).body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return names or {"*"}


def _leaves_an_entry(act: Function, functions: list[Function]) -> bool:
    """Whether it reaches the audit: itself, through its own context, or in another's act that gets ``by``."""
    waiting, seen = [act], set()
    while waiting:
        current = waiting.pop()
        if current.name in seen:
            continue
        seen.add(current.name)
        for called, by_another in current.calls():
            if by_another:
                return True
            waiting += [f for f in functions if f.node.name == called]
    return False


def _excused(names: set[str], reasons: dict[str, str]) -> tuple[set[str], set[str]]:
    """What no reason covers, and reasons that cover nothing. A reason may name a module."""
    covered = {n for n in names for r in reasons if n == r or n.startswith(f"{r}.")}
    idle = {r for r in reasons if not any(n == r or n.startswith(f"{r}.") for n in names)}
    return names - covered, idle


def test_every_act_names_its_author() -> None:
    without = {full for full, act, _ in _acts() if not act.has_by}
    assert _excused(without, WITHOUT_AUTHOR) == (set(), set()), "give it `by`, or a reason; stale ones go"


def test_every_act_leaves_an_entry() -> None:
    silent = {full for full, act, all_ in _acts() if act.has_by and not _leaves_an_entry(act, all_)}
    assert _excused(silent, WITHOUT_ENTRY) == (set(), set()), "record it, or give a reason; stale ones go"


def test_facades_hand_out_no_rows() -> None:
    leaking = []
    for context in CONTEXTS:
        if not (SOURCE / context / "facade.py").exists():
            continue
        facade = import_module(f"commonweal.{context}.facade")
        for name, function in inspect.getmembers(facade, inspect.isfunction):
            if name.startswith("_") or function.__module__ != facade.__name__:
                continue
            hints = typing.get_type_hints(function)
            if "return" not in hints:
                leaking.append(f"{context}.{name} does not say what it gives")
            for place, hint in hints.items():
                if any(_is_a_row(part) for part in _parts(hint)):
                    leaking.append(f"{context}.{name} {place}: {hint}")
    assert leaking == []


def _parts(hint: object) -> Iterator[object]:
    yield hint
    for inner in typing.get_args(hint):
        yield from _parts(inner)


def _is_a_row(hint: object) -> bool:
    origin = typing.get_origin(hint) or hint
    return isinstance(origin, type) and issubclass(origin, Model | QuerySet | Manager)


def test_each_context_says_what_it_is() -> None:
    """What it is for in its first line, then what it owns, offers, leans on and never does."""
    for context in CONTEXTS[:-1]:
        words = ast.get_docstring(parsed(SOURCE / context / "__init__.py")) or ""
        assert len(words.splitlines()[0]) > 30, context
        for part in ("Owns", "Offers", "Leans on", "Never"):
            assert f"{part}:" in words, (context, part)
