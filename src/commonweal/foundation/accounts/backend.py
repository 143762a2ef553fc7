"""Django's backend of a session's account. It authenticates nobody: the doors in ``web`` do."""

from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from commonweal.foundation.accounts.models import Account


class AccountBackend(BaseBackend):
    """Looks a session's account up; an inactive one is nobody."""

    def authenticate(self, request: HttpRequest | None, **credentials: object) -> Account | None:
        return None

    def get_user(self, user_id: UUID | str) -> Account | None:
        return Account.objects.to_enter(user_id)
