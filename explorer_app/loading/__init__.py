"""Reads a source in a process of its own, so that the window never waits and no code runs in it."""
