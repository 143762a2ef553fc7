"""Letters that leave by real SMTP, by the file of texts and on paper; and those that never arrive."""

import datetime as dt
import json
import socket
import ssl
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from smtplib import SMTPAuthenticationError
from typing import Any
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from procrastinate.contrib.django.models import ProcrastinateJob

from commonweal.foundation import bus
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.messages import Concerns, letter, send_email, send_sms
from commonweal.foundation.messages.events import MessageFailed
from commonweal.foundation.messages.models import Outbound
from commonweal.foundation.messages.queries import undelivered
from commonweal.foundation.messages.rules import WAITS, ends_it
from commonweal.foundation.messages.sms import UndeliverableNumber
from commonweal.foundation.messages.tasks import settle_message
from commonweal.kernel.clock import now
from commonweal.kernel.ids import new_id

pytestmark = pytest.mark.django_db
HOLDER = UUID("00000000-0000-4000-8000-0000000000a1")
SENDING = UUID("00000000-0000-4000-8000-0000000000b1")
PROGRAM = Actor(Role.BACKEND_SERVICE, Purpose.COORD, HOLDER, name="Commonweal")
TO = "desk@ferry-street.example.org"


@dataclass
class Desk:
    """The other side's mail server: what it answers, and what it took."""

    answer: str = "250 OK"
    taken: list[tuple[str, list[str], Message]] = field(default_factory=list)
    tried: int = 0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        self.tried += 1
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.taken.append((envelope.mail_from, envelope.rcpt_tos, message_from_bytes(envelope.content)))
        return "250 Taken"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def desk(settings: Any) -> Iterator[Desk]:
    found = Desk()
    server = Controller(found, hostname="127.0.0.1", port=_free_port())
    server.start()
    _use_smtp(settings, server.port)
    yield found
    server.stop()


