"""Commonweal: the operating platform of a cross-sector community-health collaborative.

The storeys, from the top: site, exchange, measures, care, referrals, screening,
directory and people, governance, partners, foundation, kernel. Look down, never up
or sideways; ARCHITECTURE.md tells why, and import contracts hold it.
"""

__version__ = "0.1.0"
