"""What is owed under agreements and for activities, who said what of it, and who answers for what."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import commonweal.kernel.clock
import commonweal.kernel.ids
from commonweal.foundation.sqlfiles import read_sql

FORWARD = read_sql("commonweal.governance", "sql/obligations.sql")
BACK = """
drop trigger added on governance_agreementparty;
drop trigger keep on governance_agreementparty;
drop trigger added on governance_agreementend;
drop trigger keep on governance_agreementend;
drop trigger added on governance_obligation;
drop trigger keep on governance_obligation;
drop trigger added on governance_obligationword;
drop trigger keep on governance_obligationword;
drop trigger kept on governance_activity;
drop trigger kept on governance_activitypart;
drop function governance_activity_kept, governance_obligation_word_added, governance_obligation_added,
  governance_agreement_ended, governance_party_added, governance_carries, governance_keeps_work;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0024_shared_charter"),
        ("partners", "0010_agendas_in_languages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="agreement",
            name="kind",
            field=models.CharField(
                choices=[
                    ("data-use", "data-use"),
                    ("business-associate", "business-associate"),
                    ("understanding", "understanding"),
                    ("participation", "participation"),
                ],
                default="data-use",
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="Activity",
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
                ("words", models.CharField(max_length=200)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("ended_why", models.CharField(blank=True, default="", max_length=300)),
                ("recorded_at", models.DateTimeField(default=commonweal.kernel.clock.now, editable=False)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.body"
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="governance.initiative",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["recorded_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="ActivityPart",
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
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("accountable", "accountable"),
                            ("responsible", "responsible"),
                            ("consulted", "consulted"),
                            ("informed", "informed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("ended_why", models.CharField(blank=True, default="", max_length=300)),
                ("author_name", models.CharField(max_length=200)),
                ("recorded_at", models.DateTimeField(default=commonweal.kernel.clock.now, editable=False)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="governance.activity",
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
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.partner",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.seat",
                    ),
                ),
            ],
            options={
                "ordering": ["starts_on", "recorded_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="AgreementEnd",
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
                ("ended_on", models.DateField()),
                ("why", models.CharField(max_length=500)),
                ("author_name", models.CharField(max_length=200)),
                ("recorded_at", models.DateTimeField(default=commonweal.kernel.clock.now, editable=False)),
                (
                    "agreement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="end",
                        to="governance.agreement",
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
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.partner"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AgreementParty",
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
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parties",
                        to="governance.agreement",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.partner"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Obligation",
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
                ("words", models.CharField(max_length=300)),
                ("evidence", models.CharField(blank=True, default="", max_length=300)),
                ("first_due_on", models.DateField()),
                ("every_months", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("last_on", models.DateField(blank=True, null=True)),
                ("author_name", models.CharField(max_length=200)),
                ("recorded_at", models.DateTimeField(default=commonweal.kernel.clock.now, editable=False)),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obligations",
                        to="governance.activity",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obligations",
                        to="governance.agreement",
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
                    "owes",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.partner",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.partner",
                    ),
                ),
            ],
            options={
                "ordering": ["first_due_on", "recorded_at"],
            },
        ),
        migrations.CreateModel(
            name="ObligationReminder",
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
                ("sent_on", models.DateField()),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="governance.obligation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ObligationWord",
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
                (
                    "word",
                    models.CharField(
                        choices=[
                            ("met", "met"),
                            ("confirmed", "confirmed"),
                            ("not-so", "not-so"),
                            ("waived", "waived"),
                            ("ended", "ended"),
                        ],
                        max_length=12,
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True)),
                ("said_on", models.DateField()),
                ("words", models.CharField(blank=True, default="", max_length=500)),
                ("author_name", models.CharField(max_length=200)),
                ("recorded_at", models.DateTimeField(default=commonweal.kernel.clock.now, editable=False)),
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
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="said",
                        to="governance.obligation",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.partner",
                    ),
                ),
            ],
            options={
                "ordering": ["recorded_at", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="activity_says_what"
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_on__isnull", True), models.Q(("ended_why", ""), _negated=True), _connector="OR"
                ),
                name="activity_end_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="activitypart",
            constraint=models.CheckConstraint(
                condition=models.Q(("part__in", ["accountable", "responsible", "consulted", "informed"])),
                name="activity_part_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="activitypart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("partner__isnull", False), ("seat__isnull", True)),
                    models.Q(("partner__isnull", True), ("seat__isnull", False)),
                    _connector="OR",
                ),
                name="activity_part_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="activitypart",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on__isnull", True), ("part", "accountable")),
                fields=("activity",),
                name="activity_one_accountable",
            ),
        ),
        migrations.AddConstraint(
            model_name="activitypart",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on__isnull", True), ("seat__isnull", False)),
                fields=("activity", "part", "seat"),
                name="activity_part_once_seat",
            ),
        ),
        migrations.AddConstraint(
            model_name="activitypart",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on__isnull", True), ("partner__isnull", False)),
                fields=("activity", "part", "partner"),
                name="activity_part_once_partner",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementend",
            constraint=models.CheckConstraint(
                condition=models.Q(("why", ""), _negated=True), name="agreement_end_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementparty",
            constraint=models.UniqueConstraint(fields=("agreement", "partner"), name="party_once"),
        ),
        migrations.AddConstraint(
            model_name="obligation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("activity__isnull", True),
                        ("agreement__isnull", False),
                        ("owes__isnull", False),
                        ("to__isnull", False),
                    ),
                    models.Q(
                        ("activity__isnull", False),
                        ("agreement__isnull", True),
                        ("owes__isnull", True),
                        ("to__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="obligation_under_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="obligation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("owes__isnull", True), models.Q(("owes", models.F("to")), _negated=True), _connector="OR"
                ),
                name="obligation_between_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="obligation",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="obligation_says_what"
            ),
        ),
        migrations.AddConstraint(
            model_name="obligation",
            constraint=models.CheckConstraint(
                condition=models.Q(("every_months__isnull", True), ("every_months__gt", 0), _connector="OR"),
                name="obligation_turns",
            ),
        ),
        migrations.AddConstraint(
            model_name="obligation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_on__isnull", True), ("last_on__gte", models.F("first_due_on")), _connector="OR"
                ),
                name="obligation_ends_after_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="obligationreminder",
            constraint=models.UniqueConstraint(
                fields=("obligation", "due_on", "sent_on"), name="obligation_reminded_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="obligationword",
            constraint=models.CheckConstraint(
                condition=models.Q(("word__in", ["met", "confirmed", "not-so", "waived", "ended"])),
                name="obligation_word_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="obligationword",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due_on__isnull", True), ("word", "ended")),
                    models.Q(models.Q(("word", "ended"), _negated=True), ("due_on__isnull", False)),
                    _connector="OR",
                ),
                name="obligation_word_about_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="obligationword",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("word__in", ["waived", "not-so", "ended"]), _negated=True),
                    models.Q(("words", ""), _negated=True),
                    _connector="OR",
                ),
                name="obligation_word_no_has_reason",
            ),
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
