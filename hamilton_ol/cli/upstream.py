"""`hamilton-ol upstream`."""

from hamilton_ol.cli.reaching import reaching

command = reaching(is_up=True, does="List all that X comes from, and X.")
