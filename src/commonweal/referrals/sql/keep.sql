-- What happened stays written; a correction is a new line.
create function referrals_keep_line() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'what happened to a referral stays written' using errcode = '42501';
end $$;
create trigger keep_line before update on referrals_taskevent for each row execute function referrals_keep_line();
create trigger keep_line before update on referrals_outcome for each row execute function referrals_keep_line();
create trigger keep_line before update on referrals_personanswer for each row execute function referrals_keep_line();
create trigger keep_line before update on referrals_unmetneed for each row execute function referrals_keep_line();

-- The service that an answer is about never reads it with a name.
create policy not_the_helper on referrals_personanswer as restrictive for select using (
  about_partner_id is distinct from (select guard.partner())
  or holder_id = (select guard.partner()) or person_id = (select guard.person()));

-- Whether a name in a list was noted today: each worker's own.
alter table referrals_listreading enable row level security;
alter table referrals_listreading force row level security;
create policy own on referrals_listreading for select using (account_id = (select guard.account()));
create policy noting on referrals_listreading for insert with check (account_id = (select guard.account()));
