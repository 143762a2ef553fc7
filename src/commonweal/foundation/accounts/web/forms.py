"""Forms of signing in."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PasskeyForm(forms.Form):
    """An authenticator's answer, as the browser wrote it."""

    credential = forms.JSONField(widget=forms.HiddenInput)
    name = forms.CharField(max_length=80, required=False)


class AddressForm(forms.Form):
    """Where a one-time link shall go."""

    address = forms.CharField(
        max_length=254,
        label=_("Your e-mail address or phone number"),
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "email"}),
    )


class LinkForm(forms.Form):
    """Names the address again when the link is opened in another browser than the one that asked."""

    address = forms.CharField(
        max_length=254,
        required=False,
        label=_("Your e-mail address or phone number"),
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "email"}),
    )
