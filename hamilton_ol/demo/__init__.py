"""A small machine-learning dataflow to try lineage on."""
