"""The house keeps its storeys, its doors and its words. Fails when something new stands unguarded."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver

from commonweal.foundation.access.web import Door

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "src" / "commonweal"
QUIET = ("vocabulary", "shapes", "events", "rules")
FRAMEWORKS = ("django", "psycopg", "procrastinate", "allauth")


def test_the_import_contracts_hold() -> None:
    ran = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-2000:]


def test_every_word_has_its_spanish() -> None:
    ran = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "messages.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-2000:]


def _patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _patterns(each, path)
        else:
            yield path, each


def test_every_url_has_an_access_check() -> None:
    unguarded = [
        path
        for path, each in _patterns(get_resolver())
        if not isinstance(getattr(each.callback, "door", None), Door)
    ]
    assert unguarded == []


def _quiet_files() -> Iterator[Path]:
    yield from (PACKAGE / "kernel").rglob("*.py")
    for context in PACKAGE.iterdir():
        for room in QUIET:
            yield from (context.glob(f"{room}.py"))
            yield from (context / room).rglob("*.py")
            yield from (context.glob(f"{room}_*.py"))


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("file", sorted(set(_quiet_files())), ids=lambda f: str(f.relative_to(PACKAGE)))
def test_quiet_rooms_know_no_framework(file: Path) -> None:
    found = [name for name in _imported(ast.parse(file.read_text())) if name.split(".")[0] in FRAMEWORKS]
    assert found == []


@pytest.mark.django_db
def test_every_table_about_a_person_is_under_forced_row_level_security() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind = 'r' and relrowsecurity and relforcerowsecurity"
        )
        guarded = {row[0] for row in cursor.fetchall()}
    about_persons = {
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.startswith("commonweal.")
        and any(field.attname == "person_id" for field in model._meta.local_fields)
    }
    assert about_persons - guarded == set()
