"""What is done under a delegation is a decision of the delegate, counted and kept within its limits."""

import commonweal.kernel.clock
import commonweal.kernel.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from commonweal.foundation.sqlfiles import read_sql

BACK = """
drop trigger keep on governance_reportreading;
drop trigger added on governance_reportreading;
drop trigger keep on governance_delegationreport;
drop trigger added on governance_delegationreport;
drop trigger binds_delegate on governance_mandate;
drop trigger minutes_are_old on governance_mandate;
create trigger minutes_are_old before insert on governance_mandate
  for each row execute function governance_minutes_are_old();
drop trigger binds on governance_mandate;
create trigger binds before insert on governance_mandate
  for each row execute function governance_mandate_binds();
drop trigger keep on governance_delegatedact;
drop trigger added on governance_delegatedact;
drop trigger delegated_is_counted on governance_decision;
drop trigger added_by_delegate on governance_decision;
drop trigger added on governance_decision;
create trigger added before insert on governance_decision
  for each row execute function governance_decision_added();
drop function governance_report_read, governance_report_added, governance_delegated_mandate,
  governance_delegated_act_added, governance_delegated_is_counted, governance_delegated_decision,
  governance_is_delegated, governance_report_due, governance_is_delegate, governance_delegation_lives;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0013_hands_hold"),
        ("partners", "0008_seats_closed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DelegatedAct",
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
                ("amount_cents", models.BigIntegerField(default=0)),
                ("acted_on", models.DateField()),
                ("effect", models.CharField(blank=True, default="", max_length=40)),
                ("recorded_by_name", models.CharField(blank=True, default="", max_length=200)),
                ("recorded_at", models.DateTimeField(default=commonweal.kernel.clock.now, editable=False)),
            ],
            options={
                "ordering": ["acted_on", "recorded_at"],
            },
        ),
        migrations.CreateModel(
            name="DelegationReport",
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
                ("due_on", models.DateField()),
                ("words", models.TextField()),
                ("spent_cents", models.BigIntegerField()),
                ("uses", models.PositiveIntegerField()),
                ("recorded_by_name", models.CharField(blank=True, default="", max_length=200)),
                ("recorded_at", models.DateTimeField(default=commonweal.kernel.clock.now, editable=False)),
            ],
            options={
                "ordering": ["due_on"],
            },
        ),
        migrations.CreateModel(
            name="ReportReading",
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
                ("words", models.CharField(blank=True, default="", max_length=1000)),
                ("recorded_by_name", models.CharField(blank=True, default="", max_length=200)),
                ("recorded_at", models.DateTimeField(default=commonweal.kernel.clock.now, editable=False)),
            ],
        ),
        migrations.AddField(
            model_name="decision",
            name="delegation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="governance.delegation",
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="act_limit_cents",
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="delegation",
            name="carries",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="delegation",
            name="overdue_suspends",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="delegation",
            name="report_every_days",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="initiative",
            name="budget_cents",
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("delegation__isnull", True),
                    models.Q(
                        ("abstain", 0),
                        ("certificate__isnull", True),
                        ("no", 0),
                        ("proposal__isnull", True),
                        ("yes", 0),
                    ),
                    _connector="OR",
                ),
                name="decision_delegated_has_no_votes",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("act_limit_cents__isnull", True), ("act_limit_cents__gt", 0), _connector="OR"
                ),
                name="delegation_act_limit_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("report_every_days__isnull", True), ("report_every_days__gt", 0), _connector="OR"
                ),
                name="delegation_reports_apart",
            ),
        ),
        migrations.AddConstraint(
            model_name="initiative",
            constraint=models.CheckConstraint(
                condition=models.Q(("budget_cents__isnull", True), ("budget_cents__gt", 0), _connector="OR"),
                name="initiative_budget_positive",
            ),
        ),
        migrations.AddField(
            model_name="delegatedact",
            name="decision",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delegated_act",
                to="governance.decision",
            ),
        ),
        migrations.AddField(
            model_name="delegatedact",
            name="delegation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="acts", to="governance.delegation"
            ),
        ),
        migrations.AddField(
            model_name="delegatedact",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="delegationreport",
            name="delegation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reports",
                to="governance.delegation",
            ),
        ),
        migrations.AddField(
            model_name="delegationreport",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reportreading",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reportreading",
            name="report",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reading",
                to="governance.delegationreport",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegatedact",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_cents__gte", 0)), name="delegated_act_amount_is_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="delegationreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="delegation_report_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="delegationreport",
            constraint=models.UniqueConstraint(
                fields=("delegation", "due_on"), name="delegation_report_once_a_day_due"
            ),
        ),
        migrations.RunSQL(read_sql("commonweal.governance", "sql/delegations.sql"), BACK),
    ]
