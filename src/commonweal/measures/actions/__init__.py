"""What is done with measures: computing and releasing them, targets, words on data, authorized analyses."""

from commonweal.measures.actions.analyses import answer_analysis, ask_analysis
from commonweal.measures.actions.compute import compute
from commonweal.measures.actions.dictionary import look_at_capture, say_of_data
from commonweal.measures.actions.running import run_analysis, run_authorized
from commonweal.measures.actions.targets import set_target

__all__ = [
    "answer_analysis",
    "ask_analysis",
    "compute",
    "look_at_capture",
    "run_analysis",
    "run_authorized",
    "say_of_data",
    "set_target",
]
