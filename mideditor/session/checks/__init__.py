"""The findings of the records, and the fixes for them."""
