"""Is this installation a demo or real? Said once, at setup; everything that a demo eases asks here."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from commonweal.foundation.accounts.models import Installation
from commonweal.foundation.database.prepared import ask
from commonweal.kernel.errors import Conflict


def mark(kind: str, *, name: str, time_zone: str = "UTC") -> Installation:
    """Say what this installation is: ``"demo"`` or ``"real"``. Raises Conflict when it was said otherwise."""
    row, created = Installation.objects.get_or_create(
        only=True, defaults={"kind": kind, "name": name, "time_zone": time_zone}
    )
    if not created and row.kind != kind:
        raise Conflict(
            f"This installation is {row.kind}; it can't become {kind}. Start with an empty database."
        )
    return row


def kind() -> str | None:
    """``"demo"``, ``"real"``, or None before setup."""
    found = ask("select kind from accounts_installation", [])
    return found[0][0] if found else None


def name() -> str:
    """The name of the collaborative, empty before setup."""
    return Installation.objects.values_list("name", flat=True).first() or ""


def demo_is_on(known: str | None = None) -> bool:
    """Whether one-click sign-in is open: the setting says so *and* the data is invented.

    ``known``: the installation's kind, where this request has read it already.
    """
    return bool(getattr(settings, "DEMO", False)) and (known or kind()) == Installation.Kind.DEMO


def refuse_mixed() -> None:
    """Raise ImproperlyConfigured when demo mode and real data, or demo data and real mode, would meet."""
    demo_mode, data = bool(getattr(settings, "DEMO", False)), kind()
    if demo_mode and data == Installation.Kind.REAL:
        raise ImproperlyConfigured(
            "Demo mode is on (COMMONWEAL_DEMO), but this database holds real people. In demo mode anyone "
            "may sign in as anyone. Switch it off, or name another DATABASE_URL."
        )
    if not demo_mode and data == Installation.Kind.DEMO:
        raise ImproperlyConfigured(
            "This database holds the demo. Start it with `commonweal demo`, or name another DATABASE_URL "
            "for real work and run `commonweal setup`."
        )
