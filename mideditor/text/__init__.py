"""Reads chapter text into records and writes it back. Pure functions."""
