"""Forms for putting a question and writing on it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from commonweal.governance.queries.electorates import name_of
from commonweal.governance.rules.choices import BUDGETED
from commonweal.governance.shapes_effects import Asked, Effect
from commonweal.governance.vocabulary import Choosing, Matter
from commonweal.governance.web.ballot_forms import BallotForm
from commonweal.governance.web.counting_fields import cents_of, counting_fields, in_units
from commonweal.kernel.words import N_
from commonweal.partners import facade as table
from commonweal.partners.shapes import PartnerShape, SeatShape


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def field_of(asked: Asked) -> forms.Field:
    """The field of one thing that an effect asks."""
    words: dict[str, Any] = {
        "label": gettext(asked.label),
        "help_text": gettext(asked.help) if asked.help else "",
        "required": asked.is_required,
    }
    choices = [(c.value, gettext(c.name)) for c in asked.choices()] if asked.choices else []
    if asked.kind == "many":
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **words)
    if asked.kind == "one":
        empty = [] if asked.is_required else [("", "–")]
        return forms.ChoiceField(choices=empty + choices, **words)
    if asked.kind == "date":
        return forms.DateField(widget=_day(), **words)
    if asked.kind == "number":
        return forms.DecimalField(**words)
    if asked.kind == "long":
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 8}), **words)
    return forms.CharField(max_length=300, **words)


class EffectForm(forms.Form):
    """What a yes would do, from when, up to when, and when it is looked at again."""

    starts_on = forms.DateField(
        label=_("From this day"),
        required=False,
        widget=_day(),
        help_text=_("Empty: as soon as it is decided"),
    )
    ends_on = forms.DateField(
        label=_("Up to this day, not including it"),
        required=False,
        widget=_day(),
        help_text=_("Empty: as long as the bylaws let it"),
    )
    review_on = forms.DateField(
        label=_("To be looked at again by"),
        required=False,
        widget=_day(),
        help_text=_("Empty: when the bylaws say so, if they do"),
    )

    def __init__(self, *args: Any, effect: Effect, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.effect = effect
        # Sharing about people without an end is refused by the act itself.
        self.fields["ends_on"].required = effect.matter is Matter.DATA_SHARING
        if self.fields["ends_on"].required:
            self.fields["ends_on"].help_text = ""
        if effect.is_done_at_once:  # it acts and is over
            del self.fields["ends_on"]
        for asked in effect.asks:
            self.fields[f"effect-{asked.name}"] = field_of(asked)

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields of the effect."""
        return [self[f"effect-{a.name}"] for a in self.effect.asks]

    def params(self) -> Mapping[str, object]:
        """What the effect is told, in plain values."""
        found: dict[str, object] = {}
        for asked in self.effect.asks:
            value = self.cleaned_data.get(f"effect-{asked.name}")
            if value in (None, ""):
                continue
            found[asked.name] = value if isinstance(value, str | list) else str(value)
        return found


