"""Compares the project with the published tables."""
