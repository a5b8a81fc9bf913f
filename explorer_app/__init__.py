"""The desktop explorer: point-and-click lineage of a dataflow, without a server."""
