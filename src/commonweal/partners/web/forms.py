"""Forms of the table."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonweal.foundation.access.vocabulary import ROLE_NAMES, Role
from commonweal.partners import rules
from commonweal.partners.vocabulary import SECTOR_NAMES, Sector
from commonweal.partners.vocabulary_meetings import TONGUE_NAMES

TONGUES = [(tag, _(name)) for tag, name in TONGUE_NAMES.items()]
LANGUAGES = [(tag, capfirst(name)) for tag, name in TONGUES]
"""Spanish writes a language small within a line, and the choice of a form large."""


class LimitsForm(forms.Form):
    """What the partner can and cannot do."""

    can_do = forms.CharField(
        label=_("What we can do"),
        help_text=_("In words that a person in need understands. Whom, with what, how soon."),
        max_length=rules.LIMITS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    cannot_do = forms.CharField(
        label=_("What we cannot do"),
        help_text=_("Say it plainly. It spares people a wasted trip, and you a hard phone call."),
        max_length=rules.LIMITS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ContactForm(forms.Form):
    """How the partner is reached."""

    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    place = forms.CharField(
        label=_("Place"),
        max_length=120,
        required=False,
        help_text=_("Town or neighborhood. Never the address of a shelter."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you speak"), choices=LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple
    )


class InviteForm(forms.Form):
    """Someone who shall work for the partner."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("Work e-mail"))
    role = forms.ChoiceField(label=_("Role"))
    title = forms.CharField(label=_("What they do"), max_length=200, required=False)
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, by_backbone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = rules.GIVEN_BY_BACKBONE if by_backbone else rules.GIVEN_BY_PARTNER
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(role.value, gettext(ROLE_NAMES[role])) for role in Role if role in roles]


class JoinForm(forms.Form):
    """An organization that joins."""

    name = forms.CharField(label=_("Name of the organization"), max_length=200)
    sector = forms.ChoiceField(label=_("Sector"))
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    is_victim_service_provider = forms.BooleanField(
        label=_("It serves victims of violence at home, and never shares who comes"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["sector"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(s.value, gettext(SECTOR_NAMES[s])) for s in Sector if s is not Sector.RESIDENTS]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not slugify(name):
            raise forms.ValidationError(_("Write the name with letters."))
        return name


class WhyForm(forms.Form):
    """A reason, for the record."""

    why = forms.CharField(label=_("Why?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
