-- Whether a mandate with this effect is in force on a scope, by the database's own clock. Minutes of old carry no
-- effect, so only elements may rest on such.
create function measures_mandate_lives(of_matter text, of_effects text[], of_scope text) returns boolean
language sql stable set search_path = pg_catalog, public as $$
  select exists (
    select 1 from governance_mandate m join governance_decision d on d.id = m.decision_id and d.adopted
    where m.matter = of_matter and m.effect = any (of_effects) and m.scope = of_scope
      and m.starts_at <= clock_timestamp() and (m.ends_at is null or m.ends_at > clock_timestamp())
      and (m.withdrawn_at is null or m.withdrawn_at > clock_timestamp())
      and (m.rests_from is null or m.rests_until <= clock_timestamp() or m.rests_from > clock_timestamp()))
$$;

create function measures_analysis_lives(of_analysis uuid) returns boolean
language sql stable set search_path = pg_catalog, public as $$
  select exists (
    select 1 from measures_analysis a
    where a.id = of_analysis and a.expires_on > (select guard.today())
      and measures_mandate_lives('data-sharing', array['analysis.run'], 'analysis:' || a.number)
      and not exists (
        select 1 from jsonb_array_elements_text(a.elements) e
        where not measures_mandate_lives('measure', array['', 'element.adopt'], 'element:' || e)))
$$;

-- The last answer holds; silence is no yes.
create function measures_holder_says_yes(of_analysis uuid, of_partner uuid) returns boolean
language sql stable set search_path = pg_catalog, public as $$
  select coalesce((
    select s.says = 'yes' and (s.until is null or s.until > (select guard.today()))
    from measures_analysisanswer s where s.analysis_id = of_analysis and s.partner_id = of_partner
    order by s.turn desc limit 1), false)
$$;

create function measures_run_is_open(of_analysis uuid, of_contributors jsonb) returns boolean
language sql stable set search_path = pg_catalog, public as $$
  select measures_analysis_lives(of_analysis) and not exists (
    select 1 from jsonb_array_elements_text(of_contributors) c
    where not measures_holder_says_yes(of_analysis, c::uuid))
$$;

create trigger frozen before update or delete on measures_analysis
  for each row execute function measures_frozen();
create trigger frozen before update or delete on measures_analysisanswer
  for each row execute function measures_frozen();
create trigger frozen before update or delete on measures_analysisrun
  for each row execute function measures_frozen();
create trigger frozen before update or delete on measures_analysisfigure
  for each row execute function measures_frozen();

create function measures_run_added() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
  if not measures_run_is_open(new.analysis_id, new.contributors) or not exists (
      select 1 from governance_mandate m join measures_analysis a on a.id = new.analysis_id
      where m.id = new.mandate_id and m.effect = 'analysis.run' and m.scope = 'analysis:' || a.number) then
    raise exception 'an analysis runs while the decision and each holder''s yes live' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger authorized before insert on measures_analysisrun
  for each row execute function measures_run_added();

create function measures_figure_added() returns trigger
language plpgsql set search_path = pg_catalog, public as $$
begin
  if not exists (select 1 from measures_analysisrun r
                 where r.id = new.run_id and measures_run_is_open(r.analysis_id, r.contributors)) then
    raise exception 'an analysis runs while the decision and each holder''s yes live' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger authorized before insert on measures_analysisfigure
  for each row execute function measures_figure_added();

-- A holder answers for its own rows, by somebody who sits for it.
alter table measures_analysisanswer enable row level security;
alter table measures_analysisanswer force row level security;
create policy read_by_table on measures_analysisanswer for select using (
  (select guard.account()) is not null or (select guard.role()) in ('backend_service', 'analyst', 'operator'));
create policy said_by_own on measures_analysisanswer for insert with check (
  partner_id = (select guard.partner()) and said_by_id = (select guard.account())
  and (select guard.purpose()) = 'GOV'
  and exists (select 1 from partners_seat s join partners_holding h on h.seat_id = s.id
              join partners_member m on m.id = h.member_id
              where s.partner_id = measures_analysisanswer.partner_id and m.account_id = (select guard.account())
                and m.left_on is null and h.starts_on <= (select guard.today())
                and (h.ended_on is null or h.ended_on > (select guard.today()))
                and (s.ends_on is null or s.ends_on > (select guard.today()))));

alter table measures_analysisrun enable row level security;
alter table measures_analysisrun force row level security;
create policy counting on measures_analysisrun
  using ((select guard.role()) = 'backend_service' and (select guard.purpose()) = 'OPS')
  with check ((select guard.role()) = 'backend_service' and (select guard.purpose()) = 'OPS');
create policy read_in_body on measures_analysisrun for select using (
  analysis_id in (select a.id from measures_analysis a where a.body_id in (select h from guard.bodies_heard() h))
  and measures_run_is_open(analysis_id, contributors));

alter table measures_analysisfigure enable row level security;
alter table measures_analysisfigure force row level security;
create policy counting on measures_analysisfigure
  using ((select guard.role()) = 'backend_service' and (select guard.purpose()) = 'OPS')
  with check ((select guard.role()) = 'backend_service' and (select guard.purpose()) = 'OPS');
create policy read_in_body on measures_analysisfigure for select using (
  run_id in (select r.id from measures_analysisrun r));
