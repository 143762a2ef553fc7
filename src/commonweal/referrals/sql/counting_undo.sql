drop function guard.unmet_counts(timestamptz);
drop function guard.referral_facts(timestamptz, timestamptz, timestamptz, text);
drop policy counting on referrals_task;
drop policy counting on referrals_taskevent;
drop policy counting on referrals_personanswer;
drop policy counting on referrals_unmetneed;
drop function guard.may_count_gaps();
drop function guard.may_count_referrals();
