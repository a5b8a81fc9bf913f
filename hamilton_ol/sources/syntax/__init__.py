"""Reads a dataflow from its syntax tree: nothing of it is imported or executed."""
