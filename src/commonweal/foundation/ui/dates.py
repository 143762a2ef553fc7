"""Days as people say them, in the reader's language and the place's time."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _


def weekday(moment: date) -> str:
    """*Friday, November 20*; in Spanish *viernes 20 de noviembre*."""
    there = localtime(moment) if isinstance(moment, datetime) and is_aware(moment) else moment
    return _("%(weekday)s, %(day)s") % {
        "weekday": date_format(there, "l"),
        "day": date_format(there, "MONTH_DAY_FORMAT"),
    }
