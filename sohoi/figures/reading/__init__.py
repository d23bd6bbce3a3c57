"""A figure of a unit: read with its basis and coverage, worded, followed to its records."""
