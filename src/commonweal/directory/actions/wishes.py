"""What nobody can meet: a need, a town and a day, without anyone who could be told from it."""

from django.db import transaction

from commonweal.directory import access
from commonweal.directory.models_search import Place, UnmetWish
from commonweal.directory.queries.places import place_key
from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.kernel.clock import today
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_

REASONS: dict[str, str] = {
    "none": N_("There is nothing like it"),
    "far": N_("It is too far, or there is no way to get there"),
    "full": N_("They are all full"),
    "rules": N_("Their rules leave me out"),
    "hours": N_("They are open at the wrong times"),
    "language": N_("They do not speak my language"),
    "": N_("Something else"),
}


@transaction.atomic
def say_unmet(domain: NeedDomain, near: str, reason: str, *, by: Actor) -> None:
    """Count a need for which nothing would do. Of the place only a town that the directory knows is kept."""
    verdict = access.may_suggest(by)
    if reason not in REASONS:
        raise BadInput("reason", N_("Choose one of the reasons."))
    UnmetWish.objects.create(domain=domain, town=_town(near), reason=reason, day=today())
    audit.record(
        "directory.wish-unmet",
        by=by,
        subject=("need-domain", domain.value),
        words=N_("said that nothing here would do"),
        because=verdict.rule,
    )


def _town(near: str) -> str:
    """The town named in ``near``, empty where none is: never a street, a ZIP code or a point."""
    keys = [place_key(part) for part in near[:120].split(",")]
    town = Place.objects.filter(kind=Place.Kind.CITY, key__in=keys).order_by("-locations").first()
    if town:
        return town.name
    street = Place.objects.filter(key__in=keys).exclude(within="").order_by("-locations").first()
    return street.within if street else ""
