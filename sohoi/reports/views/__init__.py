"""Pages of the reports: rounds, returns, documents."""
