"""The handlers of the commands, with the palette and the guide."""
