"""The pages of screening: for those who ask, and for the person who answers."""
