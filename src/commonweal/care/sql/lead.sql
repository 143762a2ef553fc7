-- A person has one lead. Who chose may not see the one who led before; this ends it without telling.
create policy stepping_down on care_careteammember for select to current_user using (
  (select guard.ctx()) is not null);
create policy stepping_down_write on care_careteammember for update to current_user using (
  (select guard.ctx()) is not null and is_lead) with check (true);
create function guard.step_down(of_person uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  if of_person is distinct from guard.person() and not guard.related(of_person) and not exists (
      select 1 from public.access_consent c
      where c.person_id = of_person and c.recipient_id = guard.partner() and c.revoked_at is null
        and c.starts_at <= now() and (c.ends_at is null or now() < c.ends_at)) then
    raise exception 'only the person, or who helps them, changes who leads' using errcode = '42501';
  end if;
  update public.care_careteammember set is_lead = false where person_id = of_person and is_lead and until is null;
end $$;
