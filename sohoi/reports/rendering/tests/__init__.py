"""Tests of documents on paper: Word, PDF and plain text."""
