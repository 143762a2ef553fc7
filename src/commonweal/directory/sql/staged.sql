-- A large delivery is staged on one connection and merged on another, so that what is staged is committed first.
-- Rows that are not public stand there too, and so the application may only put rows in; it reads and changes them
-- through a view of each table, which shows them to the keeper of the directory alone (as guard.empty_directory_stage
-- serves nobody else). Whoever adds a column to a staging table makes its view anew.
do $$
declare kind text;
begin
  foreach kind in array array['taxonomy', 'taxonomy_term', 'unit', 'organization', 'organization_identifier', 'program',
    'location', 'service', 'service_at_location', 'address', 'contact', 'phone', 'schedule', 'service_area', 'language',
    'accessibility', 'cost_option', 'required_document', 'funding', 'url', 'service_capacity', 'attribute', 'metadata']
  loop
    execute format(
      'create view directory_staged_%1$s with (security_barrier) as'
      ' select ctid as place, * from directory_stage_%1$s where (select guard.keeps_directory())', kind);
    execute format('alter table directory_stage_%1$s set (autovacuum_enabled = off)', kind);
    insert into guard.closed_table values ('directory_stage_' || kind, 'insert');
  end loop;
end
$$;

-- Measured from a small sample, as autovacuum will soon do better: half a second less after a hundred thousand entries.
create or replace function guard.settle_search() returns void
language plpgsql security definer set search_path = pg_catalog, public set default_statistics_target = 25 as $$
begin
  if to_regclass('directory_searchentry_keys_i') is not null then
    perform gin_clean_pending_list('directory_searchentry_keys_i');
  end if;
  if to_regclass('directory_searchentry_words_i') is not null then
    perform gin_clean_pending_list('directory_searchentry_words_i');
  end if;
  create index if not exists directory_searchentry_keys_i on directory_searchentry using gin (keys);
  create index if not exists directory_searchentry_words_i on directory_searchentry using gin (words);
  analyze directory_searchentry;
end
$$;
