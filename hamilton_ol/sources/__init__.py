"""Where a graph comes from: a dataflow, a recorded run."""
