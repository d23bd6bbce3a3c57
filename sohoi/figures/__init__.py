"""Indicators, their values for a unit and a period, the records behind them, and the recount."""
