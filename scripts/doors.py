"""Print docs/doors.md: every way in, and its factor.

python scripts/doors.py > docs/doors.md
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal.site.settings")
django.setup()

from commonweal.foundation.accounts.doors import as_markdown  # noqa: E402  # apps register their doors first

print(as_markdown(), end="")
