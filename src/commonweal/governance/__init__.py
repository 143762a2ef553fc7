"""Decisions, and the mandates and agreements that live only under them.

For: recording what the table decided, and making it bind until it ends or is withdrawn.
Owns: decisions, mandates, agreements and their terms.
Offers: ``facade`` (agreement between two partners, live mandate, decision lines) and its events.
Leans on: partners, foundation.access (which keeps the terms). Never: lets a term outlive its mandate.
"""
