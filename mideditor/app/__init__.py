"""Decides what to start: the window, the command line or the tour."""
