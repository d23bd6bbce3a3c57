"""Mái ấm tình thương: houses built and repaired for women in need."""
