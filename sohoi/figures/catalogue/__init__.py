"""Which indicators there are, from rooms and from data, and the sections they stand in."""
