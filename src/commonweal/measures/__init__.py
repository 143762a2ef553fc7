"""Measures: what the table agreed to count, counted one way, shown only while it is adopted.

Owns: definitions, computed results, what was released after disclosure control; the shared data dictionary,
and analyses that holders authorize.
Offers: ``facade`` (live measures with their released figures), ``shapes``.
Leans on: referrals and screening for facts without names, governance for mandates, partners for names.
Never: shows a count of one to ten or anything that gives it away; never reads a person.
"""
