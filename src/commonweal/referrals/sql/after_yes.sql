-- A rule of before keeps its own day of asking; what comes after follows it.
update referrals_answerstandard
set begin_late_days = begin_days + 5, begin_escalate_days = begin_days + 10
where begin_days >= 15;

-- The owner's own hand, for these lines only: rows stand under FORCE row-level security.
alter table referrals_task no force row level security;
alter table referrals_taskevent no force row level security;

-- What is under way counts from today on: nobody is late with what no rule asked for.
update referrals_task t
set heard_at = now(), look_at = now(), link_until = (
  select max(l.expires_at) from links_signedlink l
  where l.kind = 'referral.answer' and l.subject_id = t.id and l.partner_id = t.owner_id and l.closed_at is null)
where t.status in ('accepted', 'in-progress', 'on-hold') and not t.one_way and t.consent_ended_at is null;

-- Only what really went out to a person was an ask.
update referrals_task t
set person_asked_at = null
where t.person_asked_at is not null and not exists (
  select 1 from referrals_taskevent e where e.task_id = t.id and e.kind = 'person-asked');
update referrals_task set person_asks = 1 where person_asked_at is not null;

-- A row changed twice waits for its keys to be checked, and the table with it.
set constraints all immediate;
alter table referrals_task force row level security;
alter table referrals_taskevent force row level security;
