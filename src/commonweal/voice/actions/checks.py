"""What the acts of voice have in common."""

from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.kernel.errors import BadInput, NotFound, Refused
from commonweal.kernel.verdict import Verdict
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.shapes import BodyShape


def check(verdict: Verdict) -> Verdict:
    """The verdict, if it lets. Raises Refused."""
    if not verdict:
        raise Refused(verdict)
    return verdict


def words_of(where: str, said: str, most: int) -> str:
    """Words that somebody wrote, without the spaces around them. Raises BadInput where there are none."""
    found = said.strip()[:most]
    if not found:
        raise BadInput(where, N_("Write a few words."))
    return found


def body_of(body_id: UUID) -> BodyShape:
    """The body. Raises NotFound."""
    found = partners.bodies_by_id([body_id]).get(body_id)
    if found is None:
        raise NotFound("body")
    return found


def name_of(actor: Actor) -> str:
    """How who acts is called where the thread is read."""
    return partners.known_as(actor) or "Commonweal"
