"""Reading what a proposer says about an effect, field by field. Each raises BadInput with its name."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from commonweal.governance.shapes_effects import Params
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_


def text(said: Params, name: str, longest: int = 300, *, is_required: bool = True) -> str:
    """Words, trimmed."""
    found = str(said.get(name) or "").strip()
    if is_required and not found:
        raise BadInput(name, N_("Say this, please."))
    if len(found) > longest:
        raise BadInput(name, N_("Say it shorter."))
    return found


def uuid_in(said: Params, name: str) -> UUID:
    """The id of something chosen."""
    try:
        return UUID(str(said.get(name) or ""))
    except ValueError as fault:
        raise BadInput(name, N_("Choose one of these.")) from fault


def ids(said: Params, name: str) -> list[str]:
    """The ids of several things, sorted, as text."""
    found = said.get(name)
    if not isinstance(found, list | tuple) or not found:
        raise BadInput(name, N_("Choose at least one."))
    return sorted({str(uuid_in({name: one}, name)) for one in found})


def day_in(said: Params, name: str) -> date:
    """A day, as ISO 8601 or a date."""
    found = said.get(name)
    if isinstance(found, date):
        return found
    try:
        return date.fromisoformat(str(found or ""))
    except ValueError as fault:
        raise BadInput(name, N_("Name a day.")) from fault


def number_in(said: Params, name: str, *, least: int = 0, most: int = 1_000_000_000) -> int:
    """A whole number within bounds."""
    try:
        found = int(str(said.get(name) if said.get(name) is not None else ""))
    except ValueError as fault:
        raise BadInput(name, N_("Give a whole number.")) from fault
    if not least <= found <= most:
        raise BadInput(name, N_("This number is too small or too large."))
    return found


def one_of(value: object, known: Iterable[StrEnum], name: str) -> str:
    """A value of a fixed list."""
    found = str(value or "")
    if found not in {k.value for k in known}:
        raise BadInput(name, N_("Choose one of these."))
    return found


MOST_DOLLARS = 10_000_000


def cents_in(said: Params, name: str, *, most: int = MOST_DOLLARS) -> int | None:
    """A sum in cents: of ``<name>_dollars`` as a form has it ("250" or "249.50"), else of ``<name>_cents``.

    None where none is said. Raises BadInput for less than a cent, parts of a cent, or more than ``most``.
    """
    field, dollars = f"{name}_dollars", str(said.get(f"{name}_dollars") or "").strip().lstrip("$")
    if not dollars:
        cents = said.get(f"{name}_cents")
        return number_in(said, f"{name}_cents", least=1, most=most * 100) if cents else None
    try:
        found = Decimal(dollars.replace(",", "")) * 100
        whole = int(found)
    except (ArithmeticError, ValueError) as fault:
        raise BadInput(field, N_("Give an amount in dollars.")) from fault
    if found != whole:
        raise BadInput(field, N_("There is nothing smaller than a cent."))
    if not 1 <= whole <= most * 100:
        raise BadInput(field, N_("This number is too small or too large."))
    return whole
