"""The lifecycle adapter: it captures, and does nothing else."""
