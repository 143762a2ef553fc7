"""One object for the button and the guard: allowed or not, by which rule, said in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_NONE: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to *may this be done?*

    ``rule`` is a stable id such as ``"referral.move.not-legal"``. ``sentence`` is English and
    marked for translation; ``params`` fill its ``%(name)s`` places after translation. ``cure``
    says what would make a refusal an allowance, where something would.
    """

    allowed: bool
    rule: str
    sentence: str
    cure: str = ""
    params: Mapping[str, object] = field(default_factory=lambda: _NONE, hash=False)

    def __bool__(self) -> bool:
        return self.allowed

    @property
    def words(self) -> str:
        """The sentence in English, its places filled."""
        return self.sentence % self.params if self.params else self.sentence


def allow(rule: str, sentence: str, **params: object) -> Verdict:
    """Allowed by ``rule``."""
    return Verdict(True, rule, sentence, params=params)


def deny(rule: str, sentence: str, cure: str = "", **params: object) -> Verdict:
    """Refused by ``rule``; ``cure`` says what to do instead."""
    return Verdict(False, rule, sentence, cure, params)
