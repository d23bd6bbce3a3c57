"""Where the value of a figure comes from."""

COUNTED, DECLARED, MIXED = "counted", "declared", "mixed"
