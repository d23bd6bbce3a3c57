"""Sổ Hội: the information system of a provincial Women's Union."""
