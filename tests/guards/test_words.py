"""Every word that a page can show has its Spanish."""

import subprocess
import sys

from babel.messages.pofile import read_po
from django.utils import translation
from tests.guards.walk import SOURCE


def test_every_word_has_its_spanish() -> None:
    script = SOURCE.parents[1] / "scripts" / "messages.py"
    ran = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout[-2000:]


def test_no_word_of_ours_is_said_otherwise_by_a_library() -> None:
    """A catalog of Django or allauth with the same English would win, and one page would mix two voices."""
    ours: dict[tuple[str | None, str], set[str]] = {}
    for catalog in sorted(SOURCE.rglob("locale/es/LC_MESSAGES/django.po")):
        with catalog.open("rb") as file:
            for message in read_po(file):
                if message.id and message.string and isinstance(message.id, str):
                    ours.setdefault((message.context, message.id), set()).add(message.string)
    with translation.override("es"):
        said = {
            key: translation.pgettext(key[0], key[1]) if key[0] else translation.gettext(key[1])
            for key in ours
        }
    assert len(ours) > 1000
    assert {key: said[key] for key, words in ours.items() if said[key] not in words} == {}


def test_one_word_has_one_spanish_in_every_catalog() -> None:
    """Django merges the catalogs, so where two differ one of them is shown nowhere: a word with two senses
    takes a context (``pgettext``, ``{% translate … context … %}``)."""
    said: dict[tuple[str | None, object], dict[object, set[str]]] = {}
    for catalog in sorted(SOURCE.rglob("locale/es/LC_MESSAGES/django.po")):
        with catalog.open("rb") as file:
            for message in read_po(file):
                if message.id:
                    ways = said.setdefault((message.context, message.id), {})
                    ways.setdefault(message.string, set()).add(catalog.parents[3].name)
    assert {key: ways for key, ways in said.items() if len(ways) > 1} == {}
