"""What lineage is asked of: one immutable graph, whatever it was made from."""
