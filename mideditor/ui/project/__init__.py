"""Dialogs about the project file: backups, copies, changes made elsewhere."""
