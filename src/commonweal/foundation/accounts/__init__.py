"""Who signs in, with what, as whom: accounts, passkeys, invitations, one-time links, sessions.

Owns: accounts, memberships, sessions, the installation's marker (demo or real), the list of doors.
Offers: ``actions`` to invite and end, ``sessions.actor_for(request, purpose)``, ``installation``.
Leans on: django-allauth for WebAuthn; access for roles; audit.
Never: keeps a password, believes the browser about time or identity, knows what a partner is (only its id).
"""
