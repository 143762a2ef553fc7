"""Catalogs without gettext installed: collect words, update a context's .po, compile it, say what is missing.

    python scripts/messages.py screening        # one context
    python scripts/messages.py --check          # all; exit 1 if a word lacks its Spanish or a .mo is stale

Words come from ``_()``, ``gettext()``, ``ngettext()``, ``N_()`` in Python and from templates.
"""

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "commonweal"
KEYWORDS: dict[str, tuple[object, ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def contexts() -> dict[str, Path]:
    """Every folder that has a catalog of its own, by its name."""
    folders = [p for p in PACKAGE.iterdir() if p.is_dir() and (p / "__init__.py").exists()]
    folders += [PACKAGE / "foundation" / name for name in ("accounts", "ui")]
    return {p.name: p for p in folders if p.name not in ("foundation", "kernel", "exchange")}


def sources(name: str, folder: Path) -> Iterator[Path]:
    """The files whose words belong to a catalog; the kernel's and the other foundation's go to ``ui``."""
    folders = [folder]
    if name == "ui":
        others = [
            p for p in (PACKAGE / "foundation").iterdir() if p.is_dir() and p.name not in ("ui", "accounts")
        ]
        folders += [PACKAGE / "kernel", *others]
    for each in folders:
        for pattern in ("*.py", "*.html", "*.txt"):
            for file in sorted(each.rglob(pattern)):
                if "migrations" not in file.parts and "/static/" not in str(file):
                    yield file


def words_of(file: Path) -> Iterator[tuple[int, object, str | None]]:
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        text = f"({templatize(text, origin=str(file))})"  # in parentheses indentation means nothing
    for line, message, _comments, context in extract(
        "python", io.BytesIO(text.encode()), keywords=KEYWORDS, comment_tags=()
    ):
        yield line, message, context


def collect(name: str, folder: Path) -> Catalog:
    catalog = Catalog(domain="django")
    for file in sources(name, folder):
        for _line, message, context in words_of(file):
            catalog.add(message, locations=[(str(file.relative_to(ROOT)), 0)], context=context)
    return catalog


def update(name: str, folder: Path, check: bool) -> list[str]:
    """Bring one catalog up to date; returns what is missing or stale."""
    template = collect(name, folder)
    if not len(template):
        return []
    po = folder / "locale" / "es" / "LC_MESSAGES" / "django.po"
    catalog = (
        pofile.read_po(po.open("rb"), locale="es") if po.exists() else Catalog(locale="es", domain="django")
    )
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    for message in catalog:
        message.locations = [(file, None) for file in sorted({f for f, _ in message.locations})]
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    problems = [
        f"{name}: no Spanish for {message.id!r}"
        for message in catalog
        if message.id and not (all(message.string) if isinstance(message.string, tuple) else message.string)
    ]
    # A doubtful one has words and is shown to nobody: it is left out of what is compiled.
    problems += [f"{name}: the Spanish is marked fuzzy: {m.id!r}" for m in catalog if m.id and m.fuzzy]
    mo = po.with_suffix(".mo")
    if check:
        if not mo.exists() or _said(mo.read_bytes()) != _said(compiled.getvalue()):
            problems.append(f"{name}: the compiled catalog is stale; run scripts/messages.py {name}")
        return problems
    po.parent.mkdir(parents=True, exist_ok=True)
    with po.open("wb") as file:
        pofile.write_po(file, catalog, width=110, sort_output=True, omit_header=False)
    mo.write_bytes(compiled.getvalue())
    return problems


def _said(compiled: bytes) -> dict[object, object]:
    """What a compiled catalog says, without the dates of its header."""
    return {(m.context, str(m.id)): m.string for m in read_mo(io.BytesIO(compiled)) if m.id}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    known = contexts()
    problems: list[str] = []
    for name in asked.names or sorted(known):
        problems += update(name, known[name], asked.check)
    print("\n".join(problems) or "every word has its Spanish")
    return 1 if problems and asked.check else 0


if __name__ == "__main__":
    sys.exit(main())
