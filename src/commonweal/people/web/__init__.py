"""The pages of people: for those who help, and for the person."""
