"""Pure Python that every storey may stand on: ids, clock, periods, money, verdict, errors, words.

Owns: the small values that mean the same everywhere.
Offers: its modules, imported directly.
Leans on: the standard library.
Never: knows Django, a database, a file or the network.
"""
