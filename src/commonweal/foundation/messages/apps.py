"""Messages as a Django app."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "commonweal.foundation.messages"
    label = "letters"  # Django's own flash messages hold the label "messages"
