"""What a page can say about the decision behind a thing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One governed thing's answer to *who decided this, and when may it be undone?*

    ``state``: ``decided`` (in force), ``wait`` (the residents have not said yes) or ``ended``.
    ``line`` and ``why`` are shown as they are: translate them before.
    """

    line: str
    why: tuple[str, ...] = ()
    url: str = ""
    state: str = "decided"
    question: str = ""
