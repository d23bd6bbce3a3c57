"""Units through time: identities, dated versions, succession, the tree on a date."""
