"""Forms of signing in."""

from typing import Any, Literal

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _


class Answer(msgspec.Struct):
    """What an authenticator answers, as WebAuthn's JSON; anything else is refused before it is looked at."""

    id: str
    rawId: str  # noqa: N815  # the name on the wire
    type: Literal["public-key"]
    response: dict[str, str]
    clientExtensionResults: dict[str, Any] = msgspec.field(default_factory=dict)  # noqa: N815


class AnswerField(forms.CharField):
    """Reads an authenticator's answer strictly; its value is a dict."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return text
        try:
            return msgspec.to_builtins(msgspec.json.decode(text, type=Answer))
        except msgspec.MsgspecError as fault:
            raise forms.ValidationError("unreadable") from fault

    def run_validators(self, value: Any) -> None:
        """The length is bounded by ``max_length`` of the text, checked in ``clean``."""

    def clean(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > (self.max_length or 0):
            raise forms.ValidationError("too long")
        return super().clean(value)


class PasskeyForm(forms.Form):
    """An authenticator's answer, and a name for it."""

    credential = AnswerField(max_length=20_000)
    name = forms.CharField(max_length=80, required=False)


class AddressForm(forms.Form):
    """Where a one-time link shall go, or where it went."""

    address = forms.CharField(
        max_length=254,
        label=_("Your e-mail address or phone number"),
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
    )
