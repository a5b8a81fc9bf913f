"""Graphs as files that other programs read: pictures, diagrams, tables."""
