"""The command table, the keys, and how both are shown."""
