-- What the search finds and judges places by: one row for each place of each service of a batch, or one
-- without a place where none may be shown. The columns are those of rules.judging.Judged; lists come as one
-- text each, since most are alike and are read once.
-- Run as the keeper of the directory, who sees every row; so the statement itself leaves out what is hidden:
-- a row counts only if it is public, or may be seen by whoever may see the service.
with batch as materialized (
  select s.id, s.name, s.alternate_name, left(s.description, 600) as description, s.visibility,
    s.interpretation_services <> '' as interpreter,
    left(concat_ws(' ', nullif(s.fees_description, ''), nullif(s.fees, '')), 300) as fees,
    left(s.eligibility_description, 400) as eligibility, s.minimum_age, s.maximum_age, s.capacity,
    s.capacity_at, s.verified_at, coalesce(o.name, '') as organization, o.partner_id, source.timezone
  from directory_service s
  left join directory_organization o on o.id = s.organization_id
  left join directory_directorysource source on source.slug = s.source
  where s.id = any(%(ids)s::uuid[]) and s.status = 'active' and s.visibility <> 'private'
    and s.not_seen_since is null and s.hidden_reason not in ('do-not-refer', 'suppressed')
    and o.not_seen_since is null
)
select
  coalesce(spot.at_id, s.id)::text, s.id::text, spot.id::text, s.partner_id::text, s.visibility,
  s.name, s.alternate_name, s.organization, s.description,
  (select string_agg(n.domain, ' ') from directory_serviceneeddomain n where n.service_id = s.id),
  spot.latitude, spot.longitude, coalesce(spot.remote, false),
  concat_ws(' ',
    (select string_agg(g.code, ' ') from directory_language g
     where g.service_id = s.id and g.visibility in ('public', s.visibility) and g.not_seen_since is null),
    (select string_agg(g.code, ' ') from directory_language g
     where g.location_id = spot.id and g.visibility in ('public', s.visibility) and g.not_seen_since is null)),
  s.interpreter,
  (select json_agg(json_build_array(k.amount, concat_ws(' ', k.option, k.amount_description)))::text
   from directory_costoption k
   where k.service_id = s.id and k.visibility in ('public', s.visibility) and k.not_seen_since is null),
  s.fees,
  (select string_agg(c.description || ' ' || c.details, '; ') from directory_accessibility c
   where c.location_id = spot.id and c.visibility in ('public', s.visibility) and c.not_seen_since is null),
  (select string_agg(q.document, chr(10)) from directory_requireddocument q
   where q.service_id = s.id and q.visibility in ('public', s.visibility) and q.not_seen_since is null),
  s.eligibility, trunc(s.minimum_age)::int, trunc(s.maximum_age)::int,
  coalesce(s.timezone, ''), coalesce(spot.timezone, ''),
  coalesce(
    (select json_agg(json_build_array(h.freq, h.interval, h.byday, h.bymonthday, h.wkst, h.dtstart, h.until,
        h.count, h.valid_from, h.valid_to, h.opens_at, h.closes_at, h.closed, h.timezone, '')
        order by h.opens_at, h.byday)::text
     from directory_schedule h
     where h.service_at_location_id = spot.at_id and h.visibility in ('public', s.visibility)
       and h.not_seen_since is null),
    (select json_agg(json_build_array(h.freq, h.interval, h.byday, h.bymonthday, h.wkst, h.dtstart, h.until,
        h.count, h.valid_from, h.valid_to, h.opens_at, h.closes_at, h.closed, h.timezone, '')
        order by h.opens_at, h.byday)::text
     from directory_schedule h
     where h.service_id = s.id and h.visibility in ('public', s.visibility) and h.not_seen_since is null),
    (select json_agg(json_build_array(h.freq, h.interval, h.byday, h.bymonthday, h.wkst, h.dtstart, h.until,
        h.count, h.valid_from, h.valid_to, h.opens_at, h.closes_at, h.closed, h.timezone, '')
        order by h.opens_at, h.byday)::text
     from directory_schedule h
     where h.location_id = spot.id and h.visibility in ('public', s.visibility) and h.not_seen_since is null)),
  s.capacity, s.capacity_at::text,
  (select r.until from directory_capacityreport r
   where r.service_id = s.id and r.occurred_at = s.capacity_at order by r.recorded_at desc limit 1)::text,
  s.verified_at::text,
  (select sum(t.helped) from directory_helpedtally t
   where t.service_id = s.id and t.month > current_date - interval '13 months')::int,
  (select sum(t.asked) from directory_helpedtally t
   where t.service_id = s.id and t.month > current_date - interval '13 months')::int
from batch s
left join lateral (
  select sal.id as at_id, l.id, l.timezone, l.location_type = 'virtual' as remote, l.latitude, l.longitude
  from directory_serviceatlocation sal
  join directory_location l on l.id = sal.location_id
  where sal.service_id = s.id and sal.not_seen_since is null and l.not_seen_since is null
    and l.visibility in ('public', s.visibility) and sal.visibility in ('public', s.visibility)
    and l.hidden_reason <> 'confidential-address'
    and not exists (select from directory_address a
                    where a.location_id = l.id and a.hidden_reason = 'confidential-address')
) spot on true
