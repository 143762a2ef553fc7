"""Decisions of screening as pure functions: reading a questionnaire, scoring, needs, code suggestions."""
