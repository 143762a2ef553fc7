-- How many messages of each partner never arrived or wait for long, for those who keep the installation or
-- the partner. The owner's function counts, and gives out no address, no person and no word.
create policy counting on outbound for select to current_user using (
  (select guard.role()) in ('operator', 'org_admin'));

create function guard.undelivered(since timestamptz, waiting_before timestamptz)
returns table (holder uuid, by_channel text, failed bigint, waiting bigint, oldest timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select o.holder_id, o.channel,
         count(*) filter (where o.state = 'failed'), count(*) filter (where o.state = 'waiting'),
         min(o.queued_at)
  from public.outbound o
  where ((o.state = 'failed' and o.settled_at >= since) or (o.state = 'waiting' and o.queued_at < waiting_before))
    and (guard.role() = 'operator' or (guard.role() = 'org_admin' and o.holder_id = guard.partner()))
  group by o.holder_id, o.channel
  order by 5
$$;
