"""Reads: released figures for everyone; counting for the engine alone."""
