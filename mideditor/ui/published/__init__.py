"""The comparison with the published tables."""
