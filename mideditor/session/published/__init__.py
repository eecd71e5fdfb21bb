"""The project beside the published tables."""
