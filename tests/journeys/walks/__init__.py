"""One walk for each charter of the partnerships: its rule, played to the end on the pages, by each role.

A file here is named as its charter, with underscores, and offers ``walk(table: Walk) -> None``. It is found
by its name: nothing else has to be told of it.
"""
