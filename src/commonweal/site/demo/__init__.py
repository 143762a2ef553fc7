"""The invented county that ``commonweal demo`` shows, built through the acts of the contexts alone."""
