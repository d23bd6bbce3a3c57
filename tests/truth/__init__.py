"""Figures worked out once more, plainly and slowly, and held against every door they leave by."""
