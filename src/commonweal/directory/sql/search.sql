-- Indexes of the search. Both are inverted: of `keys` (help with this need in this cell of the map) and of the
-- words of names and descriptions. A search reads the few entries that they leave and judges the rest there.
-- No row-level security here: array overlap is not leakproof, so behind a policy neither index could be used.
-- Instead entries are made only from what their visibility allows, and each statement names the visibilities.
create index directory_searchentry_keys_i on directory_searchentry using gin (keys);
create index directory_searchentry_words_i on directory_searchentry using gin (words);
-- Cards are long and read for the few hits of a page only: kept out of line, so that judging stays quick.
alter table directory_searchentry alter column card set storage external;
alter table directory_searchentry set (toast_tuple_target = 1024);
create index directory_searchentry_bare_i on directory_searchentry (service_id) where card is null;

-- After a large refresh the application, which owns nothing, may have the index settled and measured.
create or replace function guard.settle_search() returns void
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform gin_clean_pending_list('directory_searchentry_keys_i');
  perform gin_clean_pending_list('directory_searchentry_words_i');
  analyze directory_searchentry;
end
$$;
