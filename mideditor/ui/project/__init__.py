"""The project file in the window: saving, backups, copies and outside changes."""
