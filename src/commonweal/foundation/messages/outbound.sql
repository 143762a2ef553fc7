alter table outbound enable row level security;
alter table outbound force row level security;
create policy queueing on outbound for insert with check ((select guard.ctx()) is not null);
create policy holder on outbound for select using (
  holder_id = (select guard.partner()) or (holder_id is null and (select guard.role()) = 'operator'));
create policy settling on outbound for update using (
  holder_id = (select guard.partner()) or (holder_id is null and (select guard.role()) = 'operator'));
