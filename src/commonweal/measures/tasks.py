"""The timetable of counting."""

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.jobs import job
from commonweal.measures import actions
from commonweal.partners import facade as partners


def counting_actor() -> Actor:
    """Who counts when no human does: a program of the backbone, without names."""
    backbone = partners.backbone()
    return Actor(
        Role.BACKEND_SERVICE, Purpose.OPS, partner_id=backbone.id if backbone else None, name="Measures"
    )


@job(name="measures.compute", cron="20 7 * * *")
def compute_adopted(timestamp: int | None = None) -> None:
    """Each night: months that became old enough are counted and released. Safe to run twice."""
    with acting(Actor.public()):
        actor = counting_actor()
    with acting(actor):
        actions.compute(by=actor)


@job(name="measures.capture", cron="50 7 * * *")
def look_at_capture(timestamp: int | None = None) -> None:
    """Each night: how well shared data is captured, in ranges. Safe to run twice."""
    with acting(Actor.public()):
        actor = counting_actor()
    with acting(actor):
        actions.look_at_capture(by=actor)


@job(name="measures.analyses", cron="10 8 * * *")
def run_authorized(timestamp: int | None = None) -> None:
    """Each night: analyses that the table decided and enough holders allowed. Safe to run twice."""
    with acting(Actor.public()):
        actor = counting_actor()
    with acting(actor):
        actions.run_authorized(by=actor)
