"""The shared charter: its versions under mandates, its draft by parts, and who signed it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import commonweal.kernel.clock
import commonweal.kernel.ids
from commonweal.foundation.sqlfiles import read_sql

FORWARD = read_sql("commonweal.governance", "sql/shared_charter.sql")
BACK = """
drop trigger added on governance_charterword;
drop function governance_charter_word_added, governance_speaks_for;
drop trigger keep on governance_charterword;
drop trigger keep on governance_charterremark;
drop trigger keep on governance_charterwriting;
drop trigger keep on governance_sharedcharter;
drop trigger needs_mandate on governance_sharedcharter;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0023_one_day"),
        ("partners", "0010_agendas_in_languages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CharterWriting",
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
                            ("problem", "problem"),
                            ("vision", "vision"),
                            ("mission", "mission"),
                            ("values", "values"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.TextField()),
                ("author_name", models.CharField(max_length=200)),
                ("recorded_at", models.DateTimeField(default=commonweal.kernel.clock.now, editable=False)),
                (
                    "after",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.charterwriting",
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
            ],
            options={
                "ordering": ["recorded_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="CharterRemark",
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
                ("words", models.CharField(max_length=1000)),
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
                    "writing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarks",
                        to="governance.charterwriting",
                    ),
                ),
            ],
            options={
                "ordering": ["recorded_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="SharedCharter",
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
                ("version", models.PositiveIntegerField(unique=True)),
                ("problem", models.TextField()),
                ("vision", models.TextField()),
                ("mission", models.TextField()),
                ("values", models.TextField()),
                ("words", models.CharField(blank=True, default="", max_length=300)),
                ("recorded_at", models.DateTimeField(default=commonweal.kernel.clock.now, editable=False)),
                (
                    "mandate",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shared_charter",
                        to="governance.mandate",
                    ),
                ),
            ],
            options={
                "ordering": ["-version"],
            },
        ),
        migrations.CreateModel(
            name="CharterWord",
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
                            ("asked", "asked"),
                            ("signed", "signed"),
                            ("declined", "declined"),
                            ("taken-back", "taken-back"),
                        ],
                        max_length=12,
                    ),
                ),
                ("why", models.CharField(blank=True, default="", max_length=500)),
                ("said_on", models.DateField()),
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
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partners.partner"
                    ),
                ),
                (
                    "charter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="said",
                        to="governance.sharedcharter",
                    ),
                ),
            ],
            options={
                "ordering": ["recorded_at", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="charterwriting",
            constraint=models.CheckConstraint(
                condition=models.Q(("part__in", ["problem", "vision", "mission", "values"])),
                name="charter_writing_part_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="charterwriting",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="charter_writing_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="charterwriting",
            constraint=models.UniqueConstraint(fields=("part", "after"), name="charter_writing_in_line"),
        ),
        migrations.AddConstraint(
            model_name="charterwriting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("after__isnull", True)),
                fields=("part",),
                name="charter_writing_one_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="charterremark",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="charter_remark_says_something"
            ),
        ),
        migrations.AddIndex(
            model_name="charterword",
            index=models.Index(fields=["charter", "partner"], name="charter_word_of_partner"),
        ),
        migrations.AddConstraint(
            model_name="charterword",
            constraint=models.CheckConstraint(
                condition=models.Q(("word__in", ["asked", "signed", "declined", "taken-back"])),
                name="charter_word_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="charterword",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("word__in", ["declined", "taken-back"]), _negated=True),
                    models.Q(("why", ""), _negated=True),
                    _connector="OR",
                ),
                name="charter_word_no_has_reason",
            ),
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
