"""How the window looks: themes, icons and the size of text."""
