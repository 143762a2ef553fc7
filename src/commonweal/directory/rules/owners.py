"""How organizations are written to. Pure."""

from collections.abc import Iterable

_SPANISH, _ENGLISH = {"es", "spa"}, {"en", "eng"}


def mail_language(spoken: Iterable[str]) -> str:
    """Spanish for those who speak Spanish and no English, else English. ISO 639 codes or BCP 47 tags."""
    codes = {tag.split("-")[0].lower() for tag in spoken}
    return "es" if codes & _SPANISH and not codes & _ENGLISH else "en"
