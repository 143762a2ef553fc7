-- What a card shows, for a batch of search entries; the columns are those of rules.facts.CardFacts.
-- Run as the keeper of the directory, who sees every row; so the statement itself leaves out what is hidden.
-- An entry has a place only if the place may be shown, so nothing here looks for one by itself.
select e.id, s.id, e.location_id, s.name, s.alternate_name, coalesce(o.name, ''), o.partner_id,
  left(s.description, 600),
  (select array_agg(n.domain) from directory_serviceneeddomain n where n.service_id = s.id),
  left(s.application_process, 500),
  (select json_agg(json_build_array(k.amount, concat_ws(' ', k.option, k.amount_description)))::text
   from directory_costoption k
   where k.service_id = s.id and k.visibility in ('public', e.visibility) and k.not_seen_since is null),
  left(concat_ws(' ', nullif(s.fees_description, ''), nullif(s.fees, '')), 300),
  left(s.eligibility_description, 400), s.interpretation_services <> '', left(s.alert, 300),
  s.minimum_age::float8, s.maximum_age::float8,
  s.capacity, s.capacity_at, told.until, told.available, s.verified_at, s.verified_how, s.verified_by,
  e.languages, e.zone,
  (select array_agg(left(q.document, 200) order by q.document) from directory_requireddocument q
   where q.service_id = s.id and q.visibility in ('public', e.visibility) and q.not_seen_since is null),
  (select array_agg(c.description || ' ' || c.details) from directory_accessibility c
   where c.location_id = e.location_id and c.visibility in ('public', e.visibility) and c.not_seen_since is null),
  (select array_agg(left(w.name, 80) order by w.name) from directory_servicearea w
   where w.service_id = s.id and w.name <> '' and w.visibility in ('public', e.visibility)
     and w.not_seen_since is null),
  (select json_agg(json_build_array(p.number, p.e164, p.extension, p.type, p.rank) order by p.rank, p.type, p.id)::text
   from (
     select 0 as rank, p.* from directory_phone p where p.service_at_location_id = e.id
     union all select 1, p.* from directory_phone p where p.service_id = s.id
     union all select 2, p.* from directory_phone p where p.location_id = e.location_id
     union all select 3, p.* from directory_phone p where p.organization_id = s.organization_id
   ) p
   where p.visibility in ('public', e.visibility) and p.not_seen_since is null and p.contact_id is null),
  coalesce(
    (select json_agg(json_build_array(h.freq, h.interval, h.byday, h.bymonthday, h.wkst, h.dtstart, h.until,
        h.count, h.valid_from, h.valid_to, h.opens_at, h.closes_at, h.closed, h.timezone, left(h.notes, 200))
        order by h.opens_at, h.byday)::text
     from directory_schedule h
     where h.service_at_location_id = e.id and h.visibility in ('public', e.visibility) and h.not_seen_since is null),
    (select json_agg(json_build_array(h.freq, h.interval, h.byday, h.bymonthday, h.wkst, h.dtstart, h.until,
        h.count, h.valid_from, h.valid_to, h.opens_at, h.closes_at, h.closed, h.timezone, left(h.notes, 200))
        order by h.opens_at, h.byday)::text
     from directory_schedule h
     where h.service_id = s.id and h.visibility in ('public', e.visibility) and h.not_seen_since is null),
    (select json_agg(json_build_array(h.freq, h.interval, h.byday, h.bymonthday, h.wkst, h.dtstart, h.until,
        h.count, h.valid_from, h.valid_to, h.opens_at, h.closes_at, h.closed, h.timezone, left(h.notes, 200))
        order by h.opens_at, h.byday)::text
     from directory_schedule h
     where h.location_id = e.location_id and h.visibility in ('public', e.visibility) and h.not_seen_since is null)),
  (select array[a.address_1, a.city, a.state_province, a.postal_code, a.country] from directory_address a
   where a.location_id = e.location_id and a.visibility in ('public', e.visibility) and a.not_seen_since is null
   order by a.address_type <> 'physical', a.id limit 1),
  e.latitude, e.longitude, e.remote,
  e.location_id is null and exists (
    select from directory_serviceatlocation sal join directory_location l on l.id = sal.location_id
    where sal.service_id = s.id and (l.hidden_reason = 'confidential-address' or exists (
      select from directory_address a where a.location_id = l.id and a.hidden_reason = 'confidential-address'))),
  e.helped, e.asked
from directory_searchentry e
join directory_service s on s.id = e.service_id
left join directory_organization o on o.id = s.organization_id
left join lateral (
  select r.until, r.available from directory_capacityreport r
  where r.service_id = s.id and r.occurred_at = s.capacity_at order by r.recorded_at desc limit 1
) told on true
where e.id = any(%(ids)s::uuid[])
