"""What the guard tests walk: addresses, contexts, rooms."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

SOURCE = Path(__file__).resolve().parents[2] / "src" / "commonweal"
STOREYS = (
    "kernel",
    "foundation",
    "partners",
    "voice",
    "governance",
    "people",
    "directory",
    "screening",
    "referrals",
    "care",
    "measures",
    "exchange",
    "site",
)
CONTEXTS = STOREYS[2:]


def addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every route of the site with its view."""
    for found in (resolver or get_resolver()).url_patterns:
        route = before + str(found.pattern)
        if isinstance(found, URLPattern):
            yield route, found.callback
        else:
            yield from addresses(found, route)


def room_files(context: str, room: str) -> list[Path]:
    """The files of one room of a context: a module, or a package of that name."""
    base = SOURCE / context
    single = base / f"{room}.py"
    return ([single] if single.exists() else []) + sorted((base / room).rglob("*.py"))


def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def where(file: Path) -> str:
    return file.relative_to(SOURCE).as_posix()
