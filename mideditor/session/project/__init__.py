"""The project as a whole: opening, exporting, comparing copies, going back, verifying."""
