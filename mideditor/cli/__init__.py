"""The command line, which does not need Qt."""
