"""Reads of the people context. Row-level security decides what they find."""
