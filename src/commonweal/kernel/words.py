"""Marking words for the catalog where Django may not be known."""


def N_(text: str) -> str:  # noqa: N802  # the conventional name, which extraction knows
    """Mark ``text`` for translation; it is translated where it is shown."""
    return text
