"""The rows that reports and lists are made of."""
