"""The painted graph: one widget over arrays. It knows boxes, names and curves, nothing of lineage."""
