"""What came of a decision: the work that was taken on for it, the measures by which it is seen."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import commonweal.kernel.clock
import commonweal.kernel.ids

FORWARD = """
create function governance_follow_up_added() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
  if new.author_id is distinct from (select guard.account())
     or not exists (select 1 from governance_decision d where d.id = new.decision_id and d.adopted) then
    raise exception 'whoever says what came of a decision says so' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger added before insert on governance_followup
  for each row execute function governance_follow_up_added();
create trigger keep before update or delete on governance_followup
  for each row execute function governance_keep();
"""
BACK = """
drop trigger keep on governance_followup;
drop trigger added on governance_followup;
drop function governance_follow_up_added;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0026_votes_as_ruled"),
        ("partners", "0012_points_of_volunteers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=commonweal.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=commonweal.kernel.clock.now, editable=False)),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.actionitem",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="governance.decision",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.mandate",
                    ),
                ),
            ],
            options={
                "ordering": ["recorded_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("action__isnull", True), ("measure__isnull", False)),
                            models.Q(("action__isnull", False), ("measure__isnull", True)),
                            _connector="OR",
                        ),
                        name="follow_up_of_one_kind",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("action__isnull", False)),
                        fields=("decision", "action"),
                        name="follow_up_action_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("measure__isnull", False)),
                        fields=("decision", "measure"),
                        name="follow_up_measure_once",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
