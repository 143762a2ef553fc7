"""What is due after a yes, who has to be asked by hand, and which requests are stuck."""

from importlib import resources

from django.db import migrations, models

_SQL = resources.files("commonweal.referrals").joinpath("sql", "after_yes.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):

    dependencies = [("referrals", "0003_gap_places"), ("links", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(
            model_name='burdenentry',
            name='burden_act_known',
        ),
        migrations.RemoveConstraint(
            model_name='taskevent',
            name='event_kind_known',
        ),
        migrations.AddField(
            model_name='answerstandard',
            name='begin_escalate_days',
            field=models.PositiveSmallIntegerField(default=20),
        ),
        migrations.AddField(
            model_name='answerstandard',
            name='begin_late_days',
            field=models.PositiveSmallIntegerField(default=15),
        ),
        migrations.AddField(
            model_name='answerstandard',
            name='end_days',
            field=models.PositiveSmallIntegerField(default=20),
        ),
        migrations.AddField(
            model_name='answerstandard',
            name='end_escalate_days',
            field=models.PositiveSmallIntegerField(default=40),
        ),
        migrations.AddField(
            model_name='answerstandard',
            name='end_late_days',
            field=models.PositiveSmallIntegerField(default=30),
        ),
        migrations.AddField(
            model_name='answerstandard',
            name='hold_days',
            field=models.PositiveSmallIntegerField(default=10),
        ),
        migrations.AddField(
            model_name='answerstandard',
            name='hold_escalate_days',
            field=models.PositiveSmallIntegerField(default=20),
        ),
        migrations.AddField(
            model_name='answerstandard',
            name='hold_late_days',
            field=models.PositiveSmallIntegerField(default=15),
        ),
        migrations.AddField(
            model_name='answerstandard',
            name='person_again_days',
            field=models.PositiveSmallIntegerField(default=5),
        ),
        migrations.AddField(
            model_name='answerstandard',
            name='person_asks_most',
            field=models.PositiveSmallIntegerField(default=2),
        ),
        migrations.AddField(
            model_name='task',
            name='by_hand_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='task',
            name='heard_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='task',
            name='late_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='task',
            name='link_until',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='task',
            name='person_asks',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='task',
            name='stuck',
            field=models.CharField(blank=True, default='', max_length=16),
        ),
        migrations.AlterField(
            model_name='task',
            name='last_step',
            field=models.CharField(blank=True, default='', max_length=16),
        ),
        migrations.RunSQL(_SQL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('late_at__isnull', False)), fields=['holder_id', 'late_at'], name='task_overdue'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('by_hand_at__isnull', False)), fields=['holder_id', 'by_hand_at'], name='task_by_hand'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('stuck', ''), _negated=True), fields=['holder_id', '-status_at'], name='task_stuck'),
        ),
        migrations.AddConstraint(
            model_name='answerstandard',
            constraint=models.CheckConstraint(condition=models.Q(('begin_days__gt', 0), ('begin_days__lt', models.F('begin_late_days')), ('begin_late_days__lt', models.F('begin_escalate_days'))), name='standard_begin_in_order'),
        ),
        migrations.AddConstraint(
            model_name='answerstandard',
            constraint=models.CheckConstraint(condition=models.Q(('hold_days__gt', 0), ('hold_days__lt', models.F('hold_late_days')), ('hold_late_days__lt', models.F('hold_escalate_days'))), name='standard_hold_in_order'),
        ),
        migrations.AddConstraint(
            model_name='answerstandard',
            constraint=models.CheckConstraint(condition=models.Q(('end_days__gt', 0), ('end_days__lt', models.F('end_late_days')), ('end_late_days__lt', models.F('end_escalate_days'))), name='standard_end_in_order'),
        ),
        migrations.AddConstraint(
            model_name='answerstandard',
            constraint=models.CheckConstraint(condition=models.Q(('person_asks_most__lte', 5), ('person_again_days__gt', 0)), name='standard_asks_with_measure'),
        ),
        migrations.AddConstraint(
            model_name='burdenentry',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['read', 'answer', 'refuse', 'question', 'start', 'hold', 'go-on', 'finish', 'report-full', 'hand-on', 'handoff'])), name='burden_act_known'),
        ),
        migrations.AddConstraint(
            model_name='taskevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['drafted', 'sent', 'claimed', 'seen', 'accepted', 'declined', 'held', 'started', 'completed', 'failed', 'cancelled', 'voided', 'asked', 'replied', 'suggested', 'full', 'reminded', 'late', 'escalated', 'expired', 'met-together', 'person-confirmed', 'consent-ended', 'person-asked', 'given-up', 'goes-on', 'not-them'])), name='event_kind_known'),
        ),
    ]
