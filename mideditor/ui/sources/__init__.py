"""The source beside the records: uncertain readings, and what newer texts say."""
