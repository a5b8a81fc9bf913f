"""What there is to see of a graph, as plain arrays: cards, where they stand, how they look."""
