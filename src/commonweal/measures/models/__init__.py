"""Tables of measures: what was counted and released, what is said of data, what was authorized and told."""

from commonweal.measures.models.analyses import Analysis, AnalysisAnswer, AnalysisFigure, AnalysisRun
from commonweal.measures.models.dictionary import Completeness, HolderNote
from commonweal.measures.models.results import Release, ReleasedFigure, Result, Target

__all__ = [
    "Analysis",
    "AnalysisAnswer",
    "AnalysisFigure",
    "AnalysisRun",
    "Completeness",
    "HolderNote",
    "Release",
    "ReleasedFigure",
    "Result",
    "Target",
]
