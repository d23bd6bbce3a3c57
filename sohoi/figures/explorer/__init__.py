"""Any figures beside each other: indicators × units × periods."""
