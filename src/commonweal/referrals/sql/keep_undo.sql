drop policy own on referrals_listreading; drop policy noting on referrals_listreading;
alter table referrals_listreading no force row level security;
alter table referrals_listreading disable row level security;
drop policy not_the_helper on referrals_personanswer;
drop trigger keep_line on referrals_taskevent;
drop trigger keep_line on referrals_outcome;
drop trigger keep_line on referrals_personanswer;
drop trigger keep_line on referrals_unmetneed;
drop function referrals_keep_line();
