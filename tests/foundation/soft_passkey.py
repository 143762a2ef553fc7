"""A passkey in software, for tests of the server's checks: it can also lie, which a browser can't."""

import hashlib
import json
import os
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256, CoseKey
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

FLAGS = AuthenticatorData.FLAG


class SoftPasskey:
    """One credential for one site."""

    def __init__(
        self, origin: str = "http://testserver", rp_id: str = "testserver", curve: Any = None
    ) -> None:
        self.origin, self.rp_id = origin, rp_id
        self.key = ec.generate_private_key(curve or ec.SECP256R1())
        self.id = os.urandom(32)
        self.count = 0
        self.user_handle = b""

    def _client_data(self, kind: str, challenge: str, origin: str | None) -> bytes:
        said = {
            "type": f"webauthn.{kind}",
            "challenge": challenge,
            "origin": origin or self.origin,
            "crossOrigin": False,
        }
        return json.dumps(said).encode()

    def _flags(self, verified: bool, *more: int) -> int:
        flags = int(FLAGS.UP) | (int(FLAGS.UV) if verified else 0)
        for flag in more:
            flags |= int(flag)
        return flags

    def _rp_hash(self) -> bytes:
        return hashlib.sha256(self.rp_id.encode()).digest()

    def _public_key(self) -> CoseKey:
        if isinstance(self.key.curve, ec.SECP256R1):
            return ES256.from_cryptography_key(self.key.public_key())
        from fido2.cose import ES384

        return ES384.from_cryptography_key(self.key.public_key())

    def create(
        self, options: dict[str, Any], *, verified: bool = True, origin: str | None = None
    ) -> dict[str, Any]:
        """Answer ``navigator.credentials.create``."""
        public = options["publicKey"]
        self.user_handle = websafe_decode(public["user"]["id"])
        client = self._client_data("create", public["challenge"], origin)
        made = AttestedCredentialData.create(Aaguid(b"\0" * 16), self.id, self._public_key())
        data = AuthenticatorData.create(self._rp_hash(), self._flags(verified, FLAGS.AT), self.count, made)
        attestation = AttestationObject.create("none", data, {})
        return self._answer(
            {
                "clientDataJSON": websafe_encode(client),
                "attestationObject": websafe_encode(bytes(attestation)),
            },
            {"credProps": {"rk": True}},
        )

    def get(
        self,
        options: dict[str, Any],
        *,
        verified: bool = True,
        origin: str | None = None,
        user_handle: bytes | None = None,
        step: int = 1,
    ) -> dict[str, Any]:
        """Answer ``navigator.credentials.get``."""
        self.count += step
        client = self._client_data("get", options["publicKey"]["challenge"], origin)
        data = AuthenticatorData.create(self._rp_hash(), self._flags(verified), self.count)
        signature = self.key.sign(bytes(data) + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            {
                "clientDataJSON": websafe_encode(client),
                "authenticatorData": websafe_encode(bytes(data)),
                "signature": websafe_encode(signature),
                "userHandle": websafe_encode(user_handle or self.user_handle),
            },
            {},
        )

    def _answer(self, response: dict[str, str], extensions: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": websafe_encode(self.id),
            "rawId": websafe_encode(self.id),
            "type": "public-key",
            "response": response,
            "clientExtensionResults": extensions,
        }
