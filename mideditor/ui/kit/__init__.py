"""Widgets and tools that know nothing of records, for every other room of the window."""
