"""Whether a seat comes to a called meeting, who wrote down what it needs, and what of that is to arrange.

The rows of needs and of what is to do stay under the policies of ``0006``: these are columns of them.
"""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

COMING = ["yes", "alternate", "no"]


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0010_agendas_in_languages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "seatneeds",
            "coming",
            models.CharField(blank=True, choices=[(c, c) for c in COMING], default="", max_length=12),
        ),
        migrations.AddField(
            "seatneeds",
            "recorded_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            "seatneeds",
            models.CheckConstraint(condition=Q(coming__in=["", *COMING]), name="seat_coming_known"),
        ),
        migrations.AddField("actionitem", "need", models.CharField(blank=True, default="", max_length=32)),
        migrations.AddConstraint(
            "actionitem",
            models.UniqueConstraint(
                fields=["meeting", "need"],
                condition=~Q(need="") & Q(state__in=["open", "blocked"]),
                name="action_need_once",
            ),
        ),
    ]
