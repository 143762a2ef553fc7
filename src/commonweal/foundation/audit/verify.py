"""The outsider's check, run from inside for ``commonweal audit verify``."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from commonweal.foundation.audit.heads import heads_path, public_key_path
from commonweal.foundation.audit.verifier import Heads, Report, read_heads, verify
from commonweal.foundation.database.opening import Doors

__all__ = ["Report", "run"]


def run(doors: Doors, heads: Path | None = None, public_key: Path | None = None) -> Report:
    """Check the whole audit as the auditor. ``heads`` and ``public_key`` may be copies kept elsewhere."""
    report = Report()
    file, key_file = heads or heads_path(), public_key or public_key_path()
    with doors.connect(as_auditor=True) as connection:
        if key_file.exists():
            key = load_pem_public_key(key_file.read_bytes())
            assert isinstance(key, Ed25519PublicKey)
            known = read_heads(file.read_bytes() if file.exists() else b"", key, report)
        else:
            known = Heads()
            if connection.execute("select 1 from audit_anchor limit 1").fetchone():
                report.add("heads file", "all", "heads were signed, and the file and its key are missing")
        return verify(connection, known, report)
