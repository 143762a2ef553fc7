
import commonweal.kernel.clock
import commonweal.kernel.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('governance', '0002_decisions_bind'),
    ]

    operations = [
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.UUIDField(default=commonweal.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('family', models.CharField(max_length=16)),
                ('as_of', models.DateTimeField()),
                ('policy', models.CharField(max_length=80)),
                ('too_young', models.PositiveIntegerField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(default=commonweal.kernel.clock.now, editable=False)),
            ],
            options={
                'ordering': ['recorded_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('family__in', ['referral', 'screening'])), name='release_family_known'), models.CheckConstraint(condition=models.Q(('too_young__isnull', True), ('too_young__gte', 10), _connector='OR'), name='release_too_young_not_small')],
            },
        ),
        migrations.CreateModel(
            name='Result',
            fields=[
                ('id', models.UUIDField(default=commonweal.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('measure', models.SlugField(max_length=60)),
                ('version', models.PositiveSmallIntegerField()),
                ('base', models.SlugField(max_length=40)),
                ('grain', models.CharField(max_length=8)),
                ('starts_on', models.DateField()),
                ('who', models.CharField(blank=True, default='', max_length=36)),
                ('known_to', models.DateTimeField()),
                ('numerator', models.PositiveIntegerField()),
                ('denominator', models.PositiveIntegerField()),
                ('median_days', models.PositiveIntegerField(blank=True, null=True)),
                ('engine', models.CharField(max_length=12)),
                ('recorded_at', models.DateTimeField(default=commonweal.kernel.clock.now, editable=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('measure', 'version', 'base', 'grain', 'starts_on', 'who', 'known_to'), name='result_once'), models.CheckConstraint(condition=models.Q(('numerator__lte', models.F('denominator'))), name='result_numerator_within'), models.CheckConstraint(condition=models.Q(('grain__in', ['month', 'quarter'])), name='result_grain_known'), models.CheckConstraint(condition=models.Q(('engine__in', ['postgresql', 'duckdb'])), name='result_engine_known')],
            },
        ),
        migrations.CreateModel(
            name='ReleasedFigure',
            fields=[
                ('id', models.UUIDField(default=commonweal.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('family', models.CharField(max_length=16)),
                ('grain', models.CharField(max_length=8)),
                ('starts_on', models.DateField()),
                ('who', models.CharField(blank=True, default='', max_length=36)),
                ('what', models.SlugField(max_length=40)),
                ('state', models.CharField(max_length=12)),
                ('value', models.PositiveIntegerField(blank=True, null=True)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='measures.release')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('family', 'grain', 'starts_on', 'who', 'what'), name='released_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'shown'), ('value__isnull', False)), models.Q(models.Q(('state', 'shown'), _negated=True), ('value__isnull', True)), _connector='OR'), name='released_held_has_no_number'), models.CheckConstraint(condition=models.Q(('family__in', ['referral', 'screening'])), name='released_family_known'), models.CheckConstraint(condition=models.Q(('grain__in', ['month', 'quarter'])), name='released_grain_known'), models.CheckConstraint(condition=models.Q(('state__in', ['shown', 'held', 'not-reached'])), name='released_state_known')],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.UUIDField(default=commonweal.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('measure', models.SlugField(max_length=60)),
                ('value', models.DecimalField(decimal_places=1, max_digits=6)),
                ('due_on', models.DateField()),
                ('recorded_at', models.DateTimeField(default=commonweal.kernel.clock.now, editable=False)),
                ('mandate', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.mandate')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('value__gt', 0)), name='target_above_nothing')],
            },
        ),
    ]
