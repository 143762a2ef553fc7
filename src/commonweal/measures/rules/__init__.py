"""How things are counted: pure functions, time as an argument, no framework."""
