"""Reads Hamilton's graphs and results; with the hook and the demo the only importer of Hamilton."""
