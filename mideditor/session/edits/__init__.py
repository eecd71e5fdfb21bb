"""Edits that the window and the command line have in common."""
