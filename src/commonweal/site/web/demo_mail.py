"""The demo's mail: nobody invented gets any, so a visitor reads here what would have been sent."""

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from commonweal.foundation.access.web import public
from commonweal.foundation.accounts import installation

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Mail:
    """One message as its reader would see it."""

    to: str
    subject: str
    text: str
    date: str


@public
def outbox(request: HttpRequest) -> HttpResponse:
    """The last messages, newest first; absent in a real installation."""
    if not installation.demo_is_on():
        raise Http404
    return render(request, "site/demo_mail.html", {"mails": list(islice(_mails(), SHOWN))})


def _mails() -> Iterator[Mail]:
    folder = Path(settings.EMAIL_FILE_PATH)
    files = (
        sorted(folder.glob("*.log"), key=lambda f: f.stat().st_mtime, reverse=True) if folder.is_dir() else []
    )
    for file in files:
        for raw in reversed(file.read_bytes().split(b"-" * 79)):
            if raw.strip():
                yield _read(raw.strip())


def _read(raw: bytes) -> Mail:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(preferencelist=("plain",))
    return Mail(
        to=str(message["to"]),
        subject=str(message["subject"]),
        text=str(body.get_content()) if body else "",
        date=str(message["date"]),
    )
