"""An open project being edited: apply, undo, log, query, checks, jobs. No Qt."""
