"""How numbers and months are written for a reader."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from commonweal.kernel.words import N_

_LONG = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
    N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
_SHORT = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
    N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip


def _as_it_is(words: str) -> str:
    return words


@dataclass(frozen=True)
class Locale:
    """A reader's language: ``say`` translates English words, ``decimal`` and ``group`` mark numbers."""

    say: Callable[[str], str] = _as_it_is
    decimal: str = "."
    group: str = ","

    def fill(self, words: str, **values: object) -> str:
        """Translate, then fill the ``%(name)s`` places."""
        return self.say(words) % values

    def number(self, value: float, digits: int = 0) -> str:
        """``1234.5`` as ``1,234.5``, halves away from zero, with a true minus sign."""
        scale: int = 10**digits
        whole = int(abs(value) * scale + 0.5)
        left, right = divmod(whole, scale)
        text = f"{left:,}".replace(",", self.group)
        if digits:
            text += f"{self.decimal}{right:0{digits}d}"
        return f"−{text}" if value < 0 and whole else text

    def month(self, day: date) -> str:
        """``October 2026``."""
        return self.fill(N_("%(month)s %(year)s"), month=self.say(_LONG[day.month - 1]), year=day.year)

    def month_short(self, day: date) -> str:
        """``Oct 2026``."""
        return f"{self.say(_SHORT[day.month - 1])} {day.year}"

    def month_only(self, day: date) -> str:
        """``Oct``."""
        return self.say(_SHORT[day.month - 1])

    def quarter(self, day: date) -> str:
        """``July to September 2026``, for the quarter that begins on ``day``."""
        return self.fill(
            N_("%(first)s to %(last)s %(year)s"),
            first=self.say(_LONG[day.month - 1]),
            last=self.say(_LONG[day.month + 1]),
            year=day.year,
        )

    def quarter_short(self, day: date) -> str:
        """``Jul–Sep 2026``, for the quarter that begins on ``day``."""
        return f"{self.say(_SHORT[day.month - 1])}–{self.say(_SHORT[day.month + 1])} {day.year}"

    def quarter_only(self, day: date) -> str:
        """``Jul–Sep``."""
        return f"{self.say(_SHORT[day.month - 1])}–{self.say(_SHORT[day.month + 1])}"

    def several(self, items: list[str]) -> str:
        """``a, b and c``."""
        if len(items) < 2:
            return "".join(items)
        return self.fill(N_("%(first)s and %(last)s"), first=", ".join(items[:-1]), last=items[-1])


ENGLISH = Locale()
