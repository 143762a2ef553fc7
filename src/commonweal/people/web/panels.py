"""Parts of a person's page that higher storeys fill: ``register(Panel(...))`` in their ``ready()``."""

from commonweal.people.facade import panels_for, register_panel
from commonweal.people.shapes import Panel, Place

register = register_panel

__all__ = ["Panel", "Place", "panels_for", "register"]
