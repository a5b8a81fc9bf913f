"""`hamilton-ol downstream`."""

from hamilton_ol.cli.reaching import reaching

command = reaching(is_up=False, does="List all that comes from X, and X.")
