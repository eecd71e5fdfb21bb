"""The texts of the records: marks, spelling, uncertain readings, replacing."""
