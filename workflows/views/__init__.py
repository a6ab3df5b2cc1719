"""Pages of the guides."""
