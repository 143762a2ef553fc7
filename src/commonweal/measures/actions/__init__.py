"""What is done with measures: computing and releasing them, writing down a target."""

from commonweal.measures.actions.compute import compute
from commonweal.measures.actions.targets import set_target

__all__ = ["compute", "set_target"]
