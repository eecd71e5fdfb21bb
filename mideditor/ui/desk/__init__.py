"""The record that is open for editing, and the bar above it."""
