"""What keeps the sums, adds them up for many units at once, and proves them."""
