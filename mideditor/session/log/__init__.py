"""The log as people read it, the review, versions of a record, and progress."""
