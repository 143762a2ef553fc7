"""Accounts of the demo: awake without a passkey, and on the page where a visitor picks whom to be."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from commonweal.foundation.accounts.models import Account, DemoCard, Installation
from commonweal.kernel.errors import Conflict


@dataclass(frozen=True, slots=True)
class Introduction:
    """What a visitor is told before they pick whom to be, in their language: how the table decides, what is
    asked there now, and what to watch for."""

    rule: str
    question: str
    watch: str


_tellers: list[Callable[[], Introduction | None]] = []


def introduce_with(teller: Callable[[], Introduction | None]) -> None:
    """Let a higher storey say on the door what kind of table this is; None: nothing is to be said."""
    _tellers[:] = [teller]


def introduction() -> Introduction | None:
    """What the door says of this table; None where nobody says anything."""
    return next((said for teller in _tellers if (said := teller())), None)


def _only_in_a_demo() -> None:
    if Installation.objects.values_list("kind", flat=True).first() != Installation.Kind.DEMO:
        raise Conflict("Only an installation marked as a demo has accounts that nobody needs to prove.")


def awake(account_id: UUID) -> None:
    """Let an invited account act, as if its invitation had been accepted."""
    _only_in_a_demo()
    Account.objects.filter(pk=account_id).update(is_active=True)


def offer(account_id: UUID, *, order: int, title: str, words: str) -> None:
    """Put an account on the page of the cast. ``title`` and ``words`` are marked for translation."""
    _only_in_a_demo()
    DemoCard.objects.update_or_create(
        account_id=account_id, defaults={"order": order, "title": title, "words": words}
    )
