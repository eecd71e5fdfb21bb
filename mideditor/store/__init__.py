"""The project file. The only room that knows TinyDB."""
