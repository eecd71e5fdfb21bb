"""The record table, its search line, its filters and bulk edits."""
