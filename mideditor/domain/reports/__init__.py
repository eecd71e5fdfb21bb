"""The rows of reports and lists."""
