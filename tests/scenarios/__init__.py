"""The partnerships of the sources, each playing its own rule to the end through the real acts."""
