"""What the checks found, and the fixes for it."""
