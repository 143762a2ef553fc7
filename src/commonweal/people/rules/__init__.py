"""What holds about names, likeness, consent and age, as pure functions. Time is always an argument."""
