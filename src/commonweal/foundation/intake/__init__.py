"""Bringing data in from outside: runs that can be killed, and a quarantine for what could not go in.

Owns: import runs, rows held whole with what is wrong with them, and their mends.
Offers: ``actions`` (hold, mend, settle), ``queries`` and the ``Report`` of a run.
Leans on: the kernel, access and audit.
Never: knows a format or a table of any context, loses a row, uses a name from outside as a path.
"""
