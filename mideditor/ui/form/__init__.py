"""The fields of a record."""
