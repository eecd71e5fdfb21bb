"""The narrative and the coding changes of a record, find and replace."""
