"""The ground of every context: database, access, audit, accounts, bus, jobs, messages, links, intake, ui.

Owns: who may read a row, what was done and read, how things are sent, how a page looks.
Offers: its packages, imported directly.
Leans on: the kernel, Django, PostgreSQL.
Never: knows a partner, a person, a service or a referral by more than its id.
"""
