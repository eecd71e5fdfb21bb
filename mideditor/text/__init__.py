"""Chapter text in and out: the reader and the writer, which is its inverse. Pure functions."""
