"""The log, the review of changes, versions of a record, and progress."""
