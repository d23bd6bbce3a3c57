"""Journeys of the cast through the product in a real browser."""
