"""Settings, addresses and commands of the product."""
