"""The entry point: starts the window, the command line or the tour."""
