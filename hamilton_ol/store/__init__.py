"""What happened on this machine, on disk."""
