"""The organizations and residents at the table.

For: knowing who takes part, what each can and cannot do, and who speaks for whom.
Owns: partners with their limits statements, members, the link from a partner to its accounts' memberships.
Offers: ``facade`` (partners by id and slug, memberships of an account) and its events.
Leans on: foundation (accounts, access, audit, bus).  Never: decides what may be shared; governance does.
"""
