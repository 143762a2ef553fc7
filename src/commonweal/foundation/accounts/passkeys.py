"""Passkeys: the two ceremonies of WebAuthn, checked on the server alone.

The store and the relying party are allauth's, the cryptography python-fido2's. What both leave open is
decided here: the user is always verified (PIN or biometrics), the origin is ours exactly, a challenge
dies with its first answer, few algorithms, one credential belongs to one account, and a signature
counter that steps back means a copied key (SECURITY N02).
"""

from typing import Any, cast
from uuid import UUID

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from fido2.cose import ES256, RS256, EdDSA
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialParameters,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from commonweal.foundation.accounts.adapter import origin_of
from commonweal.foundation.accounts.models import Account, PasskeyUse, as_uuid
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput

ALGORITHMS = (ES256.ALGORITHM, EdDSA.ALGORITHM, RS256.ALGORITHM)
_REGISTER, _AUTHENTICATE = "passkey.registering", "passkey.authenticating"


def _refused() -> BadInput:
    """One answer for every fault, so that none can be told from another."""
    return BadInput("passkey", _("This passkey was not accepted. Please try again."))


def _server(request: HttpRequest) -> Fido2Server:
    party = PublicKeyCredentialRpEntity(**get_adapter().relying_party(request))
    ours = origin_of(request)
    server = Fido2Server(party, verify_origin=lambda origin: origin == ours)
    server.allowed_algorithms = [
        PublicKeyCredentialParameters(type=PublicKeyCredentialType.PUBLIC_KEY, alg=alg) for alg in ALGORITHMS
    ]
    return server


def of(account: Account) -> list[Authenticator]:
    """The account's passkeys, oldest first."""
    rows = Authenticator.objects.filter(user=account, type=Authenticator.Type.WEBAUTHN)
    return list(rows.order_by("created_at", "pk"))


def _credential(authenticator: Authenticator) -> AttestedCredentialData:
    stored = RegistrationResponse.from_dict(authenticator.data["credential"])
    found: AttestedCredentialData | None = stored.response.attestation_object.auth_data.credential_data
    if found is None:
        raise _refused()
    return found


def begin_registration(request: HttpRequest, account: Account) -> dict[str, Any]:
    """Options for ``navigator.credentials.create``; the challenge waits in the session."""
    user = PublicKeyCredentialUserEntity(**get_adapter().get_public_key_credential_user_entity(account))
    options, state = _server(request).register_begin(
        user=user,
        credentials=[_credential(a) for a in of(account)],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
        extensions={"credProps": True},
    )
    request.session[_REGISTER] = {**state, "account": str(account.pk)}
    return dict(options)


def complete_registration(
    request: HttpRequest, account: Account, answer: object, name: str = ""
) -> Authenticator:
    """Keep the new passkey of ``account``. Raises BadInput when anything about the answer is wrong."""
    state = request.session.pop(_REGISTER, None)
    if not state or state.pop("account", None) != str(account.pk) or not isinstance(answer, dict):
        raise _refused()
    try:
        data = _server(request).register_complete(state, answer)
        credential = data.credential_data
        algorithm = credential.public_key.ALGORITHM if credential else None
    except (ValueError, TypeError, KeyError, AssertionError, NotImplementedError) as fault:
        raise _refused() from fault
    if credential is None or algorithm not in ALGORITHMS:
        raise _refused()
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        if any(credential.credential_id == _credential(a).credential_id for a in of(account)):
            raise _refused()
        kept = Authenticator.objects.create(
            user=account,
            type=Authenticator.Type.WEBAUTHN,
            data={"name": name.strip()[:80] or _("Passkey"), "credential": answer},
        )
        PasskeyUse.objects.create(authenticator_id=kept.pk, sign_count=data.counter)
    return cast(Authenticator, kept)


def begin_authentication(request: HttpRequest) -> dict[str, Any]:
    """Options for ``navigator.credentials.get``: the same for everyone, so that nobody is named by them."""
    options, state = _server(request).authenticate_begin(
        user_verification=UserVerificationRequirement.REQUIRED
    )
    request.session[_AUTHENTICATE] = state
    return dict(options)


def complete_authentication(request: HttpRequest, answer: object) -> tuple[Account, Authenticator]:
    """Whose passkey answered. Raises BadInput when anything about the answer is wrong."""
    state = request.session.pop(_AUTHENTICATE, None)
    if not state or not isinstance(answer, dict):
        raise _refused()
    try:
        response = AuthenticationResponse.from_dict(answer)
        account = _named_by(response)
        passkeys = {bytes(c.credential_id): (a, c) for a in of(account) for c in [_credential(a)]}
        used = _server(request).authenticate_complete(state, [c for _a, c in passkeys.values()], response)
    except (ValueError, TypeError, KeyError, AttributeError, NotImplementedError) as fault:
        raise _refused() from fault
    authenticator = passkeys[bytes(used.credential_id)][0]
    _step_counter(authenticator, response.response.authenticator_data.counter)
    return account, authenticator


def _named_by(response: AuthenticationResponse) -> Account:
    handle = response.response.user_handle
    pk: UUID | None = as_uuid(handle.decode("ascii")) if handle else None
    account = Account.objects.to_enter(pk) if pk else None
    if account is None:
        raise _refused()
    return account


def _step_counter(authenticator: Authenticator, count: int) -> None:
    """A counter must grow, unless the authenticator keeps none (always zero)."""
    with transaction.atomic():
        last, _made = PasskeyUse.objects.select_for_update().get_or_create(authenticator_id=authenticator.pk)
        if (count or last.sign_count) and count <= last.sign_count:
            raise _refused()
        last.sign_count, last.used_at = count, now()
        last.save(update_fields=["sign_count", "used_at"])
        authenticator.last_used_at = last.used_at
        authenticator.save(update_fields=["last_used_at"])


def remove(account: Account, authenticator_id: int) -> bool:
    """Remove one passkey of ``account``; the last one stays, as the way back in. False if not done."""
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        mine = of(account)
        chosen = next((a for a in mine if a.pk == authenticator_id), None)
        if chosen is None or len(mine) == 1:
            return False
        PasskeyUse.objects.filter(authenticator_id=chosen.pk).delete()
        chosen.delete()
    return True


def remove_all_but(account: Account, kept: Authenticator) -> int:
    """Remove every other passkey of ``account``: an invitation replaces what was lost. Returns how many."""
    others = [a for a in of(account) if a.pk != kept.pk]
    PasskeyUse.objects.filter(authenticator_id__in=[a.pk for a in others]).delete()
    for authenticator in others:
        authenticator.delete()
    return len(others)
