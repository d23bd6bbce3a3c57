"""Closed periods: keeping their figures as they were, and what changed since."""
