"""The command table and its keys, with the menus and the dialog that show them."""
