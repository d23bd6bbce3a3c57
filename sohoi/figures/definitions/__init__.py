"""Indicators without code: added, judged, tried out, explained, closed."""
