"""What a referral may do, when it is late, what follows from an answer: pure functions and tables."""
