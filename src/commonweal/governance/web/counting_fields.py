"""What a question that is decided by choosing among several says beside its options."""

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal.governance.rules.choices import BUDGETED
from commonweal.governance.vocabulary import Choosing

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MONEY = "budget_cents"


def counting_fields(choosing: Choosing) -> dict[str, forms.Field]:
    """The fields of what counting by this method needs, by the name under which it is counted."""
    if choosing in BUDGETED:
        money = forms.DecimalField(
            label=_("How many dollars there are to share out"), min_value=1, decimal_places=2
        )
        return {MONEY: money}
    if choosing is Choosing.SCORE:
        return {"most": _number(_("The most points for one option"), 5), **_places()}
    if choosing is Choosing.DOTS:
        return {"dots": _number(_("How many dots each one has"), 3), **_places()}
    return _places()


def _places() -> dict[str, forms.Field]:
    return {"seats": _number(_("How many are chosen"), 1)}


def _number(label: "StrPromise", usual: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=100, initial=usual)


def in_units(name: str, said: Decimal | int) -> int:
    """A number as it is counted: money in cents."""
    return int(said * 100) if name == MONEY else int(said)


def cents_of(dollars: str) -> int | None:
    """An amount as somebody writes it (``$4,500`` or ``4500.50``), in cents; None where it is no amount."""
    try:
        cents = Decimal(dollars.replace("$", "").replace(",", "").strip()) * 100
    except InvalidOperation:
        return None
    return int(cents) if cents.is_finite() and cents == cents.to_integral_value() and cents >= 0 else None
