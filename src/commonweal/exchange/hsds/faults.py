"""Why a row cannot go in, in words that a directory steward can act on."""

from dataclasses import dataclass

from commonweal.kernel.words import N_


class Unreadable(ValueError):
    """A cell that cannot be read as what its column holds. ``reason`` is a key of :data:`REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one row: the field, a stable reason, and the value as it came."""

    field: str
    reason: str
    value: str = ""

    @property
    def words(self) -> str:
        """The fault as one English sentence."""
        return REASONS[self.reason] % {"field": self.field, "value": _short(self.value)}


def _short(value: str, most: int = 80) -> str:
    return value if len(value) <= most else value[: most - 1] + "…"


REASONS: dict[str, str] = {
    "missing": N_("%(field)s is empty, and without it the row means nothing."),
    "empty-row": N_("The row says nothing: all fields that matter are empty."),
    "no-owner": N_("The row does not say what it belongs to: %(field)s is empty."),
    "unknown-parent": N_("%(field)s is %(value)s, which this source has not delivered."),
    "held-parent": N_("%(field)s is %(value)s, which is itself in quarantine."),
    "list-parent": N_("%(field)s names several records (%(value)s) where only one makes sense."),
    "number": N_("%(field)s should be a number and is “%(value)s”."),
    "range": N_("%(field)s is %(value)s, which is out of range."),
    "date": N_("%(field)s should be a date and is “%(value)s”."),
    "time": N_("%(field)s should be a time of day and is “%(value)s”."),
    "truth": N_("%(field)s should be yes or no and is “%(value)s”."),
    "no-phone": N_("%(field)s holds no telephone number: “%(value)s”."),
    "ages": N_("The lowest age is above the highest: %(value)s."),
    "template": N_("This is a line of a form's template, not a record: “%(value)s”."),
    "conflict": N_("The id %(value)s comes twice here with different content; the first was taken."),
    "other-source": N_("The id %(value)s already belongs to a record from another source."),
    "ragged": N_("The row has more cells than the header has names, so its columns cannot be trusted."),
    "line-too-long": N_("The line is too long to be a directory record (more than 4 million characters)."),
    "broken-quotes": N_("A quotation mark is opened and never closed: %(value)s."),
    "not-an-object": N_("A record should be a JSON object and is “%(value)s”."),
    "bad-json": N_("The line is not JSON: %(value)s."),
    "too-deep": N_("The record is nested too deeply to be a directory record."),
    "too-large": N_("The row is too large to be a directory record."),
    "unexpected": N_("Something unforeseen was wrong with this row (%(value)s)."),
}
