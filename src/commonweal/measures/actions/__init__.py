"""What is done with measures: computing and releasing them, writing down a target; saying what data shows."""

from commonweal.measures.actions.compute import compute
from commonweal.measures.actions.dictionary import look_at_capture, say_of_data
from commonweal.measures.actions.targets import set_target

__all__ = ["compute", "look_at_capture", "say_of_data", "set_target"]
