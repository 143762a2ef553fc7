"""Tables of measures: what was counted and released, what is said of data, what was authorized and shown."""

from commonweal.measures.models.dictionary import Completeness, HolderNote
from commonweal.measures.models.results import Release, ReleasedFigure, Result, Target

__all__ = ["Completeness", "HolderNote", "Release", "ReleasedFigure", "Result", "Target"]
