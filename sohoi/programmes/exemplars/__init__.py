"""Mô hình hay, gương điển hình: good models and exemplary people, and their publicity."""
