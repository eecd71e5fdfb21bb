"""The project file on disk. Only this package imports TinyDB."""
