"""The look of the window: themes, icons and text size."""
