"""What hangs on a service or a place is checked when it is merged, and nothing is ever deleted."""

import django.db.models.deletion
from django.db import migrations, models

# Read, add and change as before; no policy for deleting, so that nothing can be deleted and
# what hangs on a row cannot come loose.
NEVER_DELETED = """
do $$ declare t text; q text; begin
  for t, q in select tablename, qual from pg_policies where policyname = 'seeing' and tablename like 'directory\\_%' loop
    execute format('create policy reading on %I for select using (%s)', t, q);
    execute format('create policy adding on %I for insert with check (%s)', t, q);
    execute format('create policy changing on %I for update using (%s) with check (%s)', t, q, q);
    execute format('drop policy seeing on %I', t);
  end loop;
end $$;
"""
AS_BEFORE = """
do $$ declare t text; q text; begin
  for t, q in select tablename, qual from pg_policies where policyname = 'reading' and tablename like 'directory\\_%' loop
    execute format('create policy seeing on %I for all using (%s) with check (%s)', t, q, q);
    execute format('drop policy reading on %I', t);
    execute format('drop policy adding on %I', t);
    execute format('drop policy changing on %I', t);
  end loop;
end $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0004_staging'),
    ]

    operations = [
        migrations.AlterField(
            model_name='accessibility',
            name='location',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.location'),
        ),
        migrations.AlterField(
            model_name='address',
            name='location',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.location'),
        ),
        migrations.AlterField(
            model_name='attribute',
            name='service',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.service'),
        ),
        migrations.AlterField(
            model_name='attribute',
            name='taxonomy_term',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.taxonomyterm'),
        ),
        migrations.AlterField(
            model_name='contact',
            name='location',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.location'),
        ),
        migrations.AlterField(
            model_name='contact',
            name='organization',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization'),
        ),
        migrations.AlterField(
            model_name='contact',
            name='service',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.service'),
        ),
        migrations.AlterField(
            model_name='contact',
            name='service_at_location',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.serviceatlocation'),
        ),
        migrations.AlterField(
            model_name='costoption',
            name='service',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.service'),
        ),
        migrations.AlterField(
            model_name='funding',
            name='organization',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization'),
        ),
        migrations.AlterField(
            model_name='funding',
            name='service',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.service'),
        ),
        migrations.AlterField(
            model_name='language',
            name='location',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.location'),
        ),
        migrations.AlterField(
            model_name='language',
            name='phone',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.phone'),
        ),
        migrations.AlterField(
            model_name='language',
            name='service',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.service'),
        ),
        migrations.AlterField(
            model_name='organizationidentifier',
            name='organization',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization'),
        ),
        migrations.AlterField(
            model_name='phone',
            name='contact',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.contact'),
        ),
        migrations.AlterField(
            model_name='phone',
            name='location',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.location'),
        ),
        migrations.AlterField(
            model_name='phone',
            name='organization',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization'),
        ),
        migrations.AlterField(
            model_name='phone',
            name='service',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.service'),
        ),
        migrations.AlterField(
            model_name='phone',
            name='service_at_location',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.serviceatlocation'),
        ),
        migrations.AlterField(
            model_name='requireddocument',
            name='service',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.service'),
        ),
        migrations.AlterField(
            model_name='schedule',
            name='location',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.location'),
        ),
        migrations.AlterField(
            model_name='schedule',
            name='service',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.service'),
        ),
        migrations.AlterField(
            model_name='schedule',
            name='service_at_location',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.serviceatlocation'),
        ),
        migrations.AlterField(
            model_name='servicearea',
            name='service',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.service'),
        ),
        migrations.AlterField(
            model_name='servicearea',
            name='service_at_location',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.serviceatlocation'),
        ),
        migrations.AlterField(
            model_name='serviceatlocation',
            name='location',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.location'),
        ),
        migrations.AlterField(
            model_name='serviceatlocation',
            name='service',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.service'),
        ),
        migrations.AlterField(
            model_name='servicecapacity',
            name='service',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.service'),
        ),
        migrations.AlterField(
            model_name='servicecapacity',
            name='unit',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.unit'),
        ),
        migrations.AlterField(
            model_name='serviceneeddomain',
            name='service',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.service'),
        ),
        migrations.AlterField(
            model_name='taxonomyterm',
            name='taxonomy',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.taxonomy'),
        ),
        migrations.AlterField(
            model_name='url',
            name='organization',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organization'),
        ),
        migrations.AlterField(
            model_name='url',
            name='service',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.service'),
        ),
        migrations.RunSQL(NEVER_DELETED, AS_BEFORE),
    ]
