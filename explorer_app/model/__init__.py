"""What the explorer knows, without Qt."""