class QuestionForm(EffectForm):
    """A question as it is first put, with what a yes would do. ``deciders``: the slugs of the bodies that may
    decide it, the one that decides it for all first."""

    question = forms.CharField(
        label=_("The question, so that yes and no are clear"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    title = forms.CharField(label=_("Short title"), max_length=200)
    text = forms.CharField(
        label=_("What you propose, and why"), max_length=8000, widget=forms.Textarea(attrs={"rows": 8})
    )
    body = forms.ChoiceField(
        label=_("Which body decides it?"),
        required=False,
        help_text=_("A body that is not the first decides only what stays within it."),
    )
    seat = forms.ChoiceField(label=_("For which seat do you put it?"))
    with_partner = forms.ChoiceField(label=_("Together with"), required=False)
    options = forms.CharField(
        label=_("What there is to choose, one on each line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    is_emergency = forms.BooleanField(label=_("This can’t wait: put it as an emergency"), required=False)
    why_now = forms.CharField(
        label=_("Why it can’t wait"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        effect: Effect,
        seats: list[SeatShape],
        deciders: Sequence[str],
        partners: list[PartnerShape],
        choosing: Choosing | None = None,
        may_hurry: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, effect=effect, **kwargs)
        if not may_hurry:
            del self.fields["is_emergency"], self.fields["why_now"]
        bodies = table.bodies_by_id(seat.body_id for seat in seats)
        named = [(str(s.id), f"{name_of(s)}, {gettext(bodies[s.body_id].name)}") for s in seats]
        self._choose("seat", [*named, *([] if named else [("", "–")])])
        self.fields["seat"].required = bool(named)
        called = {body.slug: gettext(body.name) for body in table.bodies()}
        self.has_choice = len(deciders) > 1
        self._choose("body", [(slug, called.get(slug, slug)) for slug in deciders] or [("", "–")])
        self._choose("with_partner", [("", "–"), *((str(p.id), p.name) for p in partners)])
        self.choosing = choosing
        self.counts = counting_fields(choosing) if choosing else {}
        for name, field in self.counts.items():
            self.fields[f"counting-{name}"] = field
        self.fields["options"].required = choosing is not None
        if choosing:
            self.fields["question"].label = _("The question, so that everyone knows what is chosen")
            self.fields["text"].label = _("What one should know before choosing")
        if choosing in BUDGETED:
            self.fields["options"].help_text = _("Each with its cost in dollars: Winter coats | 4500")

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """An emergency says why it is one."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("is_emergency") and not said.get("why_now"):
            self.add_error("why_now", gettext("Say why it can’t wait. It stands above the text."))
        return said

    def sections(self) -> list[tuple[str, str]]:
        """The text in sections, the reason for the hurry first."""
        said = self.cleaned_data
        why = [(N_("Why it can’t wait"), said["why_now"])] if said.get("is_emergency") else []
        return [*why, ("", said["text"])]

    @property
    def counted(self) -> list[forms.BoundField]:
        """The fields of what counting needs beside the options."""
        return [self[f"counting-{name}"] for name in self.counts]

    def counting(self) -> dict[str, int]:
        """What counting needs, money in cents."""
        return {name: in_units(name, self.cleaned_data[f"counting-{name}"]) for name in self.counts}

    def options_said(self) -> list[dict[str, object]]:
        """The options, with their cost in cents where one is written."""
        found: list[dict[str, object]] = []
        for number, line in enumerate(self.cleaned_data["options"].splitlines(), 1):
            name, _bar, dollars = (part.strip() for part in line.partition("|"))
            if not name:
                continue
            option: dict[str, object] = {"key": f"o{number}", "name": name}
            cents = cents_of(dollars)
            if cents is not None:
                option["cost_cents"] = cents
            found.append(option)
        return found


class SectionForm(forms.Form):
    """One section, written anew or added."""

    place = forms.IntegerField(required=False, widget=forms.HiddenInput)
    heading = forms.CharField(label=_("Heading"), max_length=200, required=False)
    text = forms.CharField(
        label=pgettext_lazy("a passage", "Text"), max_length=8000, widget=forms.Textarea(attrs={"rows": 6})
    )


class GainForm(forms.Form):
    """Who gains what, and who bears what."""

    who = forms.CharField(label=_("Who"), max_length=200)
    gains = forms.CharField(label=_("What they gain"), max_length=400, required=False)
    bears = forms.CharField(label=_("What they bear"), max_length=400, required=False)
    partner = forms.ChoiceField(
        label=_("Is it one of the organizations at the table?"),
        required=False,
        help_text=_("It is told, and may answer in its own name beside the text."),
    )

    def __init__(self, *args: Any, partners: Iterable[PartnerShape] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["partner"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *((str(p.id), p.name) for p in partners)]


class InputForm(forms.Form):
    """Something that was said, and how the question answers it."""

    words = forms.CharField(
        label=_("What was said, in their words"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    said_by = forms.CharField(label=_("Who said it"), max_length=200, help_text=_("As they wish to be named"))
    how_said = forms.CharField(label=_("How and when"), max_length=200, required=False)
    answer = forms.CharField(label=_("How this question answers it"), max_length=400)
    is_answered = forms.BooleanField(label=_("It is answered here"), required=False, initial=True)


class PaperForm(forms.Form):
    """A ballot on paper as one person reads it: the ballot itself, and where the paper is."""

    provenance = forms.CharField(
        label=_("Where the paper is kept, and who brought it"),
        max_length=300,
        required=False,
        help_text=_("A second person enters it again from the paper before it counts."),
    )

    def __init__(self, *args: Any, ballot: BallotForm, is_check: bool = False, **kwargs: Any) -> None:
        # One page holds the forms of several ballots.
        kwargs.setdefault("auto_id", f"paper-%s-{ballot['poll'].value()}-{ballot['voter'].value() or 'new'}")
        super().__init__(*args, **kwargs)
        self.ballot = ballot
        ballot.fields["reason"].label = _("The reason written on it")
        self.fields["provenance"].required = not is_check

    def is_valid(self) -> bool:
        """Whether the ballot and the rest can stand."""
        return super().is_valid() and self.ballot.is_valid()


class PastForm(forms.Form):
    """Why the table goes on without an answer that it asked for."""

    why = forms.CharField(
        label=_("Why can’t it wait any longer?"),
        max_length=500,
        help_text=_("It stands with the decision, with your name."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ChallengeForm(forms.Form):
    """What is wrong with a decision, or has changed since."""

    why = forms.CharField(
        label=_("What is wrong with it, or has changed since?"),
        max_length=2000,
        help_text=_("It stands at the head of the new question. Everyone can read it."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
