"""The lexicon of this installation: the shipped file, or the one it names, and its own synonyms."""

import time
from pathlib import Path

from django.conf import settings

from commonweal.directory import rules
from commonweal.directory.models_search import SynonymWord
from commonweal.directory.rules.lexicon import Lexicon, Synonym, read_lexicon

_KEEP_SECONDS = 60.0
_held: tuple[float, Lexicon] | None = None


def shipped_file() -> Path:
    """The lexicon that an installation may replace with the setting ``DIRECTORY_LEXICON``."""
    return Path(
        getattr(settings, "DIRECTORY_LEXICON", "") or Path(rules.__file__).parent / "data" / "lexicon.toml"
    )


def lexicon() -> Lexicon:
    """The words as they are now; other processes see an edit within a minute."""
    global _held
    if _held is None or time.monotonic() - _held[0] > _KEEP_SECONDS:
        _held = (time.monotonic(), _read())
    return _held[1]


def forget() -> None:
    """Read the words anew at the next question, after an edit."""
    global _held
    _held = None


def _read() -> Lexicon:
    synonyms = [
        Synonym(row.phrase, row.topic, row.weight) for row in SynonymWord.objects.order_by("phrase", "topic")
    ]
    return read_lexicon(shipped_file().read_text(encoding="utf-8"), synonyms)
