"""How Commonweal looks and speaks: one stylesheet, a page frame, small parts, charts.

Owns: tokens, components, the page frame, the navigation, numbers and states in one look.
Offers: templates under ``ui/``, the tag library ``ui``, ``charts``, ``nav`` and ``lines``.
Leans on: Django templates; htmx from our own origin.
Never: asks a database or knows a context.
"""
