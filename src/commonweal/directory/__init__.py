"""Services to be had: who offers what, where, when, for whom and at what cost (HSDS 3.1).

Owns: organizations, locations, services and what hangs off them; need domains; where each fact came from.
Offers: search, service shapes, capacity, verification, and the intake that a delivery is merged by.
Leans on: partners, foundation, kernel.
Never: holds a row about a person, shows hidden rows to someone not entitled, deletes what a source dropped.
"""
