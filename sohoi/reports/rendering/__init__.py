"""From a neutral document to Word, PDF and plain text."""
