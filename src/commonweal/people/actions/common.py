"""What all acts share: one transaction, under the actor that ``by`` names."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from django.db import connection, transaction

from commonweal.foundation.access import Actor, acting, current_actor
from commonweal.kernel.errors import Refused
from commonweal.kernel.verdict import Verdict

Given = ParamSpec("Given")
Result = TypeVar("Result")


def act(work: Callable[Given, Result]) -> Callable[Given, Result]:
    """Run ``work`` in one transaction whose signed context is that of its argument ``by``."""

    @wraps(work)
    def run(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        by = cast(Actor, kwargs["by"])
        if _is_acting(by):
            with transaction.atomic():
                return work(*args, **kwargs)
        with acting(by):
            return work(*args, **kwargs)

    return run


def _is_acting(by: Actor) -> bool:
    try:
        return current_actor() == by
    except RuntimeError:
        return False


def ensure(verdict: Verdict) -> None:
    """Raise Refused unless allowed."""
    if not verdict:
        raise Refused(verdict)


def database_now() -> datetime:
    """The start of this transaction by the database's clock, which alone decides about access."""
    with connection.cursor() as cursor:
        cursor.execute("select now()")
        return cast(datetime, cursor.fetchone()[0])
