"""What there is to see, as plain arrays: no Qt, no lineage."""
