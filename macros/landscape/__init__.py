"""What follows from all entries together about who works with whom: matrices, overlaps, gaps, needs, changes, coverage.

Pure functions over the catalogue that give plain values; `views/landscape*.py` and its neighbours turn them into pages.
"""
