"""Who signs in, in which role, on which units, from when to when."""
