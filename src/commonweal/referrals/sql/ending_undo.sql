drop function guard.end_protected(uuid, timestamptz, text, text);
drop policy ending on referrals_taskevent;
drop policy ending on referrals_candidate;
drop policy ending_write on referrals_referral;
drop policy ending on referrals_referral;
drop policy ending_write on referrals_task;
drop policy ending on referrals_task;
drop function guard.may_end_protected();
