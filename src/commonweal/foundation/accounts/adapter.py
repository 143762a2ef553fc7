"""What allauth tells an authenticator about us and about the account."""

from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest

from commonweal.foundation.accounts.models import Account


def origin_of(request: HttpRequest) -> str:
    """The one web origin whose passkeys we take.

    An installation on the net names its own (``BASE_URL``, https). Without that we run on somebody's own
    machine, on whatever port: the host that was asked, which Django has checked against those allowed.
    """
    base: str = settings.BASE_URL.rstrip("/")
    return base if base.startswith("https://") else f"{request.scheme}://{request.get_host()}"


class PasskeyAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Fixes the relying party to our own origin, and shows an authenticator the name, not the address."""

    def relying_party(self, request: HttpRequest) -> dict[str, str]:
        host = urlsplit(origin_of(request)).hostname or "localhost"
        return {"id": host, "name": "Commonweal"}

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, str | bytes]:
        return {"id": str(user.pk).encode(), "name": user.email or user.name, "display_name": user.name}
