"""What is staged can be read by the keeper of the directory alone, also while a delivery is on its way."""

from django.db import migrations

from commonweal.foundation.sqlfiles import read_sql

AS_BEFORE = """
do $$ declare kept text; begin
  for kept in select viewname from pg_views where viewname like 'directory\\_staged\\_%' loop
    execute format('drop view %I', kept);
  end loop;
  for kept in delete from guard.closed_table where table_name like 'directory\\_stage\\_%' returning table_name loop
    execute format('alter table %I reset (autovacuum_enabled)', kept);
  end loop;
end $$;
alter function guard.settle_search() reset default_statistics_target;
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0009_asking")]

    operations = [migrations.RunSQL(read_sql("commonweal.directory", "sql/staged.sql"), AS_BEFORE)]
