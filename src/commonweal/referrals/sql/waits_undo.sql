drop function guard.referral_waits(timestamptz);
drop policy counting_waits on referrals_task;
drop function guard.may_count_waits();
