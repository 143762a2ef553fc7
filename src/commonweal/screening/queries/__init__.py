"""Reads of screening; row-level security has the last word on every row."""
