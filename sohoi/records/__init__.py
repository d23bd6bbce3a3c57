"""What the record of every room has in common: functions a room calls, and may stop calling."""
