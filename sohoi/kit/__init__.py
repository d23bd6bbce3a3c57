"""The sockets rooms plug into: declarations, registry, policies, page helpers; no models."""
