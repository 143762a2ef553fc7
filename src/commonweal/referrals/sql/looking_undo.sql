drop function guard.protected_step(uuid, text, text, timestamptz, timestamptz, timestamptz, text);
drop function guard.protected_due(timestamptz, int);
drop policy looking on referrals_taskevent;
