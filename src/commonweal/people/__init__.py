"""Persons whom the collaborative serves: who they are to each partner, how to reach them, what they allow.

Owns: the person (an empty anchor), each partner's own record of them, safe addresses, standing, consents.
Offers: register, find, show, ask, stop; ``may_share``; the person's own page; panels that others fill.
Leans on: foundation, partners, governance.
Never: tells that a hidden person exists, joins two records by itself, or reads one role from another's.
"""
