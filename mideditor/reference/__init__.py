"""The published tables that records are checked against."""
