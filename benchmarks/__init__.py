"""Measurements beside Hamilton's own adapter and beside no adapter at all: `make bench`."""
