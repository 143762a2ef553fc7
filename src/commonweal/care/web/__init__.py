"""Pages of care teams."""
