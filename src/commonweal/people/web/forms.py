"""Forms about a person."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonweal.kernel.answers import Answered
from commonweal.kernel.clock import today
from commonweal.people.actions.records import home_area
from commonweal.people.models import SourceRecord
from commonweal.people.rules.births import NO_BIRTH, Birth, read_birth
from commonweal.people.rules.contacts import phone_e164, phone_shown
from commonweal.people.shapes import OtherName, RecordDraft
from commonweal.people.vocabulary import CHANNEL_NAMES, LANGUAGES, Channel, DatePrecision, NameUse, Sex

SAID = [
    (Answered.NOT_ASKED.value, _("Not asked yet")),
    (Answered.YES.value, _("Yes, that is safe")),
    (Answered.NO.value, _("No, please don’t")),
]
_BIRTH_FAULTS = {
    "in the future": _("This date is in the future."),
    "too long ago": _("This date is too long ago."),
}


class BirthField(forms.CharField):
    """A birth date as people know it: a day, a month and year, or a year."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            max_length=10,
            required=False,
            label=_("Birth date"),
            help_text=_("Like 3/9/1961. Only the year is fine too."),
            **more,
        )

    def clean(self, value: Any) -> Birth:
        text = super().clean(value)
        try:
            return read_birth(text, today())
        except ValueError as fault:
            words = _BIRTH_FAULTS.get(str(fault), _("This does not look like a date. Try 3/9/1961."))
            raise forms.ValidationError(words) from fault


class PhoneField(forms.CharField):
    """A phone number as neighbors write it; cleaned to E.164."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=32, required=False, **{"label": _("Phone"), **more})
        self.widget.attrs["inputmode"] = "tel"

    def clean(self, value: Any) -> str:
        try:
            return phone_e164(super().clean(value), area=home_area())
        except ValueError as fault:
            raise forms.ValidationError(
                _("This does not look like a phone number. Write it with the area code.")
            ) from fault


class ChannelsForm(forms.Form):
    """What the person says of each way to reach them: yes, no, or not asked yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for channel, name in CHANNEL_NAMES.items():
            self.fields[f"channel_{channel.value}"] = forms.ChoiceField(
                choices=SAID, required=False, label=gettext(name)
            )

    def channel_fields(self) -> list[forms.BoundField]:
        """The questions about each way to reach the person."""
        return [self[f"channel_{channel.value}"] for channel in Channel]

    def channels(self) -> dict[Channel, Answered]:
        """What was said; a way that is absent was not asked."""
        said = {channel: self.cleaned_data[f"channel_{channel.value}"] for channel in Channel}
        return {c: Answered(s) for c, s in said.items() if s and s != Answered.NOT_ASKED.value}


class SearchForm(forms.Form):
    """Whom are you looking for? Any one of the three is enough."""

    name = forms.CharField(max_length=120, required=False, label=_("Name"))
    birth = BirthField()
    phone = PhoneField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["birth"].help_text = ""  # three fields side by side; the hint stands below them all

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        birth = said.get("birth", NO_BIRTH)
        if not self.errors and not (said.get("name", "").strip() or said.get("phone") or birth.exact):
            raise forms.ValidationError(_("Write a name, a whole birth date or a phone number."))
        return said


