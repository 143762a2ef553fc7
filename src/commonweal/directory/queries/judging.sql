-- What the search finds and judges places by: one row for each place of each service of a batch, or one
-- without a place where none may be shown. The columns are those of rules.judging.Judged; lists come as one
-- text each, since most are alike and are read once.
-- Run as the keeper of the directory, who sees every row; so the statement itself leaves out what is hidden:
-- a row counts only if it is public, or may be seen by whoever may see the service.
-- Each table is gathered by itself and then joined: for one service the planner looks each up by its index, for
-- a large batch it reads each table once, which a question inside each row would not let it do.
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
), spot as materialized (
  select s.id as service_id, s.visibility, sal.id as at_id, l.id, l.timezone, l.location_type = 'virtual' as remote,
    l.latitude, l.longitude
  from batch s
  join directory_serviceatlocation sal on sal.service_id = s.id
  join directory_location l on l.id = sal.location_id
  where sal.not_seen_since is null and l.not_seen_since is null
    and l.visibility in ('public', s.visibility) and sal.visibility in ('public', s.visibility)
    and l.hidden_reason <> 'confidential-address'
    and not exists (select from directory_address a
                    where a.location_id = l.id and a.hidden_reason = 'confidential-address')
), need as (
  select s.id, string_agg(n.domain, ' ') as domains
  from batch s join directory_serviceneeddomain n on n.service_id = s.id group by s.id
), spoken as (
  select s.id, string_agg(g.code, ' ') as codes
  from batch s join directory_language g on g.service_id = s.id
  where g.visibility in ('public', s.visibility) and g.not_seen_since is null group by s.id
), cost as (
  select s.id, json_agg(json_build_array(k.amount, concat_ws(' ', k.option, k.amount_description)))::text as costs
  from batch s join directory_costoption k on k.service_id = s.id
  where k.visibility in ('public', s.visibility) and k.not_seen_since is null group by s.id
), paper as (
  select s.id, string_agg(q.document, chr(10)) as documents
  from batch s join directory_requireddocument q on q.service_id = s.id
  where q.visibility in ('public', s.visibility) and q.not_seen_since is null group by s.id
), hours as (
  select s.id, json_agg(json_build_array(h.freq, h.interval, h.byday, h.bymonthday, h.wkst, h.dtstart, h.until,
        h.count, h.valid_from, h.valid_to, h.opens_at, h.closes_at, h.closed, h.timezone, '')
        order by h.opens_at, h.byday)::text as weeks
  from batch s join directory_schedule h on h.service_id = s.id
  where h.visibility in ('public', s.visibility) and h.not_seen_since is null group by s.id
), told as (
  select s.id, sum(t.helped)::int as helped, sum(t.asked)::int as asked
  from batch s join directory_helpedtally t on t.service_id = s.id
  where t.month > current_date - interval '13 months' group by s.id
), here_spoken as (
  select p.at_id, string_agg(g.code, ' ') as codes
  from spot p join directory_language g on g.location_id = p.id
  where g.visibility in ('public', p.visibility) and g.not_seen_since is null group by p.at_id
), here_access as (
  select p.at_id, string_agg(c.description || ' ' || c.details, '; ') as ways
  from spot p join directory_accessibility c on c.location_id = p.id
  where c.visibility in ('public', p.visibility) and c.not_seen_since is null group by p.at_id
), here_hours as (
  select p.at_id, json_agg(json_build_array(h.freq, h.interval, h.byday, h.bymonthday, h.wkst, h.dtstart, h.until,
        h.count, h.valid_from, h.valid_to, h.opens_at, h.closes_at, h.closed, h.timezone, '')
        order by h.opens_at, h.byday)::text as weeks
  from spot p join directory_schedule h on h.location_id = p.id
  where h.visibility in ('public', p.visibility) and h.not_seen_since is null group by p.at_id
), at_hours as (
  select p.at_id, json_agg(json_build_array(h.freq, h.interval, h.byday, h.bymonthday, h.wkst, h.dtstart, h.until,
        h.count, h.valid_from, h.valid_to, h.opens_at, h.closes_at, h.closed, h.timezone, '')
        order by h.opens_at, h.byday)::text as weeks
  from spot p join directory_schedule h on h.service_at_location_id = p.at_id
  where h.visibility in ('public', p.visibility) and h.not_seen_since is null group by p.at_id
)
select
  coalesce(spot.at_id, s.id)::text, s.id::text, spot.id::text, s.partner_id::text, s.visibility,
  s.name, s.alternate_name, s.organization, s.description, need.domains,
  spot.latitude, spot.longitude, coalesce(spot.remote, false),
  concat_ws(' ', spoken.codes, here_spoken.codes), s.interpreter, cost.costs, s.fees, here_access.ways,
  paper.documents, s.eligibility, trunc(s.minimum_age)::int, trunc(s.maximum_age)::int,
  coalesce(s.timezone, ''), coalesce(spot.timezone, ''),
  coalesce(at_hours.weeks, hours.weeks, here_hours.weeks),
  s.capacity, s.capacity_at::text,
  case when s.capacity_at is not null then (select r.until from directory_capacityreport r
   where r.service_id = s.id and r.occurred_at = s.capacity_at order by r.recorded_at desc limit 1)::text end,
  s.verified_at::text, told.helped, told.asked
from batch s
left join spot on spot.service_id = s.id
left join need on need.id = s.id
left join spoken on spoken.id = s.id
left join cost on cost.id = s.id
left join paper on paper.id = s.id
left join hours on hours.id = s.id
left join told on told.id = s.id
left join here_spoken on here_spoken.at_id = spot.at_id
left join here_access on here_access.at_id = spot.at_id
left join here_hours on here_hours.at_id = spot.at_id
left join at_hours on at_hours.at_id = spot.at_id
