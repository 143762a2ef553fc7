-- Every facet of a search in one statement. The order is that of rules.order; a test holds the two together.
-- Rows: first the hits of the page with how many there are in all, then how many were left out and why.
with found as materialized (
  select e.id, e.service_id, e.capacity, e.capacity_at, e.capacity_until, e.verified_at, e.helped, e.asked,
    e.languages, e.interpreter, e.free, e.step_free, e.no_documents, e.minimum_age, e.maximum_age,
    e.zone, e.week, e.hours_known, e.check_from, e.remote,
    case
      when e.words @@ %(typed_all)s::tsquery then 4
      when e.topics && %(topics)s::text[] then 3
      when e.more_topics && %(topics)s::text[] or e.words @@ %(typed_any)s::tsquery then 2
      else 1
    end as match,
    case when e.latitude is not null and %(latitude)s::float8 is not null then
      12742017.6 * asin(least(1, sqrt(
        power(sin(radians(e.latitude - %(latitude)s::float8) / 2), 2)
        + cos(radians(%(latitude)s::float8)) * cos(radians(e.latitude))
          * power(sin(radians(e.longitude - %(longitude)s::float8) / 2), 2))))
    end as meters
  from directory_searchentry e
  where /*candidates*/
    and e.visibility = any(%(sight)s::text[])
    and (%(partner)s::uuid is null or e.partner_id = %(partner)s::uuid)
),
judged as materialized (
  select f.id, f.service_id, f.match, f.meters, f.helped, f.asked, f.verified_at,
    case
      when f.capacity = 'open' and f.capacity_at >= %(moment)s::timestamptz - interval '72 hours' then 0
      when f.capacity in ('waitlist', 'closed') and (
          f.capacity_until >= %(today)s::date
          or f.capacity_until is null and f.capacity_at >= %(moment)s::timestamptz - interval '72 hours')
        then case f.capacity when 'waitlist' then 2 else 3 end
      else 1
    end as room,
    case
      when %(language)s::text = '' or f.interpreter or %(language)s::text = any(f.languages) then 1
      when f.languages = '{}' then null
      else 0
    end as speaks,
    case
      when not %(open_now)s::bool then 1
      when f.check_from <= %(today)s::date then null
      when f.week @> case
          when f.zone = %(zone)s::text then %(minute)s::int
          else ((extract(isodow from %(moment)s::timestamptz at time zone f.zone) - 1) * 1440
            + extract(hour from %(moment)s::timestamptz at time zone f.zone) * 60
            + extract(minute from %(moment)s::timestamptz at time zone f.zone))::int
        end then 1
      when not f.hours_known then -1
      else 0
    end as is_open,
    case when %(free)s::bool then f.free else 1 end as is_free,
    case when %(step_free)s::bool and not f.remote then f.step_free else 1 end as is_step_free,
    case when %(no_documents)s::bool then f.no_documents else 1 end as asks_nothing,
    %(age)s::int is null
      or (coalesce(f.minimum_age, 0) <= %(age)s::int and coalesce(f.maximum_age, 999) >= %(age)s::int) as fits_age,
    f.verified_at < %(moment)s::timestamptz - interval '180 days' as stale
  from found f
  where f.meters is null or f.meters <= %(radius)s::float8
),
ranked as (
  select j.*,
    case
      when j.speaks = 0 then 'language'
      when not j.fits_age then 'age'
      when j.is_open = 0 then 'closed'
      when j.is_open = -1 then 'hours'
      when j.is_step_free = 0 then 'stairs'
      when j.asks_nothing = 0 then 'documents'
      when j.is_free = 0 then 'cost'
      when %(room_now)s::bool and j.room > 1 then 'room'
      when not %(include_stale)s::bool and j.stale then 'stale'
    end as fail,
    (j.speaks is null)::int + (j.is_open is null)::int + (j.is_step_free is null)::int
      + (j.asks_nothing is null)::int + (j.is_free is null)::int
      + (%(room_now)s::bool and j.room = 1)::int + coalesce(j.stale, true)::int as unsure,
    case
      when j.meters is null then 2
      else (j.meters > 1000)::int + (j.meters > 3000)::int + (j.meters > 8000)::int + (j.meters > 20000)::int
    end as way,
    (j.helped + 2)::float8 / (j.asked + 4) as helped_share
  from judged j
),
best as materialized (
  select distinct on (r.service_id) r.*
  from ranked r
  order by r.service_id, r.fail nulls first, r.match desc, r.unsure, r.room, r.way, r.helped_share desc,
    coalesce(r.meters, 3000), r.id
),
page as (
  select b.id, b.match, b.meters, b.room, coalesce(b.stale, false) as stale,
    row_number() over (order by b.match desc, b.unsure, b.room, b.way, b.helped_share desc,
      coalesce(b.meters, 3000), b.id) as place
  from best b
  where b.fail is null
  order by place
  limit %(size)s::int offset %(offset)s::int
)
select p.place, p.id, c.card, p.match, p.meters, p.room, p.stale, null::text as fail, null::bigint as count
from page p left join directory_searchcard c on c.id = p.id
union all
select null, null, null, null, null, null, null, b.fail, count(*) from best b group by b.fail
