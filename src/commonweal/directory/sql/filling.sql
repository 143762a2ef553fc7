-- Filling an empty search: two inverted indexes are built in a fifth of the time that it takes to keep them true
-- row by row. So a first delivery takes them down (guard.begin_search, only while there is not one entry) and
-- guard.settle_search makes them again. In between a search reads every entry: slower, never wrong. Whatever
-- interrupts that, the next large refresh ends with guard.settle_search as well.
create function guard.begin_search() returns boolean
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if exists (select from directory_searchentry) then
    return false;
  end if;
  drop index if exists directory_searchentry_keys_i;
  drop index if exists directory_searchentry_words_i;
  return true;
end
$$;

create or replace function guard.settle_search() returns void
language plpgsql security definer set search_path = pg_catalog, public as $$
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

-- Before a large refresh the planner should know roughly how large the tables have become; a delivery that has
-- just gone in is unknown to it until autovacuum comes by. A small sample is enough to choose how to join.
create function guard.measure_directory() returns void
language plpgsql security definer set search_path = pg_catalog, public set default_statistics_target = 10 as $$
begin
  analyze directory_service, directory_organization, directory_location, directory_serviceatlocation,
    directory_serviceneeddomain, directory_language, directory_costoption, directory_requireddocument,
    directory_schedule, directory_accessibility, directory_address;
end
$$;
