"""Questions about figures: read and written here alone."""
