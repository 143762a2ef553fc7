"""HSDS 1.1, 2.0 and 3.x, and the dialects met in the wild: read whole, judged row by row, merged.

``delivery`` finds tables; ``tabular`` and ``nested`` read rows; ``plans`` and ``finishing`` turn them into
``records`` that the directory stages; ``importing`` runs it; ``command`` is what the command line calls.
"""
