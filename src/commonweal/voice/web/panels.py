"""What was said to a body, on its page: how many, how many wait, and where to say something."""

from collections.abc import Iterable

from commonweal.foundation.access import Actor
from commonweal.partners.shapes import BodyShape, Panel
from commonweal.voice import access
from commonweal.voice.queries import inputs


def panels(actor: Actor, body: BodyShape | None) -> Iterable[Panel]:
    """On the page of an open body, or of a private one for who sits there."""
    if body is None or (body.is_private and not access.sits_in(actor, body)):
        return
    owed = next(iter(inputs.silences([body])), None)
    yield Panel(60, "aside", "voice/panels/body.html", {"body": body, "owed": owed})
