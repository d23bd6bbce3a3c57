"""Tests of the whole product: house rules, docs, access table, browser journeys."""
