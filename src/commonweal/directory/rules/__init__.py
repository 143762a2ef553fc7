"""What the directory decides, as pure functions: needs, hours, places, room, order. Time is an argument."""
