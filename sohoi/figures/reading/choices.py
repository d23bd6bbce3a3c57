"""Where the value of a figure comes from, and what moves it after its period was closed."""

COUNTED, DECLARED, MIXED = "counted", "declared", "mixed"

# Of a record; of a return; of the units and the catalogue.
WRITTEN, EDITED, GONE = "written", "edited", "gone"
ACCEPTED, WITHDRAWN = "accepted", "withdrawn"
REORGANISED, DEFINED = "reorganised", "defined"
