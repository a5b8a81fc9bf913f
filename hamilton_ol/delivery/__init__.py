"""Sends events."""
