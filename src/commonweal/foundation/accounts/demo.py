"""Accounts of the demo: awake without a passkey, and on the page where a visitor picks whom to be."""

from uuid import UUID

from commonweal.foundation.accounts.models import Account, DemoCard, Installation
from commonweal.kernel.errors import Conflict


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