def _use_smtp(settings: Any, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_TIMEOUT = 2


@pytest.fixture
def failures() -> Iterator[list[MessageFailed]]:
    heard: list[MessageFailed] = []
    bus.when(MessageFailed)(heard.append)
    yield heard
    bus._listeners[MessageFailed].remove(heard.append)


def mail(**more: Any) -> UUID:
    """Ask a service by mail, as a partner does."""
    with acting(PROGRAM):
        return send_email(
            to=TO,
            template="referrals/mail/asked",
            context={"table": "The table", "asker": "", "url": "https://example.org/r/secret/"},
            concerns=Concerns("test.asking", SENDING, new_id()),
            **more,
        )


def settle(message_id: UUID, holder: UUID | None = HOLDER) -> None:
    settle_message(str(message_id), str(holder) if holder else None)


def row(message_id: UUID) -> Outbound:
    with acting(PROGRAM):
        return Outbound.objects.get(pk=message_id)


# ------------------------------------------------------------------------------------------------- mail


def test_a_mail_leaves_by_smtp_and_its_body_is_wiped(desk: Desk) -> None:
    sent = mail()
    settle(sent)
    ((sender, recipients, message),) = desk.taken
    assert recipients == [TO]
    assert sender == "no-reply@localhost"
    assert {part.get_content_type() for part in message.walk()} >= {"text/plain", "text/html"}
    found = row(sent)
    assert (found.state, found.text, found.html) == ("sent", "", "")
    settle(sent)
    assert len(desk.taken) == 1  # a job that runs twice sends once


def test_neither_subject_nor_headers_tell_anything(desk: Desk) -> None:
    settle(mail(person_id=new_id(), language="es"))
    ((_, _, message),) = desk.taken
    headers = " ".join(f"{name}: {value}" for name, value in message.items())
    assert set(message.keys()) <= {
        "Content-Type",
        "MIME-Version",
        "Subject",
        "From",
        "To",
        "Date",
        "Message-ID",
    }
    for told in ("food", "comida", "secret", "Teresa", str(SENDING), str(HOLDER)):
        assert told not in headers


def test_a_refused_address_ends_at_once_and_the_sender_is_told(
    desk: Desk, failures: list[MessageFailed]
) -> None:
    desk.answer = "550 5.1.1 No such user desk@ferry-street.example.org"
    sent = mail()
    settle(sent)
    found = row(sent)
    assert (found.state, found.text, found.html) == ("failed", "", "")
    assert found.why == "refused: 550"  # the server's words may name the address, so only its number is kept
    assert found.settled_at is not None
    (failure,) = failures
    assert (failure.message_id, failure.holder_id, failure.channel) == (sent, HOLDER, "email")
    assert failure.concerns is not None
    assert (failure.concerns.kind, failure.concerns.id) == ("test.asking", SENDING)
    settle(sent)
    assert (desk.tried, len(failures)) == (1, 1)


def test_a_busy_server_is_tried_again_later_and_then_no_more(
    desk: Desk, failures: list[MessageFailed]
) -> None:
    desk.answer = "451 4.3.0 Try again later"
    sent = mail()
    for attempt, wait in enumerate(WAITS, start=1):
        settle(sent)
        found = row(sent)
        assert (found.state, found.attempts, bool(found.text)) == ("waiting", attempt, True)
        again = ProcrastinateJob.objects.filter(task_name="messages.settle").latest("id")
        assert again.args == {"message_id": str(sent), "holder_id": str(HOLDER)}
        assert again.scheduled_at is not None
        assert abs(again.scheduled_at - now() - wait) < dt.timedelta(seconds=20)
    assert failures == []
    settle(sent)
    found = row(sent)
    assert (found.state, found.text, found.why) == ("failed", "", "refused: 451")
    assert len(failures) == 1


def test_a_server_that_came_back_gets_the_mail(desk: Desk) -> None:
    desk.answer = "451 Later"
    sent = mail()
    settle(sent)
    desk.answer = "250 OK"
    settle(sent)
    assert (row(sent).state, len(desk.taken)) == ("sent", 1)


def test_a_server_that_is_down_loses_no_mail(settings: Any, failures: list[MessageFailed]) -> None:
    _use_smtp(settings, _free_port())
    sent = mail()
    settle(sent)
    found = row(sent)
    assert (found.state, found.why, bool(found.text)) == ("waiting", "ConnectionRefusedError", True)
    assert sum(WAITS, dt.timedelta()) > dt.timedelta(hours=24)  # a mail server may be away for a night
    assert failures == []


def test_an_address_that_is_none_ends_at_once(desk: Desk) -> None:
    with acting(PROGRAM):
        sent = send_email(
            to="not an address\nBcc: all@example.org", template="referrals/mail/ended", context={}
        )
    settle(sent)
    assert (row(sent).state, desk.tried) == ("failed", 0)


# ------------------------------------------------------------------------------------------ TLS and user


def _certificate(folder: Path) -> tuple[Path, Path]:
    """A key and a certificate for 127.0.0.1 that nobody else has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    moment = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment - dt.timedelta(days=1))
        .not_valid_after(moment + dt.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate, secret = folder / "mail.pem", folder / "mail.key"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate, secret


@dataclass
class Gate:
    """Lets one user in, and remembers who came and whether the line was closed to others."""

    came: list[tuple[str, str, bool]] = field(default_factory=list)

    def __call__(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.came.append((data.login.decode(), data.password.decode(), session.ssl is not None))
        return AuthResult(success=data.password == b"correct horse", handled=True)


@pytest.fixture
def gate(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Gate, Desk]]:
    certificate, secret = _certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, secret)
    keeper, taker = Gate(), Desk()
    server = Controller(
        taker,
        hostname="127.0.0.1",
        port=_free_port(),
        tls_context=context,
        require_starttls=True,
        authenticator=keeper,
        auth_required=True,
    )
    server.start()
    _use_smtp(settings, server.port)
    settings.EMAIL_HOST = "localhost"
    settings.EMAIL_USE_TLS = True
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "commonweal", "correct horse"
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    yield keeper, taker
    server.stop()


def test_user_and_password_go_through_a_closed_line_only(gate: tuple[Gate, Desk]) -> None:
    keeper, taker = gate
    sent = mail()
    settle(sent)
    assert (row(sent).state, len(taker.taken)) == ("sent", 1)
    assert keeper.came == [("commonweal", "correct horse", True)]


def test_a_server_that_cannot_prove_its_name_gets_no_password(
    gate: tuple[Gate, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper, taker = gate
    monkeypatch.delenv("SSL_CERT_FILE")
    sent = mail()
    settle(sent)
    assert (row(sent).state, row(sent).why) == ("waiting", "SSLCertVerificationError")
    assert (keeper.came, taker.taken) == ([], [])


def test_a_wrong_password_is_the_installations_fault_and_waits_for_it(
    gate: tuple[Gate, Desk], settings: Any
) -> None:
    settings.EMAIL_HOST_PASSWORD = "wrong"
    sent = mail()
    settle(sent)
    assert row(sent).state == "waiting"
    assert not ends_it(SMTPAuthenticationError(535, b"no"))


# ------------------------------------------------------------------------------------- texts and paper


def text(to: str = "+15415550118") -> UUID:
    with acting(PROGRAM):
        return send_sms(
            to=to,
            template="referrals/sms/helped",
            context={"url": "https://example.org/s/x/", "table": "The table"},
        )


def test_the_file_of_texts_is_for_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setenv("COMMONWEAL_HOME", str(tmp_path))
    settings.SMS_ADAPTER = "commonweal.foundation.messages.sms.to_file"
    first, second = text(), text("+15415550143")
    settle(first)
    settle(second)
    file = tmp_path / "sms.jsonl"
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert [line["to"] for line in lines] == ["+15415550118", "+15415550143"]
    assert "https://example.org/s/x/" in lines[0]["text"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert (row(first).state, row(first).text) == ("sent", "")


def test_a_text_longer_than_an_old_phone_shows_is_not_queued() -> None:
    with acting(PROGRAM), pytest.raises(ValueError, match="320 characters"):
        send_sms(
            to="+15415550118",
            template="referrals/sms/helped",
            context={"url": "x" * 400, "table": "The table"},
        )


def never(to: str, text: str) -> None:
    raise UndeliverableNumber("no such number")


def down(to: str, text: str) -> None:
    raise TimeoutError


@pytest.mark.parametrize(
    ("adapter", "state"),
    [("never", "failed"), ("down", "waiting"), ("is_not_there", "waiting")],
)
def test_an_adapter_says_whether_it_is_worth_trying_again(
    adapter: str, state: str, settings: Any, failures: list[MessageFailed]
) -> None:
    settings.SMS_ADAPTER = f"{__name__}.{adapter}"
    sent = text()
    settle(sent)
    assert row(sent).state == state
    assert [f.channel for f in failures] == (["sms"] if state == "failed" else [])


def test_a_letter_is_a_page_for_paper_in_the_persons_language(settings: Any, tmp_path: Path) -> None:
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [str(tmp_path)]}]
    (tmp_path / "hello.letter.html").write_text(
        "{% load i18n %}<h1>{% translate 'Thank you' %}, {{ name }}</h1>", encoding="utf-8"
    )
    assert letter(template="hello", context={"name": "<Teresa>"}) == "<h1>Thank you, &lt;Teresa&gt;</h1>"
    assert letter(template="hello", context={"name": "Teresa"}, language="es") == "<h1>Gracias, Teresa</h1>"
    assert not Outbound.objects.exists()  # what is handed over is not queued


# ------------------------------------------------------------------------------------ who hears of them


def test_the_undelivered_are_counted_without_a_name(desk: Desk) -> None:
    desk.answer = "550 No"
    settle(mail())
    settle(mail())
    operator = Actor(Role.OPERATOR, Purpose.ADMIN, name="Commonweal")
    with acting(operator):
        (found,) = undelivered()
    assert (found.holder_id, found.channel, found.failed, found.waiting) == (HOLDER, "email", 2, 0)
    admin = Actor(Role.ORG_ADMIN, Purpose.OPS, HOLDER, new_id(), name="Admin")
    with acting(admin):
        assert [u.failed for u in undelivered()] == [2]
    with acting(Actor(Role.ORG_ADMIN, Purpose.OPS, new_id(), new_id(), name="Another")):
        assert undelivered() == []
    with acting(Actor.public()):
        assert undelivered() == []


def test_what_waits_for_long_is_counted_too(settings: Any) -> None:
    _use_smtp(settings, _free_port())
    sent = mail()
    settle(sent)
    with acting(PROGRAM):
        Outbound.objects.filter(pk=sent).update(queued_at=now() - dt.timedelta(hours=1))
    with acting(Actor(Role.OPERATOR, Purpose.ADMIN, name="Commonweal")):
        (found,) = undelivered()
    assert (found.failed, found.waiting) == (0, 1)
