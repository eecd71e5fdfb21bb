"""What a record is: models, partial dates, codes, the field table, steps. No Qt, no disk."""
