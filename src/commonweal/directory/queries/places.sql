-- Names that people say for where they are, with their middle: from public addresses with a point alone.
with shown as (
  select a.city, a.state_province, a.postal_code, a.region, a.address_1, l.latitude, l.longitude
  from directory_address a join directory_location l on l.id = a.location_id
  where a.visibility = 'public' and l.visibility = 'public' and l.latitude is not null
    and a.not_seen_since is null and l.not_seen_since is null and a.address_type = 'physical'
    and not exists (select from directory_address c
                    where c.location_id = l.id and c.hidden_reason = 'confidential-address')
)
select 'city', city, '', avg(latitude), avg(longitude), count(*) from shown where city <> '' group by city
union all
select 'zip', left(postal_code, 5), '', avg(latitude), avg(longitude), count(*)
from shown where postal_code ~ '^[0-9]{5}' group by left(postal_code, 5)
union all
select 'area', region, city, avg(latitude), avg(longitude), count(*)
from shown where region <> '' and region <> city group by region, city
union all
select 'street', street, city, avg(latitude), avg(longitude), count(*)
from (select trim(regexp_replace(split_part(address_1, ',', 1), '^[0-9]+[A-Za-z]?\s+|\s+(#|apt|suite|ste|unit|floor|fl|room|rm)\M.*$', '', 'gi')) as street,
             city, latitude, longitude from shown offset 0) s  -- each street is worked out once
where street ~ '[A-Za-z]{3}' and city <> '' group by street, city
