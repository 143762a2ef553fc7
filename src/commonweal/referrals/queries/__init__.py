"""Reading referrals. Row-level security decides which rows there are; these choose columns and order."""