class PersonForm(ChannelsForm):
    """What a partner writes down about a person."""

    given = forms.CharField(max_length=120, required=False, label=_("First name"))
    family = forms.CharField(max_length=120, required=False, label=_("Last name, or both last names"))
    birth = BirthField()
    phone = PhoneField()
    phone_is_shared = forms.BooleanField(
        required=False, label=_("Others use this phone too, as in a shelter or a clinic")
    )
    language = forms.ChoiceField(
        label=_("Language the person likes best"), required=False, help_text=_("We speak and write in it.")
    )
    suffix = forms.CharField(max_length=12, required=False, label=_("Suffix"), help_text=_("Jr., Sr., III"))
    also_given = forms.CharField(max_length=120, required=False, label=_("Other first name or nickname"))
    also_family = forms.CharField(max_length=120, required=False, label=_("Other last name"))
    sex = forms.ChoiceField(label=_("Sex"), required=False)
    gender_words = forms.CharField(
        max_length=80, required=False, label=_("Gender, in the person’s own words")
    )
    pronouns = forms.CharField(max_length=40, required=False, label=_("Pronouns"))
    interpreter = forms.ChoiceField(label=_("Needs an interpreter"), required=False)
    email = forms.EmailField(required=False, label=_("E-mail"))
    address = forms.CharField(
        max_length=200,
        required=False,
        label=_("Street and number"),
        help_text=_("Leave it empty if the address must stay secret. There is a separate place for that."),
    )
    city = forms.CharField(max_length=80, required=False, label=_("City"))
    zip = forms.CharField(max_length=10, required=False, label=_("ZIP code"))
    place = forms.CharField(max_length=80, required=False, label=_("Neighborhood or town"))
    best_time = forms.CharField(max_length=120, required=False, label=_("Best time to reach the person"))
    contact_prohibited = forms.BooleanField(
        required=False, label=_("Do not contact the person. They come to us.")
    )
    household_size = forms.IntegerField(
        min_value=1, max_value=40, required=False, label=_("People in the household")
    )
    household_note = forms.CharField(max_length=300, required=False, label=_("About the household"))
    own_number = forms.CharField(max_length=64, required=False, label=_("Your own number for this person"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "language", [("", gettext("Not asked yet")), *_translated(LANGUAGES)])
        _choices(
            self,
            "sex",
            [
                (Sex.UNKNOWN.value, gettext("Not asked yet")),
                (Sex.FEMALE.value, gettext("Female")),
                (Sex.MALE.value, gettext("Male")),
                (Sex.OTHER.value, gettext("Other")),
            ],
        )
        _choices(
            self,
            "interpreter",
            [
                (Answered.NOT_ASKED.value, gettext("Not asked yet")),
                (Answered.YES.value, gettext("Yes")),
                (Answered.NO.value, gettext("No")),
            ],
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not (said.get("given", "").strip() or said.get("family", "").strip()):
            self.add_error("given", _("Write at least one name, as the person says it."))
        return said

    def draft(self) -> RecordDraft:
        """What was typed, as a draft."""
        said = self.cleaned_data
        birth: Birth = said["birth"]
        other = OtherName(said["also_given"], said["also_family"], NameUse.ALSO)
        same = (
            "given",
            "family",
            "suffix",
            "gender_words",
            "pronouns",
            "language",
            "phone",
            "phone_is_shared",
        )
        more = ("email", "address", "city", "zip", "place", "best_time", "contact_prohibited")
        last = ("household_size", "household_note", "own_number")
        return RecordDraft(
            **{name: said[name] for name in (*same, *more, *last)},
            also=(other,) if other.given or other.family else (),
            birth_date=birth.day,
            birth_precision=birth.precision,
            sex=Sex(said["sex"] or Sex.UNKNOWN.value),
            interpreter=Answered(said["interpreter"] or Answered.NOT_ASKED.value),
            channels=self.channels(),
        )


def initial_of(record: SourceRecord) -> dict[str, Any]:
    """A record as the form shows it."""
    other = record.also[0] if record.also else {}
    plain = ("given", "family", "suffix", "gender_words", "pronouns", "language", "phone_is_shared", "email")
    more = ("address", "city", "zip", "place", "best_time", "contact_prohibited", "household_size")
    last = ("household_note", "own_number", "sex", "interpreter")
    return {
        **{name: getattr(record, name) for name in (*plain, *more, *last)},
        "phone": phone_shown(record.phone) if record.phone else "",
        "birth": birth_text(record),
        "also_given": other.get("given", ""),
        "also_family": other.get("family", ""),
        **{f"channel_{name}": said for name, said in record.channels.items()},
    }


def birth_text(record: SourceRecord) -> str:
    """A birth date as the form reads it back."""
    if record.birth_date is None:
        return ""
    forms_of = {DatePrecision.YEAR: "%Y", DatePrecision.MONTH: "%Y-%m"}
    return record.birth_date.strftime(forms_of.get(DatePrecision(record.birth_precision), "%Y-%m-%d"))


def kept_others(draft: RecordDraft, record: SourceRecord) -> RecordDraft:
    """The form shows one other name; those after it are kept."""
    rest = [
        OtherName(o.get("given", ""), o.get("family", ""), NameUse(o.get("use", "also")))
        for o in record.also[1:]
    ]
    return replace(draft, also=(*draft.also, *rest))


def _choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def _translated(names: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(code, capfirst(gettext(name))) for code, name in names.items()]


class StopForm(forms.Form):
    """How the person said that they stop."""

    how = forms.ChoiceField(
        label=_("How did the person say it?"),
        choices=[
            ("by-phone", _("By phone")),
            ("in-person", _("In person")),
            ("on-paper", _("On paper")),
        ],
        widget=forms.RadioSelect,
    )


class CloseForm(forms.Form):
    """Which organization must not see the person."""

    partner = forms.ChoiceField(label=_("Which organization?"))

    def __init__(self, *args: Any, partners: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "partner", [("", gettext("Choose one")), *((str(i), name) for i, name in partners)])


class DeathForm(forms.Form):
    """That the person has died."""

    on = forms.DateField(
        required=False, label=_("On which day, if you know"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on and on > today():
            raise forms.ValidationError(_("This date is in the future."))
        return on


class OwnPageForm(forms.Form):
    """How the person comes to their own page."""

    email = forms.EmailField(required=False, label=_("E-mail"))
    phone = PhoneField(label=_("Mobile phone"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not (said.get("email") or said.get("phone")):
            raise forms.ValidationError(_("Write an e-mail address or a mobile phone of the person’s own."))
        return said


class SafeAddressForm(forms.Form):
    """An address that only those assigned to the person see."""

    address = forms.CharField(
        max_length=300, required=False, label=_("Safe address"), help_text=_("Leave it empty to end it.")
    )
    note = forms.CharField(max_length=300, required=False, label=_("How to use it safely"))


class ReachMeForm(ChannelsForm):
    """How the person wants to be reached; asked on their own page."""

    phone = PhoneField()
    email = forms.EmailField(required=False, label=_("E-mail"))
    best_time = forms.CharField(max_length=120, required=False, label=_("Best time to reach me"))
