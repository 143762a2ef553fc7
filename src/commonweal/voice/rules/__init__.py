"""Codes, threads and the clock, as pure functions."""
