"""Everything the window can do, from a shell. No Qt."""
