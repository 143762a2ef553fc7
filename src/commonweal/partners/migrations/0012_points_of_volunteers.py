"""Points of an agenda that volunteers put there, and points that were refused, each with its reason."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("partners", "0011_wishes_after_the_call")]

    operations = [
        migrations.AddField(
            "agendaitem",
            "put_by_member",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.deletion.PROTECT,
                related_name="+",
                to="partners.member",
            ),
        ),
        migrations.AddField("agendaitem", "is_refused", models.BooleanField(default=False)),
        migrations.AddField("agendaitem", "put_off_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddConstraint(
            "agendaitem",
            models.CheckConstraint(
                condition=Q(is_refused=False) | Q(state="deferred"), name="agenda_refused_is_put_off"
            ),
        ),
    ]
