"""From records to OpenLineage events; pure functions."""
