"""Lists that are data (`kit/lists.py`) as pages, as sheets and on paper."""
