"""Forms of what is decided under a delegation, and of the reports about it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from commonweal.governance.shapes_effects import Effect
from commonweal.governance.web.question_forms import field_of
from commonweal.kernel.clock import now


class ActForm(forms.Form):
    """One thing that the delegate decides, with what it puts into effect, if anything."""

    title = forms.CharField(label=_("What you decide, in a few words"), max_length=200)
    words = forms.CharField(
        label=_("Exactly what is done, and for whom"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = forms.CharField(
        label=_("Why it is right, and why now"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    amount = forms.DecimalField(
        label=_("What it costs, in dollars"),
        min_value=0,
        max_digits=12,
        decimal_places=2,
        required=False,
        help_text=_("Empty: it costs nothing. With cents where there are some: 249.50"),
        widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
    )
    acted_on = forms.DateField(
        label=_("Decided on"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, *args: Any, effect: Effect | None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"acted_on": localdate(now())})
        super().__init__(*args, **kwargs)
        self.effect = effect
        for asked in self._asked():
            self.fields[f"effect-{asked.name}"] = field_of(asked)

    def _asked(self) -> list[Any]:
        if self.effect is None:
            return []
        return [
            a for a in self.effect.asks if not self.effect.cost or a.name != f"{self.effect.cost}_dollars"
        ]

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields of the effect."""
        return [self[f"effect-{a.name}"] for a in self._asked()]

    @property
    def cents(self) -> int:
        """What it costs, in cents."""
        said = self.cleaned_data.get("amount")
        return int(said * 100) if said else 0

    def params(self) -> Mapping[str, object]:
        """What the effect is told, in plain values."""
        found: dict[str, object] = {}
        for asked in self._asked():
            value = self.cleaned_data.get(f"effect-{asked.name}")
            if value not in (None, ""):
                found[asked.name] = value if isinstance(value, str | list) else str(value)
        return found


class ReportForm(forms.Form):
    """What the delegate tells the table."""

    words = forms.CharField(
        label=_("What was done, what came of it, and what you would do otherwise"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class ReadForm(forms.Form):
    """That a report was read for the table."""

    words = forms.CharField(
        label=_("What you say to it"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
