"""Tests of the plain-Python library."""
